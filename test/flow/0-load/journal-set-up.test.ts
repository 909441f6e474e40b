import {
  CostAndRevenueProfile, CostPosting, FinanceProjectGroup, JournalGrouping, NoYes, ProjectParameters, ProjTaxItemGroupMethod, ReleasedProduct,
} from '../../../src/entities/finance';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { load, smallCompany, sourcesOf } from './small-company';

onBothEngines('the set-up of integration journals', (gateway) => {
  it("JOURNAL-01 JOURNAL-08 JOURNAL-09 JOURNAL-11 is loaded in the words of finance's interface", async () => {
    const dataAreaId = 'tiny';
    await load(gateway().context, sourcesOf({
      ...smallCompany(),
      ProjectCostAndRevenueProfiles: [{
        dataAreaId, ProfileId: 'OWN', AccrueRevenue: 'No', PostCostsHour: 'NeverLedger', PostCostsExpense: 'Balance', PostCostsItem: 'ProfitAndLoss',
      }],
      ProjectGroups: [{ dataAreaId, ProjectGroup: 'TM', ProjectGroupName: 'Time and material', CostAndRevenueProfileId: 'OWN' }],
      ItemSalesTaxGroups: [{ dataAreaId, TaxItemGroupCode: 'GOODS' }],
      ReleasedProductsV2: [{ dataAreaId, ItemNumber: 'M0001', SalesSalesTaxItemGroupCode: 'GOODS' }],
      CustomerPostingProfiles: [{ dataAreaId, PostingProfile: 'GEN', SummaryMainAccountId: '130100' }],
      MainAccounts: [{ MainAccountId: '130100', Name: 'Accounts receivable' }],
      ProjectParameters: [{
        dataAreaId, DefaultCostAndRevenueProfileId: 'OWN', DefaultPostingProfile: 'GEN', ItemSalesTaxGroupMethod: 'ItemNumber', JournalGrouping: 'Months',
        MoveToNextOpenPeriod: 'Yes', MoveErrorLinesToNewJournal: 'Yes',
      }],
      ProjectPostingProfiles: [{ dataAreaId, PostingType: 'Cost', MainAccountId: '130100' }],
    }));
    const only = async <T>(entity: new () => T): Promise<T> => (await selectRows(gateway().database.reader, entity, raw('')))[0]!;
    expect(await only(ProjectParameters)).toMatchObject({
      itemSalesTaxGroupMethod: ProjTaxItemGroupMethod.ITEM_NUMBER, journalGrouping: JournalGrouping.MONTHS,
      moveToNextOpenPeriod: NoYes.YES, moveErrorLinesToNewJournal: NoYes.YES, maxLinesPerJournal: 200,
    });
    expect(await only(CostAndRevenueProfile)).toMatchObject({
      postCostsHour: CostPosting.NEVER_LEDGER, postCostsExpense: CostPosting.BALANCE, postCostsItem: CostPosting.PROFIT_AND_LOSS,
    });
    expect(await only(FinanceProjectGroup)).toMatchObject({ legalEntityId: 'TINY', projectGroup: 'TM', costAndRevenueProfileId: 'OWN' });
    expect(await only(ReleasedProduct)).toMatchObject({ itemNumber: 'M0001', itemSalesTaxGroup: 'GOODS' });
  });
});

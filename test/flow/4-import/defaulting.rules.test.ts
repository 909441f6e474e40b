import {
  CostPosting, NoYes, ProjCdsTransType, ProjContractBillingMethod, ProjTaxGroupMethod, ProjTaxItemGroupMethod, ProjTransType, ProjType,
} from '../../../src/entities/finance';
import { accruesRevenue, costPostingOf, isTimeAndMaterial, itemSalesTaxGroupOf, profileIdOf, salesTaxGroupOf } from '../../../src/flow/4-import/defaulting.rules';

const all = { project: 'P', contract: 'C', customer: 'K' };
const none = { project: null, contract: null, customer: null };

describe('defaulting', () => {
  it('IMPORT-15 takes the sales tax group from the place that the method names', () => {
    expect(salesTaxGroupOf(ProjTaxGroupMethod.PROJECT, all)).toBe('P');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.INVOICE_PROJECT, all)).toBe('C');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.ACCOUNT_RECEIVABLE, all)).toBe('K');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.PROJECT, { ...all, project: null })).toBeNull();
  });

  it('IMPORT-15 searches project, contract and customer in this order, and takes an empty group for none', () => {
    const search = (groups: Partial<typeof all> | object) => salesTaxGroupOf(ProjTaxGroupMethod.SEARCH, { ...none, ...groups });
    expect(search(all)).toBe('P');
    expect(search({ contract: 'C', customer: 'K' })).toBe('C');
    expect(search({ project: '', contract: '', customer: 'K' })).toBe('K');
    expect(search({})).toBeNull();
  });

  it('IMPORT-16 takes the item sales tax group of the category, and of the parameters for on-account rows', () => {
    const groups = { category: 'SERVICE', product: 'GOODS', milestone: 'MILESTONE' };
    const { CATEGORY, ITEM_NUMBER } = ProjTaxItemGroupMethod;
    for (const classification of [ProjTransType.HOUR, ProjTransType.COST, ProjTransType.ITEM, ProjTransType.REVENUE]) {
      expect(itemSalesTaxGroupOf(classification, CATEGORY, groups)).toBe('SERVICE');
    }
    expect(itemSalesTaxGroupOf(ProjTransType.ON_ACCOUNT, ITEM_NUMBER, groups)).toBe('MILESTONE');
    expect(itemSalesTaxGroupOf(ProjTransType.HOUR, CATEGORY, { category: null, milestone: 'MILESTONE' })).toBeNull();
  });

  it('JOURNAL-11 takes material by item number from the product, written-in material and everything else from the category', () => {
    const { ITEM_NUMBER } = ProjTaxItemGroupMethod;
    const groups = { category: 'SERVICE', product: 'GOODS', milestone: null };
    expect(itemSalesTaxGroupOf(ProjTransType.ITEM, ITEM_NUMBER, groups)).toBe('GOODS');
    expect(itemSalesTaxGroupOf(ProjTransType.ITEM, ITEM_NUMBER, { ...groups, product: null })).toBeNull();
    expect(itemSalesTaxGroupOf(ProjTransType.ITEM, ITEM_NUMBER, { ...groups, product: undefined })).toBe('SERVICE');
    for (const classification of [ProjTransType.HOUR, ProjTransType.COST, ProjTransType.REVENUE]) {
      expect(itemSalesTaxGroupOf(classification, ITEM_NUMBER, groups)).toBe('SERVICE');
    }
  });

  it('JOURNAL-08 takes the cost and revenue profile of the project, its group, the contract, else the parameters', () => {
    const all = { project: 'P', projectGroup: 'G', contract: 'C', standard: 'S' };
    expect(profileIdOf(all)).toBe('P');
    expect(profileIdOf({ ...all, project: '' })).toBe('G');
    expect(profileIdOf({ ...all, project: null, projectGroup: null })).toBe('C');
    expect(profileIdOf({ ...all, project: null, projectGroup: null, contract: null })).toBe('S');
  });

  it('JOURNAL-09 takes where cost posts from the profile by hours, expenses and items; fees have no cost', () => {
    const profile = { postCostsHour: CostPosting.NEVER_LEDGER, postCostsExpense: CostPosting.BALANCE, postCostsItem: CostPosting.PROFIT_AND_LOSS };
    expect([ProjTransType.HOUR, ProjTransType.COST, ProjTransType.ITEM, ProjTransType.REVENUE].map((kind) => CostPosting[costPostingOf(kind, profile)]))
      .toEqual(['NEVER_LEDGER', 'BALANCE', 'PROFIT_AND_LOSS', 'PROFIT_AND_LOSS']);
  });

  it('IMPORT-05 asks the contract line whether work is time and material, else the project', () => {
    const { TIME_MATERIAL, FIXED_PRICE } = ProjContractBillingMethod;
    expect(isTimeAndMaterial({ billingMethod: TIME_MATERIAL }, { projectType: ProjType.FIXED_PRICE })).toBe(true);
    expect(isTimeAndMaterial({ billingMethod: FIXED_PRICE }, { projectType: ProjType.TIME_MATERIAL })).toBe(false);
    expect(isTimeAndMaterial(undefined, { projectType: ProjType.FIXED_PRICE })).toBe(false);
    expect(isTimeAndMaterial(undefined, undefined)).toBe(true);
  });

  it('IMPORT-05 JOURNAL-10 accrues only when sales, time and material, line property and profile all say so', () => {
    const yes = {
      transactionType: ProjCdsTransType.SALES, isTimeAndMaterial: true,
      lineProperty: { toBeAccrued: NoYes.YES, toBeInvoiced: NoYes.YES }, profile: { accrueRevenue: NoYes.YES }, costPosting: CostPosting.PROFIT_AND_LOSS,
    };
    expect(accruesRevenue(yes)).toBe(true);
    expect(accruesRevenue({ ...yes, transactionType: ProjCdsTransType.COST })).toBe(false);
    expect(accruesRevenue({ ...yes, isTimeAndMaterial: false })).toBe(false);
    expect(accruesRevenue({ ...yes, lineProperty: { toBeAccrued: NoYes.NO, toBeInvoiced: NoYes.YES } })).toBe(false);
    expect(accruesRevenue({ ...yes, lineProperty: { toBeAccrued: NoYes.YES, toBeInvoiced: NoYes.NO } })).toBe(false);
    for (const costPosting of [CostPosting.NO_LEDGER, CostPosting.BALANCE, CostPosting.NEVER_LEDGER]) {
      expect(accruesRevenue({ ...yes, costPosting })).toBe(false);
    }
    expect(accruesRevenue({ ...yes, profile: { accrueRevenue: NoYes.NO } })).toBe(false);
  });
});

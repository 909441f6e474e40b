import { CompletionMethod, ExchangeRateConversionFactor, ExchangeRateEntry } from '../../src/entities/finance';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { decimal } from '../../src/kernel/decimal';
import { insertRows } from '../../src/stores/bulk';
import { execute, sql } from '../../src/stores/session';
import { buildWorld, type WorldOptions } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { CorrectionDesk } from './correction-desk';

onBothEngines('a milestone on WIP invoiced on account that is credited at another rate, by queries only', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  /** Invoices a milestone of 1,000.01 in June and credits it whole in July; the ledgers of both invoices. */
  async function invoicedAndCredited(options: WorldOptions) {
    const { context, database } = gateway();
    const world = await buildWorld(gateway(), { currency: 'GBP', ...options });
    await database.write(async (work) => {
      await execute(work, sql`UPDATE "ProjectCostAndRevenueProfiles" SET "CompletionMethod" = ${CompletionMethod.COMPLETED_CONTRACT}
        WHERE "dataAreaId" = ${world.facts.legalEntityId}`);
      await insertRows(work, ExchangeRateEntry, [{
        id: context.ids.next(), rateType: 'Default', fromCurrency: 'GBP', toCurrency: world.facts.accountingCurrency, startDate: '2026-07-15',
        rate: decimal('1.3'), conversionFactor: ExchangeRateConversionFactor.ONE,
      }]);
    });
    await world.milestone({ amount: '1000.01' });
    const desk = new CorrectionDesk(gateway());
    const { process } = desk;
    const [draft] = await process.createDrafts([world.contractId]);
    await process.confirm(draft!.id);
    const settle = async (number: string, invoiceDate: string) => {
      await process.sync();
      await process.importFromStaging();
      await process.postProposals({ proposalNumbers: [number], invoiceDate });
      await process.sync();
      return desk.invoiceOf(number);
    };
    const invoice = await settle(draft!.number, '2026-06-30');
    const revised = await desk.revised(draft!.number);
    await process.confirm(revised.id);
    const credit = await settle(revised.number, '2026-07-20');
    expect(credit.proforma).toMatchObject({ status: 'POSTED', stage: 'DONE' });
    return { invoice: invoice.ledger, credit: credit.ledger };
  }

  it('POST-27 CORRECT-20 takes the balance off as it was posted, and the difference to the customer is exchange rate difference', async () => {
    const { invoice, credit } = await invoicedAndCredited({ accountingCurrency: 'SEK', exchangeRate: '1.25' });
    expect(invoice).toEqual(['CUSTOMER_BALANCE 1000.01 GBP 1250.01', 'WIP_INVOICED_ON_ACCOUNT -1000.01 GBP -1250.01']);
    expect(credit).toEqual([
      'CUSTOMER_BALANCE -1000.01 GBP -1300.01', 'WIP_INVOICED_ON_ACCOUNT 1000.01 GBP 1250.01', 'EXCHANGE_RATE_DIFFERENCE 0 GBP 50',
    ]);
  });

  it('POST-27 has no difference under a fixed rate', async () => {
    const { invoice, credit } = await invoicedAndCredited({ accountingCurrency: 'CZK', exchangeRate: '1.25', fixedRate: '1.2' });
    expect(invoice).toEqual(['CUSTOMER_BALANCE 1000.01 GBP 1200.01', 'WIP_INVOICED_ON_ACCOUNT -1000.01 GBP -1200.01']);
    expect(credit).toEqual(['CUSTOMER_BALANCE -1000.01 GBP -1200.01', 'WIP_INVOICED_ON_ACCOUNT 1000.01 GBP 1200.01']);
  });
});

import { CompletionMethod, ExchangeRateConversionFactor, ExchangeRateEntry, PostingType } from '../../src/entities/finance';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { decimal } from '../../src/kernel/decimal';
import { insertRows } from '../../src/stores/bulk';
import { execute, sql } from '../../src/stores/session';
import { ask } from '../support/api';
import { buildWorld, type World, type WorldOptions } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { MAIN_ACCOUNTS } from '../support/finance-setup';
import { CorrectionDesk } from './correction-desk';

onBothEngines('a milestone on WIP invoiced on account that is credited at another rate, by queries only', (gateway) => {
  beforeAll(() => ensureTableMaps(gateway().context));

  const newRate = ({ facts }: World, startDate: string) => gateway().database.write((work) => insertRows(work, ExchangeRateEntry, [{
    id: gateway().context.ids.next(), rateType: 'Default', fromCurrency: 'GBP', toCurrency: facts.accountingCurrency, startDate,
    rate: decimal('1.3'), conversionFactor: ExchangeRateConversionFactor.ONE,
  }]));

  /** Invoices a milestone of 1,000.01 in June and credits it whole in July; the ledgers of both invoices. */
  async function invoicedAndCredited(options: WorldOptions, beforeCredit?: (world: World, number: string) => Promise<void>) {
    const world = await buildWorld(gateway(), { currency: 'GBP', ...options });
    await gateway().database.write((work) => execute(work, sql`UPDATE "ProjectCostAndRevenueProfiles"
      SET "CompletionMethod" = ${CompletionMethod.COMPLETED_CONTRACT} WHERE "dataAreaId" = ${world.facts.legalEntityId}`));
    await newRate(world, '2026-07-15');
    await world.milestone({ amount: '1000.01' });
    const desk = new CorrectionDesk(gateway());
    const { process } = desk;
    const [draft] = await process.createDrafts([world.contractId]);
    await process.confirm(draft!.id);
    const settle = async (number: string, invoiceDate: string, beforePosting = () => Promise.resolve()) => {
      await process.sync();
      await process.importFromStaging();
      await beforePosting();
      await process.postProposals({ proposalNumbers: [number], invoiceDate });
      await process.sync();
      return desk.invoiceOf(number);
    };
    const invoice = await settle(draft!.number, '2026-06-30');
    const revised = await desk.revised(draft!.number);
    await process.confirm(revised.id);
    const credit = await settle(revised.number, '2026-07-20', () => beforeCredit?.(world, revised.number) ?? Promise.resolve());
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

  it('STAGE-05 a missing account for the exchange rate difference is told before posting', async () => {
    const account = (world: World, id: string) => gateway().database.write((work) => execute(work, sql`UPDATE "ProjectPostingProfiles" SET "MainAccountId" = ${id}
      WHERE "dataAreaId" = ${world.facts.legalEntityId} AND "PostingType" = ${PostingType.EXCHANGE_RATE_DIFFERENCE}`));
    const blockers: { code: string; message: string }[] = [];
    await invoicedAndCredited({ accountingCurrency: 'NOK', exchangeRate: '1.25' }, async (world, number) => {
      await account(world, 'none');
      await newRate(world, '2026-06-30');
      const { proformaInvoice } = await ask(gateway(), 'query ($number: String!) { proformaInvoice(number: $number) { blockers { code message } } }', { number });
      blockers.push(...proformaInvoice.blockers);
      await account(world, MAIN_ACCOUNTS.exchangeRateDifference);
    });
    expect(blockers).toEqual([{ code: 'SETUP_MISSING', message: expect.stringContaining('names main account none') }]);
  });

  it('POST-27 has no difference under a fixed rate', async () => {
    const { invoice, credit } = await invoicedAndCredited({ accountingCurrency: 'CZK', exchangeRate: '1.25', fixedRate: '1.2' });
    expect(invoice).toEqual(['CUSTOMER_BALANCE 1000.01 GBP 1200.01', 'WIP_INVOICED_ON_ACCOUNT -1000.01 GBP -1200.01']);
    expect(credit).toEqual(['CUSTOMER_BALANCE -1000.01 GBP -1200.01', 'WIP_INVOICED_ON_ACCOUNT 1000.01 GBP 1200.01']);
  });
});

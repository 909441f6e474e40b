import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { BillingStatus, BillingType, MilestoneInvoiceStatus, TransactionClassification } from '../../src/entities/dataverse';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { Database } from '../../src/stores/unit-of-work';
import { ask } from '../support/api';
import { buildWorld, type MilestoneOptions, type UnbilledOptions, type WorldOptions } from '../support/builders';
import { contextOn, ENGINES, freshLocation, type TestGateway } from '../support/engines';
import { asker, Process } from '../support/process';
import { discrepanciesOf } from './audit';
import { readBooks, type Books } from './books';
import type { Engine } from '../../src/stores/session';

/** Contracts tried per engine; `FUZZ_RUNS=500 npx jest invariants` tries more, each time others. */
const RUNS = 10;
const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 0);
/** A million contracts would not end within the day; 30 s per contract is a hundred times what one takes. */
const RUN_MS_MAX = 30_000;

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3, USD: 2, GBP: 2 };
const currency = fc.constantFrom('USD', 'GBP', 'JPY', 'KWD');
/** Amounts as text with a given number of decimals. */
const amount = (min: number, max: number, decimals: number) =>
  fc.integer({ min: min * 10 ** decimals, max: max * 10 ** decimals }).map((units) => new Decimal(units).div(10 ** decimals).toFixed());
const rate = fc.integer({ min: 1, max: 200_000_000 }).map((millionths) => new Decimal(millionths).div(1_000_000).toFixed());

interface Contract {
  readonly world: WorldOptions & { readonly currency: string; readonly accountingCurrency: string };
  readonly transactions: readonly UnbilledOptions[];
  readonly milestones: readonly MilestoneOptions[];
  /** Steps in any order before the process is walked from end to end, some of them before anything is billed. */
  readonly early: readonly Step[];
  readonly late: readonly Step[];
}

const STEPS = ['sync', 'importFromStaging', 'postJournals', 'postProposals'] as const;
type Step = (typeof STEPS)[number];
const steps = fc.array(fc.constantFrom(...STEPS), { maxLength: 4 });

const contract: fc.Arbitrary<Contract> = fc.record({
  currency, accountingCurrency: currency, wip: fc.boolean(), customers: fc.integer({ min: 1, max: 2 }),
  taxRatePercent: fc.option(amount(0, 25, 3), { nil: undefined }), rate, isFixedRate: fc.boolean(),
}).chain(({ rate: exchangeRate, isFixedRate, ...facts }) => {
  const decimals = DECIMALS[facts.currency]!;
  const needsRate = facts.currency !== facts.accountingCurrency;
  const customer = fc.integer({ min: 0, max: facts.customers - 1 });
  return fc.record({
    world: fc.constant({ ...facts, ...(needsRate && (isFixedRate ? { fixedRate: exchangeRate } : { exchangeRate })) }),
    transactions: fc.array(fc.record({
      // Corrections of expenses are negative, and quantities of hours have decimals.
      quantity: fc.oneof(amount(0, 100, 6), amount(0, 1_000, 2), amount(-40, 0, 2)),
      price: fc.oneof(amount(0, 5_000, 2), amount(0, 100, 4)),
      costPrice: amount(0, 1_000, 2),
      tax: amount(0, 100, decimals),
      classification: fc.constantFrom(TransactionClassification.TIME, TransactionClassification.EXPENSE, TransactionClassification.MATERIAL, TransactionClassification.FEE),
      billingType: fc.constantFrom(BillingType.CHARGEABLE, BillingType.CHARGEABLE, BillingType.NON_CHARGEABLE, BillingType.COMPLIMENTARY),
      billingStatus: fc.constantFrom(BillingStatus.READY_TO_INVOICE, BillingStatus.READY_TO_INVOICE, BillingStatus.READY_TO_INVOICE, BillingStatus.UNBILLED_SALES_CREATED),
      customer,
    }) as fc.Arbitrary<UnbilledOptions>, { minLength: 1, maxLength: 7 }),
    milestones: fc.array(fc.record({
      amount: amount(0, 50_000, decimals), tax: amount(0, 500, decimals), customer,
      invoiceStatus: fc.constantFrom(MilestoneInvoiceStatus.READY_FOR_INVOICING, MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING),
    }), { maxLength: 2 }),
    early: steps,
    late: steps,
  });
});

/** A database of its own for every contract, so that what fails can be made smaller. */
async function onFreshDatabase<T>(engine: Engine, use: (gateway: TestGateway) => Promise<T>): Promise<T> {
  const location = await freshLocation(engine);
  const database = await Database.open(location);
  try {
    const gateway = { engine, location, database, context: contextOn(database) };
    await ensureTableMaps(gateway.context);
    return await use(gateway);
  } finally {
    await database.close();
  }
}

async function walk(process: Process, way: readonly Step[]): Promise<void> {
  for (const step of way) await process[step]();
}

/** Builds the contract, bills what is ready and walks it to the end; gives the books before and after a second round. */
async function invoiced(gateway: TestGateway, { world: options, transactions, milestones, early, late }: Contract) {
  const world = await buildWorld(gateway, options);
  await world.unbilledMany(transactions.length, (index) => transactions[index]!);
  for (const milestone of milestones) await world.milestone(milestone);
  const process = new Process(gateway);
  await walk(process, early);
  const isReady = transactions.some((one) => one.billingStatus === BillingStatus.READY_TO_INVOICE)
    || milestones.some((one) => one.invoiceStatus === MilestoneInvoiceStatus.READY_FOR_INVOICING);
  const drafts = isReady ? await process.createDrafts([world.contractId]) : [];
  for (const draft of drafts) await process.confirm(draft.id);
  await walk(process, late);
  await process.settleFinance();
  const books = await readBooks(asker(gateway));
  const { proformaInvoices } = await ask(gateway, '{ proformaInvoices { nodes { stage blockers { code message } } } }');
  await process.settleFinance();
  return { books, again: await readBooks(asker(gateway)), standings: proformaInvoices.nodes as { stage: string; blockers: object[] }[], draftCount: drafts.length };
}

const rounded = (value: Decimal, decimals: number) => value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed();

/** Amounts in accounting currency and sales tax, computed here once more: rounded by line, half away from zero. */
function miscalculated({ invoices, invoiceLines, journalLines }: Books, { world }: Contract): string[] {
  const agreed = new Decimal(world.fixedRate ?? world.exchangeRate ?? 1);
  const [decimals, accountingDecimals] = [DECIMALS[world.currency]!, DECIMALS[world.accountingCurrency]!];
  const wrongRates = invoices.filter((invoice) => !new Decimal(invoice.exchangeRate).eq(agreed)).map((invoice) => `rate of ${invoice.number}: ${invoice.exchangeRate}`);
  const wrongLines = invoiceLines.filter((line) => line.accountingAmount !== rounded(agreed.times(line.lineAmount), accountingDecimals)
    || line.taxAmount !== rounded(new Decimal(line.lineAmount).times(world.taxRatePercent ?? 0).div(100), decimals));
  const wrongJournals = journalLines.filter((line) => line.accountingAmount !== rounded(new Decimal(line.exchangeRate).times(line.amount), accountingDecimals)
    || line.accruesRevenue && !world.wip);
  return [...wrongRates, ...[...wrongLines, ...wrongJournals].map((line) => JSON.stringify(line))];
}

describe.each(ENGINES)('any small contract, billed, posted and written back [%s]', (engine) => {
  const runs = fuzzRuns || RUNS;
  it('keeps every invariant: billed once, balanced, WIP back to zero, nothing left over, and a second round changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(contract, async (facts) => onFreshDatabase(engine, async (gateway) => {
        const { books, again, standings, draftCount } = await invoiced(gateway, facts);
        expect(discrepanciesOf(books)).toEqual([]);
        expect(miscalculated(books, facts)).toEqual([]);
        expect(books.invoices).toHaveLength(draftCount);
        expect(standings).toEqual(standings.map(() => ({ stage: 'DONE', blockers: [] })));
        expect(again).toEqual(books);
      })),
      { numRuns: runs, ...(fuzzRuns === 0 && { seed: 20260630 }) },
    );
  }, runs * RUN_MS_MAX);
});

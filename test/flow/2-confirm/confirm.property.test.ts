import fc from 'fast-check';
import {
  Actual,
  BillingType,
  ProformaInvoice,
  TransactionClassification,
  TransactionConnection,
  TransactionType,
} from '../../../src/entities/dataverse';
import { Decimal, ZERO } from '../../../src/kernel/decimal';
import { buildWorld, type MilestoneOptions, type UnbilledOptions } from '../../support/builders';
import { onBothEngines } from '../../support/engines';

/** Random transactions of a contract; quantities may be negative, as corrections of expenses are. */
const unbilled: fc.Arbitrary<UnbilledOptions> = fc.record({
  quantity: fc.integer({ min: -4_000, max: 80_000 }).map((hundredths) => new Decimal(hundredths).div(100).toString()),
  price: fc.integer({ min: 0, max: 500_000 }).map((cents) => new Decimal(cents).div(100).toString()),
  tax: fc.integer({ min: 0, max: 10_000 }).map((cents) => new Decimal(cents).div(100).toString()),
  classification: fc.constantFrom(
    TransactionClassification.TIME,
    TransactionClassification.EXPENSE,
    TransactionClassification.MATERIAL,
    TransactionClassification.FEE,
  ),
  billingType: fc.constantFrom(
    BillingType.CHARGEABLE,
    BillingType.CHARGEABLE,
    BillingType.NON_CHARGEABLE,
    BillingType.COMPLIMENTARY,
  ),
  customer: fc.constantFrom(null, 0, 1),
  cost: fc.constant(false),
});
const milestone: fc.Arbitrary<MilestoneOptions> = fc.record({
  amount: fc.integer({ min: 0, max: 100_000_000 }).map((cents) => new Decimal(cents).div(100).toString()),
  customer: fc.constantFrom(null, 0, 1),
});

const sumBy = (actuals: readonly Actual[], value: (actual: Actual) => Decimal) =>
  actuals.map(value).reduce((a, b) => a.plus(b), ZERO);

onBothEngines('confirming unedited proformas', (gateway) => {
  const manager = () => gateway().database.reader.manager;

  async function confirmRandom(transactions: readonly UnbilledOptions[], milestones: readonly MilestoneOptions[]) {
    const world = await buildWorld(gateway(), { customers: 2 });
    const ids = await world.unbilledMany(transactions.length, (index) => transactions[index]!);
    for (const options of milestones) await world.milestone(options);
    const proformaIds = await world.confirmedProformas();
    return {
      sourceIds: ids.map(({ unbilledId }) => unbilledId),
      proformaIds,
      actuals: await manager().findBy(Actual, { contractId: world.contractId }),
    };
  }

  it('CONFIRM-14: leaves no unbilled quantity, bills each source in full, and totals to the proformas', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(unbilled, { minLength: 1, maxLength: 12 }),
        fc.array(milestone, { maxLength: 3 }),
        async (transactions, milestones) => {
          const { sourceIds, proformaIds, actuals } = await confirmRandom(transactions, milestones);
          const byId = new Map(actuals.map((actual) => [actual.id, actual]));
          for (const sourceId of sourceIds) {
            const source = byId.get(sourceId)!;
            const connected = (await manager().findBy(TransactionConnection, { transaction2Id: sourceId })).flatMap(
              (one) => byId.get(one.transaction1Id) ?? [],
            );
            const unbilledRows = [
              source,
              ...connected.filter((actual) => actual.transactionType === TransactionType.UNBILLED_SALES),
            ];
            const billedRows = connected.filter((actual) => actual.transactionType === TransactionType.BILLED_SALES);
            expect([unbilledRows.length, billedRows.length]).toEqual([2, 1]);
            expect(sumBy(unbilledRows, (actual) => actual.quantity).toString()).toBe('0');
            expect(sumBy(unbilledRows, (actual) => actual.amount).toString()).toBe('0');
            expect(sumBy(billedRows, (actual) => actual.quantity)).toEqual(source.quantity);
            expect(sumBy(billedRows, (actual) => actual.amount)).toEqual(source.amount);
          }
          const chargeable = actuals.filter(
            (actual) => actual.transactionType === TransactionType.BILLED_SALES && actual.billingType === BillingType.CHARGEABLE,
          );
          const headers = await Promise.all(proformaIds.map((id) => manager().findOneByOrFail(ProformaInvoice, { id })));
          const total = headers.map((header) => header.totalAmount).reduce((a, b) => a.plus(b), ZERO);
          expect(total.toString()).toBe(sumBy(chargeable, (actual) => actual.amount.plus(actual.tax)).toString());
        },
      ),
      { numRuns: 25, seed: 20260630 },
    );
  });
});

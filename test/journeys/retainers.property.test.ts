import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { buildWorld } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { asker, type Draft } from '../support/process';
import { RetainerDesk } from './retainer-desk';

const RUNS = 8;
const RUN_MS_MAX = 60_000;

/** What people do, in any order; numbers pick one of what there is, and amounts are cents. */
type Step =
  | { readonly do: 'advance' | 'work'; readonly cents: number }
  | { readonly do: 'draft' }
  | { readonly do: 'confirm' | 'delete' | 'cancel'; readonly pick: number }
  | { readonly do: 'refund' | 'apply'; readonly pick: number; readonly cents: number };

const cents = fc.integer({ min: 1, max: 200_000 });
const pick = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('advance' as const, 'work' as const), cents }),
  fc.constant({ do: 'draft' as const }),
  fc.record({ do: fc.constantFrom('confirm' as const, 'confirm' as const, 'delete' as const, 'cancel' as const), pick }),
  fc.record({ do: fc.constantFrom('refund' as const, 'apply' as const), pick, cents }),
);

const money = (value: number) => new Decimal(value).div(100).toFixed();
const total = (amounts: readonly string[]) => amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));

/** A contract with retainers, and the drafts that are open; what is refused changes nothing and is not looked at. */
class Contract {
  private readonly drafts: Draft[] = [];
  private readonly retainerIds: string[] = [];

  constructor(private readonly desk: RetainerDesk) {}

  async take(taken: Step): Promise<void> {
    switch (taken.do) {
      case 'advance':
        this.retainerIds.push((await this.desk.ready(money(taken.cents), { tax: '1.01' })).id);
        return;
      case 'work':
        await this.desk.world.unbilled({ quantity: '1', price: money(taken.cents) });
        return;
      case 'draft': {
        const { contractId } = this.desk.world;
        const answer = await this.desk.ask(`mutation { createProformaInvoices(input: { contractIds: ["${contractId}"] }) {
          results { proformaInvoices { id number } } } }`);
        this.drafts.push(...answer.createProformaInvoices.results[0].proformaInvoices);
        return;
      }
      case 'confirm': {
        const draft = this.removed(taken.pick);
        if (draft) await this.desk.confirm(draft);
        return;
      }
      case 'delete': {
        const draft = this.removed(taken.pick);
        if (draft) await this.desk.ask(`mutation { deleteProformaInvoice(input: { proformaInvoiceId: "${draft.id}" }) { errors { code } } }`);
        return;
      }
      case 'refund':
        await this.withRetainer(taken.pick, (retainerId) =>
          this.desk.attempt('markRetainerReadyToRefund', { retainerId, amount: money(taken.cents) }));
        return;
      case 'cancel':
        await this.withRetainer(taken.pick, (retainerId) => this.desk.attempt('cancelRetainerRefund', { retainerId }));
        return;
      case 'apply': {
        const draft = this.drafts[taken.pick % (this.drafts.length || 1)];
        if (draft) await this.desk.apply(draft, money(taken.cents));
      }
    }
  }

  private removed(index: number): Draft | undefined {
    return this.drafts.splice(index % (this.drafts.length || 1), 1)[0];
  }

  private async withRetainer(index: number, use: (retainerId: string) => Promise<unknown>): Promise<void> {
    const id = this.retainerIds[index % (this.retainerIds.length || 1)];
    if (id) await use(id);
  }

  /** What is wrong with the retainers by now. */
  async wrong(): Promise<string[]> {
    const found = await Promise.all(this.retainerIds.map(async (id) => {
      const retainer = await this.desk.read(id);
      const { availableAmount, amount, usedAmount, refundedAmount, invoiceStatus } = retainer;
      const available = new Decimal(availableAmount);
      const expected = invoiceStatus === 'INVOICED' ? new Decimal(amount).minus(usedAmount).minus(refundedAmount) : new Decimal(0);
      const shares = await this.desk.shares(id);
      const leftAmount = new Decimal(amount).plus(total(shares.map((share) => share.amount)));
      const leftTax = new Decimal(retainer.tax).plus(total(shares.map((share) => share.tax)));
      const applied = total(await this.desk.appliedOnDrafts(id)).neg();
      return [
        ...(available.isNegative() ? ['negative'] : []),
        ...(available.eq(expected) ? [] : [`${availableAmount} is not ${expected.toFixed()}`]),
        ...(total(await this.desk.unbilledAmounts(id)).eq(available.neg()) ? [] : ['the unbilled sum is another']),
        ...(leftTax.isNegative() || (leftAmount.isZero() && !leftTax.isZero()) ? [`${leftTax.toFixed()} of tax is left of ${leftAmount.toFixed()}`] : []),
        ...(applied.plus(retainer.refundAmount).gt(available) ? ['claimed twice'] : []),
      ].map((sentence) => `${JSON.stringify(retainer)}: ${sentence}`);
    }));
    return found.flat();
  }
}

onBothEngines('retainers, whatever is done with them', (gateway) => {
  it('RETAINER-10 RETAINER-20 never have less than nothing, give their tax back to the cent, and their unbilled rows sum to minus what they have', async () => {
    await ensureTableMaps(gateway().context);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 25 }), async (steps) => {
        const contract = new Contract(new RetainerDesk(asker(gateway()), await buildWorld(gateway())));
        for (const taken of steps) {
          await contract.take(taken);
          expect(await contract.wrong()).toEqual([]);
        }
      }),
      { numRuns: RUNS, seed: 20260630 },
    );
  }, RUNS * RUN_MS_MAX);
});

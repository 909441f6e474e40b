import fc from 'fast-check';
import { BillingStatus, BillingType, MilestoneInvoiceStatus, TransactionClassification } from '../../../src/entities/dataverse';
import type { World } from '../../support/builders';
import type { Desk } from './desk';

/**
 * One operation of a sequence: what is done, and three numbers by which it chooses among what there is. Plain numbers, so that a
 * sequence which fails can be made smaller, and so that the same sequence always does the same.
 */
export interface Step {
  readonly operation: OperationName;
  readonly which: number;
  readonly how: number;
  readonly much: number;
}

type Operation = (desk: Desk, step: Step) => Promise<unknown>;

/** The element that a number chooses; null when there is none. */
const chosen = <T>(list: readonly T[], which: number): T | null => list[which % Math.max(list.length, 1)] ?? null;
/** Some of a list: from none to all, by the bits of a number. */
const someOf = <T>(list: readonly T[], bits: number): T[] => list.filter((_, index) => (bits >> (index % 8)) % 2 === 1);
const worldOf = (desk: Desk, which: number): World => chosen(desk.stage.worlds, which)!;
/** Every fourth request is sent twice under one key. */
const twice = ({ much }: Step) => ({ twice: much % 4 === 3 });

interface ListedProforma {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
}
const proformas = (desk: Desk) => desk.list<ListedProforma>('proformaInvoices', 'id number status version');

const CLASSES = [TransactionClassification.TIME, TransactionClassification.EXPENSE, TransactionClassification.MATERIAL, TransactionClassification.FEE] as const;
const BILLING_TYPES = [BillingType.CHARGEABLE, BillingType.CHARGEABLE, BillingType.NON_CHARGEABLE, BillingType.COMPLIMENTARY];

const OPERATIONS = {
  /** Approved work arrives: time, expense, material or a fee; some of it ready at once. */
  async work(desk, { which, how, much }) {
    const world = worldOf(desk, which);
    const quantities = ['8', '0.25', '7.333333', '1', '12.5', '3', '0', '-2'];
    await world.unbilled({
      classification: CLASSES[how % 4]!, billingType: BILLING_TYPES[(how >> 2) % 4]!, quantity: chosen(quantities, much)!,
      price: chosen(['200', '99.99', '33.3333', '1000', '0.05'], much >> 3)!, tax: world.facts.currency === 'JPY' ? '7' : '1.17',
      date: desk.stage.today(), customer: (how >> 4) % world.facts.customers.length,
      billingStatus: much % 3 === 0 ? BillingStatus.UNBILLED_SALES_CREATED : BillingStatus.READY_TO_INVOICE,
    });
    desk.forget();
    desk.story.push(`${desk.stage.today()} work on contract ${world.facts.contractNumber}`);
  },

  async milestone(desk, { which, how, much }) {
    const world = worldOf(desk, which);
    await world.milestone({
      amount: String(1 + (much * 37) % 5000), date: desk.stage.today(), customer: how % world.facts.customers.length,
      invoiceStatus: much % 3 === 0 ? MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING : MilestoneInvoiceStatus.READY_FOR_INVOICING,
    });
    desk.forget();
    desk.story.push(`${desk.stage.today()} milestone of contract ${world.facts.contractNumber}`);
  },

  /** Of a whole contract, or of any actuals and milestones whatever their state. */
  async markReady(desk, step) {
    return mark(desk, 'markReadyToInvoice', step);
  },
  async markNotReady(desk, step) {
    return mark(desk, 'markNotReadyToInvoice', step);
  },

  async createDrafts(desk, step) {
    const contractIds = step.how % 2 === 0 ? desk.stage.worlds.map((world) => world.contractId) : [worldOf(desk, step.which).contractId];
    return desk.mutate({ name: 'createProformaInvoices', input: { contractIds, allowEmpty: step.how % 8 === 7 }, payload: 'results' }, twice(step));
  },

  async deleteDraft(desk, step) {
    const proforma = chosen(await proformas(desk), step.which);
    return proforma && desk.mutate({ name: 'deleteProformaInvoice', input: { proformaInvoiceId: proforma.id } }, twice(step));
  },

  /** Sometimes with a version that the proforma has not. */
  async confirm(desk, step) {
    const proforma = chosen(await proformas(desk), step.which);
    if (!proforma) return;
    const expectedVersion = step.how % 4 === 0 ? proforma.version + (step.how % 8 === 0 ? 1 : 0) : null;
    const payload = await desk.mutate({ name: 'confirmProformaInvoice', input: { proformaInvoiceId: proforma.id, expectedVersion }, payload: 'run' }, twice(step));
    if (step.how % 8 === 0 && payload.errors[0]?.code !== 'CONFLICT') throw new Error(`A stale version was not refused\n${desk.told()}`);
  },

  async confirmInBulk(desk, step) {
    const proformaInvoiceIds = someOf(await proformas(desk), step.how).map((proforma) => proforma.id);
    return desk.mutate({ name: 'confirmProformaInvoices', input: { proformaInvoiceIds }, payload: 'runAndResults', keepsRefusals: true }, twice(step));
  },

  /** Everything, one proforma, or one way only. */
  async sync(desk, step) {
    const proforma = step.how % 4 === 0 ? chosen(await proformas(desk), step.which) : null;
    return desk.mutate({ name: 'sync', input: proforma ? { proformaInvoiceId: proforma.id } : {}, payload: 'run' }, twice(step));
  },

  async importFromStaging(desk, step) {
    const proposal = step.how % 4 === 0 ? chosen(await desk.list<{ id: string }>('invoiceProposals', 'id'), step.which) : null;
    return desk.mutate({ name: 'importFromStaging', input: proposal ? { proposalId: proposal.id } : {}, payload: 'run' }, twice(step));
  },

  async postJournals(desk, step) {
    const journal = step.how % 2 === 0 ? chosen(await desk.list<{ id: string }>('integrationJournals', 'id'), step.which) : null;
    return desk.mutate({ name: 'postIntegrationJournals', input: journal ? { journalIds: [journal.id] } : { allDraft: true }, payload: 'runAndResults' }, twice(step));
  },

  /** All that are ready, or any one, with lines or without. */
  async postProposals(desk, step) {
    const proposal = step.how % 2 === 0 ? chosen(await desk.list<{ id: string }>('invoiceProposals', 'id'), step.which) : null;
    return desk.mutate({ name: 'postInvoiceProposals', input: proposal ? { proposalIds: [proposal.id] } : { allReady: true }, payload: 'runAndResults' }, twice(step));
  },

  /** The accountant's edits, and now and then one of what Dataverse owns. */
  async updateProposal(desk, step) {
    const proposal = chosen(await desk.list<{ id: string; version: number }>('invoiceProposals', 'id version'), step.which);
    if (!proposal) return;
    const edits = [
      { invoiceDate: desk.stage.today() }, { invoiceDate: '2026-06-11' }, { dueDate: '2026-12-24' }, { paymentTerms: 'Net30' },
      { customerAccount: 'Somebody else' }, { salesTaxGroup: 'There is none' },
    ];
    return desk.mutate({ name: 'updateInvoiceProposal', input: { proposalId: proposal.id, ...chosen(edits, step.how), expectedVersion: proposal.version } }, twice(step));
  },

  /** Days pass, and with them exchange rates. */
  async passDays(desk, { much }) {
    desk.stage.passDays(1 + (much % 9));
  },
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** How often each operation is tried: enough work and drafts that the others find something. */
const WEIGHTS: Readonly<Record<OperationName, number>> = {
  work: 6, milestone: 2, markReady: 3, markNotReady: 2, createDrafts: 5, deleteDraft: 2, confirm: 4, confirmInBulk: 2,
  sync: 4, importFromStaging: 4, postJournals: 3, postProposals: 4, updateProposal: 2, passDays: 2,
};

async function mark(desk: Desk, name: string, step: Step): Promise<unknown> {
  if (step.how % 2 === 0) return desk.mutate({ name, inputType: 'MarkTransactionsInput', input: { contractIds: [worldOf(desk, step.which).contractId] } }, twice(step));
  const actuals = await desk.list<{ id: string }>('actuals', 'id', 'transactionType: { eq: UNBILLED_SALES }');
  const milestones = await desk.list<{ id: string }>('milestones', 'id');
  const actual = chosen(actuals, step.which);
  const milestone = step.how % 3 === 0 ? chosen(milestones, step.which) : null;
  if (!actual && !milestone) return;
  return desk.mutate({ name, inputType: 'MarkTransactionsInput', input: { actualIds: actual ? [actual.id] : [], milestoneIds: milestone ? [milestone.id] : [] } }, twice(step));
}

const number = fc.nat({ max: 255 });

/** Long ones as often as short ones: fast-check would favour short ones, in which little meets. */
export const steps = (maxLength: number): fc.Arbitrary<Step[]> => fc.noBias(fc.array(
  fc.record({
    operation: fc.oneof(...Object.entries(WEIGHTS).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as OperationName) }))),
    which: number, how: number, much: number,
  }),
  { minLength: 1, maxLength, size: 'max' },
));

export async function perform(desk: Desk, step: Step): Promise<void> {
  const operation: Operation = OPERATIONS[step.operation];
  await operation(desk, step);
}

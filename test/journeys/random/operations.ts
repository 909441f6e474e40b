import fc from 'fast-check';
import { BillingStatus, BillingType, MilestoneInvoiceStatus, TransactionClassification } from '../../../src/entities/dataverse';
import type { Desk, Mutation } from './desk';
import { FURTHER_OPERATIONS } from './further-operations';
import { Steps } from './steps';
import { chosen, detailsOn, mostlyOf, proformas, proposalOf, someOf, twice, worldOf, type Choice, type Operation } from './choice';

/** One operation of a sequence: what is done, and by which numbers. */
export interface Step extends Choice {
  readonly operation: OperationName;
}

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
    await desk.happened(`work on contract ${world.facts.contractNumber}`);
  },

  /** By a project manager, for all customers together; or for one, as it would be loaded. */
  async milestone(desk, step) {
    const { which, how, much } = step;
    const world = worldOf(desk, which);
    if (how % 4 === 3) {
      const milestone = { contractLineId: world.facts.lines.fixedPrice, name: 'Go-live', milestoneDate: desk.stage.today(), amount: chosen(['1000.01', '77', '3333'], much)! };
      return desk.mutate({ name: 'createMilestone', input: milestone }, twice(step));
    }
    await world.milestone({
      amount: String(1 + (much * 37) % 5000), date: desk.stage.today(), customer: how % world.facts.customers.length,
      invoiceStatus: much % 3 === 0 ? MilestoneInvoiceStatus.NOT_READY_FOR_INVOICING : MilestoneInvoiceStatus.READY_FOR_INVOICING,
    });
    await desk.happened(`milestone of contract ${world.facts.contractNumber}`);
  },

  /** A retainer is asked for, changed, deleted, or becomes ready to be invoiced. */
  async retainer(desk, step) {
    const known = chosen(await desk.list<{ id: string; version: number }>('retainers', 'id version'), step.which);
    const retainerId = known?.id;
    const amount = String(10 + step.much * 30);
    if (!known || step.how % 4 === 0) return desk.mutate({ name: 'createRetainer', input: { contractId: worldOf(desk, step.which).contractId, amount } }, twice(step));
    if (step.how % 8 === 1) return desk.mutate({ name: 'deleteRetainer', input: { retainerId, expectedVersion: known.version } }, twice(step));
    if (step.how % 8 === 2) return desk.mutate({ name: 'updateRetainer', input: { retainerId, amount } }, twice(step));
    return desk.mutate({ name: 'markReadyToInvoice', inputType: 'MarkTransactionsInput', input: { retainerIds: [retainerId] } }, twice(step));
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

  /** Quantity, price, tax and billing type of details; some edits are more than a column or the currency can hold. */
  async edit(desk, step) {
    const proforma = mostlyOf(await proformas(desk), step, ({ status }) => status === 'DRAFT');
    if (!proforma) return;
    const details = await detailsOn(desk, proforma);
    const edited = someOf(details, step.which >> 2);
    if (edited.length === 0 && details.length > 0) edited.push(chosen(details, step.which)!);
    const edits = [
      { quantity: '6' }, { quantity: '10' }, { quantity: '0' }, { quantity: '8', price: '150' }, { price: '99' }, { billingType: 'NON_CHARGEABLE' },
      { billingType: 'COMPLIMENTARY' }, { billingType: 'CHARGEABLE' }, { tax: '3' }, { quantity: '7.5', tax: '0' }, { quantity: '2.25', description: 'Edited' },
      { quantity: '4', billingType: 'CHARGEABLE' }, { quantity: '-3' }, { quantity: '99999999999' }, { tax: '0.123' }, { price: '12.34567' },
    ];
    const input = { proformaInvoiceId: proforma.id, details: edited.map(({ id }, index) => ({ detailId: id, ...chosen(edits, step.how + index) })) };
    return desk.mutate({ name: 'updateProformaInvoiceLineDetails', input }, twice(step));
  },

  /** Details are added by hand on either line, removed, refreshed; the draft goes to review and back. */
  async draftWork(desk, step) {
    const isReturn = step.how % 5 === 4;
    const proforma = mostlyOf(await proformas(desk), step, ({ status }) => status === (isReturn ? 'IN_REVIEW' : 'DRAFT'));
    if (!proforma) return;
    const proformaInvoiceId = proforma.id;
    const { facts } = chosen(desk.stage.worlds, step.which)!;
    const byHand = {
      classification: chosen(['TIME', 'EXPENSE', 'MATERIAL', 'FEE'], step.much)!, quantity: chosen(['2', '1.5', '0', '-1'], step.much >> 2)!, price: '120',
      contractLineId: step.how % 3 === 0 ? facts.lines.fixedPrice : facts.lines.timeAndMaterial,
      categoryId: Object.values(facts.categories)[step.much % 4]!, transactionDate: desk.stage.today(),
    };
    const works: readonly (() => Promise<Mutation>)[] = [
      async () => ({ name: 'addProformaInvoiceLineDetails', input: { proformaInvoiceId, details: [byHand] } }),
      async () => ({ name: 'removeProformaInvoiceLineDetails', input: { proformaInvoiceId, detailIds: someOf(await detailsOn(desk, proforma), step.much).map(({ id }) => id) } }),
      async () => ({ name: 'refreshProformaInvoice', input: { proformaInvoiceId } }),
      async () => ({ name: 'submitProformaInvoiceForReview', input: { proformaInvoiceId } }),
      async () => ({ name: 'returnProformaInvoiceToDraft', input: { proformaInvoiceId } }),
    ];
    return desk.mutate(await chosen(works, step.how)!(), twice(step));
  },

  /** Sometimes with a version that the proforma has not. */
  async confirm(desk, step) {
    const proforma = mostlyOf(await proformas(desk), step, ({ status }) => status === 'DRAFT');
    if (!proforma) return;
    const expectedVersion = step.how % 4 === 0 ? proforma.version + (step.how % 8 === 0 ? 1 : 0) : null;
    const payload = await desk.mutate({ name: 'confirmProformaInvoice', input: { proformaInvoiceId: proforma.id, expectedVersion }, payload: 'run' }, twice(step));
    if (step.how % 8 === 0 && payload.errors[0]?.code !== 'CONFLICT') throw new Error(`A stale version was not refused\n${desk.told()}`);
  },

  async confirmInBulk(desk, step) {
    const proformaInvoiceIds = someOf(await proformas(desk), step.how).map((proforma) => proforma.id);
    return desk.mutate({ name: 'confirmProformaInvoices', input: { proformaInvoiceIds }, payload: 'runAndResults', keepsRefusals: true }, twice(step));
  },

  /** A whole invoice or some of its details, onto a new draft or onto any other proforma. */
  async revise(desk, step) {
    const all = await proformas(desk);
    const proforma = mostlyOf(all, step, ({ status }) => status !== 'DRAFT');
    if (!proforma) return;
    const into = step.how % 4 === 0 ? chosen(all, step.much) : null;
    const some = step.how % 2 === 0 ? someOf(await detailsOn(desk, proforma), step.much).map((detail) => detail.id) : null;
    return desk.mutate({
      name: 'reviseProformaInvoice', input: { proformaInvoiceId: proforma.id, ...(into && { intoProformaInvoiceId: into.id }), ...(some && { lineDetailIds: some }) },
    }, twice(step));
  },

  /** Sets, tries anew or takes away a limit that the customer is not to be charged beyond. */
  async limit(desk, step) {
    const { contractId } = worldOf(desk, step.which);
    if (step.how % 4 === 0) return desk.mutate({ name: 'reevaluateNotToExceed', input: { contractIds: [contractId] } }, twice(step));
    const limits = await desk.list<{ id: string; version: number }>('notToExceedLimits', 'id version');
    const known = chosen(limits, step.which);
    if (step.how % 4 === 1 && known) return desk.mutate({ name: 'removeNotToExceedLimit', input: { limitId: known.id } }, twice(step));
    return desk.mutate({ name: 'setNotToExceedLimit', input: { contractId, amount: String(step.much * 20) } }, twice(step));
  },

  /** Everything, or one proforma. */
  async sync(desk, step) {
    const proforma = step.how % 4 === 0 ? chosen(await proformas(desk), step.which) : null;
    return desk.mutate({ name: 'sync', input: proforma ? { proformaInvoiceId: proforma.id } : {}, payload: 'run' }, twice(step));
  },

  async importFromStaging(desk, step) {
    const proposal = step.how % 4 === 0 ? chosen(await desk.list<{ id: string }>('invoiceProposals', 'id'), step.which) : null;
    return desk.mutate({ name: 'importFromStaging', input: proposal ? { proposalId: proposal.id } : {}, payload: 'run' }, twice(step));
  },

  /** Everything that comes before the proposals are posted. */
  async bringToProposals(desk, step) {
    await desk.mutate({ name: 'sync', input: {}, payload: 'run' }, twice(step));
    await desk.mutate({ name: 'importFromStaging', input: {}, payload: 'run' });
    await desk.mutate({ name: 'postIntegrationJournals', input: { allDraft: true }, payload: 'runAndResults' });
    return desk.mutate({ name: 'importFromStaging', input: {}, payload: 'run' });
  },

  async postJournals(desk, step) {
    const journal = step.how % 2 === 0 ? chosen(await desk.list<{ id: string }>('integrationJournals', 'id'), step.which) : null;
    return desk.mutate({ name: 'postIntegrationJournals', input: journal ? { journalIds: [journal.id] } : { allDraft: true }, payload: 'runAndResults' }, twice(step));
  },

  /** Resets a journal, deletes it or one of its lines: what it held comes again with the next import. */
  async mendJournal(desk, step) {
    const isReset = step.how % 2 === 0;
    const journals = await desk.list<{ id: string; version: number; status: string }>('integrationJournals', 'id version status');
    const journal = mostlyOf(journals, step, ({ status }) => status === 'ERROR' || (status === 'DRAFT' && !isReset));
    if (!journal) return;
    const named = { journalId: journal.id, expectedVersion: journal.version };
    if (isReset) return desk.mutate({ name: 'resetIntegrationJournal', input: named }, twice(step));
    if (step.how % 4 === 1) return desk.mutate({ name: 'deleteIntegrationJournal', input: named }, twice(step));
    const lines = await desk.list<{ id: string }>('integrationJournalLines', 'id', `journal: { id: { eq: "${journal.id}" } }`);
    return desk.mutate({ name: 'deleteIntegrationJournalLines', input: { ...named, lineIds: someOf(lines, step.much).map((line) => line.id) } }, twice(step));
  },

  /** All that are ready, or any one, with lines or without. */
  async postProposals(desk, step) {
    const proposal = step.how % 2 === 0 ? chosen(await desk.list<{ id: string }>('invoiceProposals', 'id'), step.which) : null;
    return desk.mutate({ name: 'postInvoiceProposals', input: proposal ? { proposalIds: [proposal.id] } : { allReady: true }, payload: 'runAndResults' }, twice(step));
  },

  /** The accountant's edits, among them one of what Dataverse owns; or its lines are deleted, to come again with the next import. */
  async updateProposal(desk, step) {
    const proposal = await proposalOf(desk, step);
    if (!proposal) return;
    if (step.how % 7 === 6) return desk.mutate({ name: 'deleteInvoiceProposalLines', input: { proposalId: proposal.id } }, twice(step));
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

  ...FURTHER_OPERATIONS,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** How often each operation is tried: enough work and drafts that the others find something. */
const WEIGHTS: Readonly<Record<OperationName, number>> = {
  work: 6, milestone: 2, retainer: 4, markReady: 3, markNotReady: 2, createDrafts: 5, deleteDraft: 2, confirm: 4, confirmInBulk: 2,
  edit: 6, draftWork: 6, revise: 4, limit: 3, sync: 4, importFromStaging: 4, bringToProposals: 3, postJournals: 3, mendJournal: 3, postProposals: 3, updateProposal: 4, passDays: 2,
  approveTime: 3, cancelApproval: 1, progress: 3, amendDraft: 4, appliedRetainers: 3, refund: 4, editFinanceLines: 6, period: 2,
};

async function mark(desk: Desk, name: 'markReadyToInvoice' | 'markNotReadyToInvoice', step: Choice): Promise<unknown> {
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
export const steps = (maxLength: number): fc.Arbitrary<Step[]> => new Steps(fc.noBias(fc.array(
  fc.record({
    operation: fc.oneof(...Object.entries(WEIGHTS).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name as OperationName) }))),
    which: number, how: number, much: number,
  }),
  { minLength: 1, maxLength, size: 'max' },
)));

/** What every sequence begins with, so that there is something to meet: work on each contract and a retainer, some of it on drafts. */
export async function begin(desk: Desk): Promise<void> {
  for (const which of desk.stage.worlds.keys()) {
    for (let turn = 0; turn < 3; turn += 1) await OPERATIONS.work(desk, { which, how: which + turn, much: turn * 8 });
  }
  await OPERATIONS.retainer(desk, { which: 0, how: 0, much: 32 });
  await OPERATIONS.retainer(desk, { which: 0, how: 3, much: 0 });
  await OPERATIONS.createDrafts(desk, { which: 0, how: 0, much: 0 });
}

/** From what is staged to the customer invoices and back. */
export async function settle(desk: Desk): Promise<void> {
  await OPERATIONS.bringToProposals(desk, { which: 0, how: 0, much: 0 });
  await desk.mutate({ name: 'postInvoiceProposals', input: { allReady: true }, payload: 'runAndResults' });
  await desk.mutate({ name: 'sync', input: {}, payload: 'run' });
}

export async function perform(desk: Desk, step: Step): Promise<void> {
  const operation: Operation = OPERATIONS[step.operation];
  await operation(desk, step);
}

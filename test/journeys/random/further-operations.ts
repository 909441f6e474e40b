import { TransactionClassification } from '../../../src/entities/dataverse';
import { FiscalPeriodStatus, NoYes } from '../../../src/entities/finance';
import { execute, sql, type Sql } from '../../../src/stores/session';
import { submitTime } from '../../support/approval-desk';
import { chosen, mostlyOf, proformas, proposalOf, someOf, twice, worldOf, type ListedProforma, type Operation } from './choice';
import type { Desk, Mutation } from './desk';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

interface ListedRetainer extends Versioned {
  readonly invoiceStatus: string;
  readonly refundStatus: string;
  readonly availableAmount: string;
  readonly contract: { readonly id: string };
  readonly customer: { readonly id: string };
}

/** Somebody else, whom no API of ours asks, changes finance's set-up. */
async function changeSetup(desk: Desk, told: string, statement: Sql): Promise<void> {
  await desk.stage.gateway.database.write((work) => execute(work, statement));
  await desk.happened(told);
}

/** Opens every fiscal period, so that what waits for one can go on. */
export const openPeriods = (desk: Desk): Promise<void> => (
  changeSetup(desk, 'every period opens', sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = ${FiscalPeriodStatus.OPEN}`));

/** Operations of single parts of the process: approval of time, progress milestones, drafts' headers, retainers, edits in finance. */
export const FURTHER_OPERATIONS = {
  /** Time is submitted and approved: unbilled sales for each customer of the contract, some of it not billable. */
  async approveTime(desk, step) {
    const { which, how, much } = step;
    const world = worldOf(desk, which);
    const minutes = chosen([480, 455, 1, 60, 200], how)!;
    const timeEntryId = await submitTime(desk.stage.gateway, world, { minutes, date: desk.stage.today(), project: much % 4 === 0 ? 'fixedPrice' : 'timeAndMaterial' });
    const entry = {
      timeEntryId, costPrice: '100', salesPrice: chosen(['200', '133.33', '0.05', '-1'], much >> 2)!, ...(how % 4 === 1 && { billableHours: '0.5' }),
      ...(how % 8 === 2 && { billingType: 'NON_CHARGEABLE' }),
      ...(which % 8 < 7 && { categoryId: world.facts.categories[TransactionClassification.TIME] }),
    };
    return desk.mutate({ name: 'approveTimeEntries', input: { entries: how % 16 === 15 ? [entry, entry] : [entry] } }, twice(step));
  },

  /** Of any time entry, whether or not what came of it is on a draft or billed. */
  async cancelApproval(desk, step) {
    const entry = mostlyOf(await desk.list<{ id: string; status: string }>('timeEntries', 'id status'), step, ({ status }) => status === 'APPROVED');
    return entry && desk.mutate({ name: 'cancelTimeEntryApproval', input: { timeEntryIds: [entry.id] } }, twice(step));
  },

  /** A progress milestone is made, its next part told, marked and unmarked. */
  async progress(desk, step) {
    const progress = await desk.list<Versioned & { readyAmount: string }>('progressMilestones', 'id version readyAmount');
    const isTakenBack = step.how % 4 === 3;
    const known = isTakenBack ? mostlyOf(progress, step, ({ readyAmount }) => Number(readyAmount) !== 0) : chosen(progress, step.which >> 1);
    if (!known || step.how % 5 === 0) {
      const { facts } = worldOf(desk, step.which);
      const amount = chosen(['1000', '50001', '77', '1000.01'], step.much)!;
      return desk.mutate({ name: 'createProgressMilestone', input: { contractLineId: facts.lines.fixedPrice, name: 'Build', milestoneDate: desk.stage.today(), amount } }, twice(step));
    }
    const named = { progressMilestoneId: known.id, expectedVersion: known.version };
    if (isTakenBack) return desk.mutate({ name: 'markProgressMilestoneNotReady', input: named }, twice(step));
    const next = chosen([{ nextPercent: '20' }, { nextPercent: '33.33' }, { nextAmount: '100' }, { nextPercent: '101' }, { nextPercent: '100' }, {}], step.much)!;
    const name = step.how % 4 === 1 ? 'updateProgressMilestone' : 'markProgressMilestoneReady';
    return desk.mutate({ name, input: { ...named, ...next } }, twice(step));
  },

  /** Its header is edited; what is ready is put onto the open draft; an invoice is marked as paid. */
  async amendDraft(desk, step) {
    if (step.how % 2 === 0) {
      const actuals = await desk.list<{ id: string }>('actuals', 'id', `transactionType: { eq: UNBILLED_SALES }${step.much % 4 > 0 ? ', billingStatus: { eq: READY_TO_INVOICE }' : ''}`);
      const milestones = await desk.list<{ id: string }>('milestones', 'id');
      const actual = chosen(actuals, step.which);
      const milestone = step.how % 6 === 0 ? chosen(milestones, step.much) : null;
      if (!actual && !milestone) return;
      return desk.mutate({ name: 'addToProformaInvoice', input: { ...(actual && { actualIds: [actual.id] }), ...(milestone && { milestoneIds: [milestone.id] }) } }, twice(step));
    }
    const isPayment = step.how % 4 === 1;
    const proforma = mostlyOf(await proformas(desk), step, ({ status }) => status === (isPayment ? 'POSTED' : 'DRAFT'));
    if (!proforma) return;
    const named = { proformaInvoiceId: proforma.id, expectedVersion: proforma.version };
    const edit = chosen([{ name: 'Renamed' }, { accountingDate: desk.stage.today() }, { invoiceDate: '2026-06-20' }, { dueDate: '2026-12-24' }, { billToCity: 'York' }], step.much)!;
    const mutation: Mutation = isPayment ? { name: 'markProformaInvoicePaid', input: named } : { name: 'updateProformaInvoice', input: { ...named, ...edit } };
    return desk.mutate(mutation, twice(step));
  },

  /** What a draft applies of a retainer is lowered or raised, to nothing or beyond what is left. */
  async appliedRetainers(desk, step) {
    const applied = await desk.list<{ id: string; amount: string; proformaInvoice: { id: string } }>('proformaInvoiceLineDetails', 'id amount proformaInvoice { id }',
      `retainerUse: { eq: APPLICATION }${step.much % 5 > 0 ? ', proformaInvoice: { status: { eq: DRAFT } }' : ''}`);
    const detail = chosen(applied, step.which);
    if (!detail) return;
    const amount = chosen([`${step.much}`, '0', detail.amount.replace('-', ''), '1', '99999999', '-5'], step.how)!;
    return desk.mutate({ name: 'updateAppliedRetainers', input: { proformaInvoiceId: detail.proformaInvoice.id, details: [{ detailId: detail.id, amount }] } }, twice(step));
  },

  /** What is left of a retainer is to be given back, is given back on a draft, or is kept after all. */
  async refund(desk, step) {
    const isCancel = step.how % 3 === 0;
    const retainers = await desk.list<ListedRetainer>('retainers', 'id version invoiceStatus refundStatus availableAmount contract { id } customer { id }');
    const retainer = mostlyOf(retainers, step, ({ invoiceStatus, refundStatus, availableAmount }) => invoiceStatus === 'INVOICED' && (refundStatus === 'READY_TO_REFUND') === isCancel && Number(availableAmount) > 0);
    if (!retainer) return;
    const named = { retainerId: retainer.id, expectedVersion: retainer.version };
    const some = step.much % 3 === 0 ? { amount: chosen([retainer.availableAmount, '1', '99999999', '0'], step.much >> 2) } : {};
    if (isCancel) return desk.mutate({ name: 'cancelRetainerRefund', input: named }, twice(step));
    if (step.how % 3 === 1) return desk.mutate({ name: 'markRetainerReadyToRefund', input: { ...named, ...some } }, twice(step));
    const isOfItsCustomer = ({ status, contract, customer }: ListedProforma) => status === 'DRAFT' && contract.id === retainer.contract.id && customer.id === retainer.customer.id;
    const draft = mostlyOf(await proformas(desk), step, isOfItsCustomer);
    return draft && desk.mutate({ name: 'refundRetainer', input: { ...named, ...some, proformaInvoiceId: draft.id } }, twice(step));
  },

  /** The accountant's edits of journal and proposal lines, among them some of what Dataverse owns; or all lines are deleted. */
  async editFinanceLines(desk, step) {
    const isJournal = step.how % 4 === 0;
    const document = isJournal ? chosen(await desk.list<Versioned>('integrationJournals', 'id version'), step.which) : await proposalOf(desk, step);
    if (!document) return;
    const named = { [isJournal ? 'journalId' : 'proposalId']: document.id, expectedVersion: document.version };
    if (step.how % 8 === 7) return desk.mutate({ name: 'deleteInvoiceProposalLines', input: named }, twice(step));
    const lines = await desk.list<{ id: string }>(isJournal ? 'integrationJournalLines' : 'invoiceProposalLines', 'id', `${isJournal ? 'journal' : 'proposal'}: { id: { eq: "${document.id}" } }`);
    const change = chosen([{ itemSalesTaxGroup: 'FULL' }, isJournal ? { defaultDimension: '-022-' } : { salesTaxGroup: 'There is none' }, { quantity: '1' }], step.how >> 1)!;
    const edits = [...lines.slice(0, 1), ...someOf(lines.slice(1), step.much)].map(({ id }) => ({ lineId: id, ...change }));
    return desk.mutate({ name: isJournal ? 'updateIntegrationJournalLines' : 'updateInvoiceProposalLines', input: { ...named, lines: edits } }, twice(step));
  },

  /** The period of today closes or opens, or posting moves to the next open one from now on, or no longer. */
  async period(desk, { how }) {
    const today = desk.stage.today();
    if (how % 4 === 0) return openPeriods(desk);
    if (how % 4 === 1) {
      const moves = how % 8 === 1 ? NoYes.YES : NoYes.NO;
      return changeSetup(desk, `moves to the next open period: ${NoYes[moves]}`, sql`UPDATE "ProjectParameters" SET "MoveToNextOpenPeriod" = ${moves}`);
    }
    return changeSetup(desk, 'the period of today closes', sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = ${FiscalPeriodStatus.CLOSED}
      WHERE "StartDate" <= ${today} AND "EndDate" >= ${today}`);
  },
} satisfies Record<string, Operation>;

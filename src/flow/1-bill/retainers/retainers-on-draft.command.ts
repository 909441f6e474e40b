import type { CommandContext } from '../../../context';
import { RetainerInvoiceStatus, type ProformaInvoice, type Retainer } from '../../../entities/dataverse';
import { ZERO } from '../../../kernel/decimal';
import { invalid, refuse, stale, type Refusal } from '../../../kernel/refusal';
import { addDetails, deleteDetails } from '../../../stores/dataverse/proforma-invoice.store';
import { addRetainer, changeRetainer, openRefundDetailOf } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockDraft, moveTotals } from '../draft/change-draft';
import type { DraftDetail } from '../draft/draft.decision';
import { lockContractOf } from '../draft/lock-proforma';
import { completedDetailFactsOf } from '../draft/open-draft';
import { lockRetainer, type RetainerReference } from './lock-retainer';
import { newRetainer, type RetainerFacts, type RetainerOutcome } from './manage-retainers.command';
import { balancesOf } from './pay-with-retainers';
import { requestRefund } from './refund-retainer.command';
import { decideDetailOfRetainer, decideRefund } from './retainer-detail.decision';
import { RETAINER_REFUND_STATES } from './retainer.states';
import { refusalOf } from '../transition';

export interface CreateRetainerOnDraftInput extends Omit<RetainerFacts, 'customerId'> {
  readonly proformaInvoiceId: string;
}

/** Adds a retainer right on a draft: it is ready by that, of the draft's contract and customer (domain facts 6.5). The draft gets the lines first that its contract has got since. */
export async function createRetainerOnDraft(
  context: CommandContext,
  input: CreateRetainerOnDraftInput,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const contract = await lockContractOf(work, input);
    const proforma = await lockDraft(work, { proformaInvoiceId: input.proformaInvoiceId });
    const entered = await newRetainer(work, context, contract, {
      ...input,
      customerId: proforma.customerId,
    });
    const retainer: Retainer = { ...entered, invoiceStatus: RetainerInvoiceStatus.CUSTOMER_INVOICE_CREATED };
    await addRetainer(work, retainer);
    const facts = await completedDetailFactsOf(work, context, proforma, contract);
    await addToDraft(work, proforma, decideDetailOfRetainer(facts, retainer));
    return { retainerId: retainer.id };
  });
}

export interface RefundRetainerInput extends RetainerReference {
  readonly proformaInvoiceId: string;
  /** What to refund: everything that is left unless given. */
  readonly amount?: RetainerFacts['amount'] | null;
}

/** Refunds a retainer on a draft of its contract and customer, without waiting for the next one. The draft gets the lines first that its contract has got since. */
export async function refundRetainer(
  context: CommandContext,
  input: RefundRetainerInput,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const contract = await lockContractOf(work, input);
    const proforma = await lockDraft(work, { proformaInvoiceId: input.proformaInvoiceId });
    const retainer = await lockRetainer(work, input);
    if (retainer.contractId !== proforma.contractId || retainer.customerId !== proforma.customerId) {
      const message = `The retainer ${retainer.id} is of another contract or customer than the proforma ${proforma.number}.`;
      refuse(invalid('INVALID_INPUT', message, ['input', 'proformaInvoiceId']));
    }
    const [balance] = await balancesOf(work, [await requestRefund(work, retainer, input.amount ?? null)]);
    const facts = await completedDetailFactsOf(work, context, proforma, contract);
    await addToDraft(work, proforma, decideRefund(facts, balance!));
    return { retainerId: retainer.id };
  });
}

/**
 * Cancels a refund that was asked for: its amount is free again, and a draft that carries it loses the detail. Refused once it is
 * confirmed, and while its proforma is in review.
 */
export async function cancelRetainerRefund(
  context: CommandContext,
  input: RetainerReference,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    // Proformas are locked before retainers everywhere, so the detail is looked for first and again under the locks.
    const expected = await openRefundDetailOf(work, input.retainerId);
    const proforma = expected && (await lockDraft(work, { proformaInvoiceId: expected.proformaInvoiceId }));
    const retainer = await lockRetainer(work, input);
    const wrong = refusalOf(RETAINER_REFUND_STATES, `The refund of the retainer ${retainer.id}`, retainer.refundStatus, 'cancelRefund', [
      'input',
      'retainerId',
    ]);
    if (wrong) refuse(wrong);
    const detail = await openRefundDetailOf(work, retainer.id);
    if (detail?.id !== expected?.id) refuse(stale(`The retainer ${retainer.id}`, null, null));
    if (proforma && detail) {
      await deleteDetails(work, [detail.id]);
      await moveTotals(work, proforma, { before: [detail], after: [] });
    }
    const changes = {
      refundAmount: ZERO,
      refundStatus: RETAINER_REFUND_STATES.table[retainer.refundStatus].cancelRefund!,
    };
    if (!(await changeRetainer(work, retainer, changes))) refuse(stale(`The retainer ${retainer.id}`, null, null));
    return { retainerId: retainer.id };
  });
}

async function addToDraft(work: UnitOfWork, proforma: ProformaInvoice, decided: DraftDetail | Refusal): Promise<void> {
  if ('kind' in decided) refuse(decided);
  if (proforma.hasCorrections) {
    const message = `The proforma ${proforma.number} corrects an earlier one: it takes no retainers.`;
    refuse(invalid('INVALID_INPUT', message, ['input', 'proformaInvoiceId']));
  }
  const { detail } = decided;
  await addDetails(work, [detail]);
  await moveTotals(work, proforma, { before: [], after: [detail] });
}

import type { CommandContext } from '../../context';
import { Actual, ProformaInvoice, ProformaInvoiceStatus, TransactionConnection, type BulkConfirmationStatus, type ProformaInvoiceLineDetail, type TransactionOrigin } from '../../entities/dataverse';
import { timestampOf, todayOf } from '../../kernel/clock';
import { IdChecksum } from '../../kernel/id-checksum';
import { invalid, refuse, refuseAny, stale } from '../../kernel/refusal';
import { breather } from '../../kernel/yielding';
import { addActuals, billedActualIdsOf, markAdjusted } from '../../stores/dataverse/actual.store';
import {
  lockActuals,
  lockMilestones,
  moveBillingStatus,
  moveMilestoneStatus,
} from '../../stores/dataverse/billing-backlog.store';
import { billingUnbilled } from '../../stores/dataverse/correction.store';
import { coverByLimit, lockLimits } from '../../stores/dataverse/not-to-exceed.store';
import { contractingUnitOf, currencyDecimalsOf } from '../../stores/dataverse/project-contract.store';
import { changeProformaInvoice, detailsOf, linesOf } from '../../stores/dataverse/proforma-invoice.store';
import { addConnections, addOrigins, originsOf } from '../../stores/dataverse/transaction-link.store';
import { logChangeSet } from '../../stores/dual-write/sync-log.store';
import { CHUNK_ROWS } from '../../stores/bulk';
import type { UnitOfWork } from '../../stores/session';
import { BILLING_STATES } from '../1-bill/billing-status.states';
import { lockContractOf, lockReferenced, type ProformaInvoiceReference } from '../1-bill/draft/lock-proforma';
import { MILESTONE_STATES } from '../1-bill/milestone.states';
import { PROFORMA_INVOICE_STATES } from '../1-bill/draft/proforma-invoice.states';
import { moveOf, refusalOf } from '../1-bill/transition';
import { runCommand, type CommandRequest } from '../command';
import { confirmRetainers, refuseOverpaid } from './confirm-retainers';
import { decideConfirmation, type ConfirmationFacts, type DetailDecision } from './confirm.decision';

export type ConfirmProformaInvoiceInput = ProformaInvoiceReference;

export interface ConfirmProformaInvoiceOutcome {
  readonly proformaInvoiceId: string;
  readonly billedActualCount: number;
}

/**
 * Confirms a proforma: what it bills becomes actuals and connections exactly as domain facts 6.8 tabulate, and the proforma is
 * read-only from then on. There is no way back but a correction. The change set that it logs is what finance gets.
 */
export async function confirmProformaInvoice(
  context: CommandContext,
  input: ConfirmProformaInvoiceInput,
  request: CommandRequest,
): Promise<ConfirmProformaInvoiceOutcome> {
  return runCommand(context, request, (work) => confirmInUnitOfWork(work, context, input, null));
}

/** Confirms a proforma inside the caller's unit of work. `bulkConfirmationStatus` is what the proforma says of bulk confirmation then. */
export async function confirmInUnitOfWork(
  work: UnitOfWork, context: CommandContext, input: ConfirmProformaInvoiceInput, bulkConfirmationStatus: BulkConfirmationStatus | null,
): Promise<ConfirmProformaInvoiceOutcome> {
  const contract = await lockContractOf(work, input);
  const proforma = await lockReferenced(work, input);
  const path = ['input', 'proformaInvoiceId'];
  const wrong = refusalOf(PROFORMA_INVOICE_STATES, `The proforma ${proforma.number}`, proforma.status, 'confirm', path);
  if (wrong) refuse(wrong);
  await refuseOverpaid(work, proforma);
  const confirmation: ConfirmationFacts = {
    proformaInvoiceId: proforma.id,
    accountingDate: proforma.accountingDate ?? todayOf(context.clock),
    confirmedOn: timestampOf(context.clock),
    changeSetId: context.ids.next(),
    contractingUnitId: await contractingUnitOf(work, contract.id),
    currencyDecimals: await currencyDecimalsOf(work, proforma.currencyId),
    billingMethods: new Map((await linesOf(work, proforma.id)).map((line) => [line.id, line.billingMethod])),
    skipReversalsOfAdjusted: context.settings.skipReversalsOfAdjusted,
    newId: () => context.ids.next(),
  };
  const detailCount = await confirmDetails(work, confirmation);
  if (detailCount === 0) {
    refuse(
      invalid('EMPTY_PROFORMA', `The proforma ${proforma.number} has no line details, so there is nothing to confirm.`, path),
    );
  }
  // What goes back to the backlog waits for its evaluation, as all that a limit covers.
  for (const limit of await lockLimits(work, [contract.id])) await coverByLimit(work, limit.id);
  const billedActualCount = await confirmHeader(work, proforma, confirmation, bulkConfirmationStatus);
  await logChangeSet(work, context, confirmation.changeSetId, [ProformaInvoice, Actual, TransactionConnection]);
  return { proformaInvoiceId: proforma.id, billedActualCount };
}

/** Confirms the details a chunk at a time, in key order, and says how many of them bill something. */
async function confirmDetails(work: UnitOfWork, confirmation: ConfirmationFacts): Promise<number> {
  const breath = breather();
  let confirmed = 0;
  const next = (after: string | null) => detailsOf(work, confirmation.proformaInvoiceId, { after, limit: CHUNK_ROWS });
  for (let chunk = await next(null); chunk.length > 0; chunk = await next(chunk[chunk.length - 1]!.id)) {
    const ofRetainers = chunk.filter(({ retainerId }) => retainerId !== null);
    const decisions = [
      ...(await decideChunk(
        work,
        confirmation,
        chunk.filter(({ retainerId }) => retainerId === null),
      )),
      ...(await confirmRetainers(work, confirmation, ofRetainers)),
    ];
    await writeDecisions(work, decisions);
    confirmed += decisions.filter(({ actuals }) => actuals.length > 0).length;
    await breath();
  }
  return confirmed;
}

async function decideChunk(
  work: UnitOfWork,
  confirmation: ConfirmationFacts,
  details: readonly ProformaInvoiceLineDetail[],
): Promise<DetailDecision[]> {
  const billedIds = details.flatMap((detail) => detail.originalBilledActualId ?? []);
  const actualIds = [...details.flatMap((detail) => detail.unbilledActualId ?? []), ...billedIds];
  const actuals = await lockActuals(work, actualIds);
  const originsOfActuals: Map<string, TransactionOrigin[]> = await originsOf(work, actualIds);
  const partnered = await billingUnbilled(work, billedIds);
  const milestones = await lockMilestones(
    work,
    details.flatMap((detail) => detail.milestoneId ?? []),
  );
  const correctedActual = (id: string | null) => {
    const billed = actuals.get(id ?? '');
    return billed ? { billed, billedOrigins: originsOfActuals.get(billed.id) ?? [], billsUnbilled: partnered.has(billed.id) } : null;
  };
  const decided = details.map((detail) =>
    decideConfirmation(confirmation, {
      detail,
      source: actuals.get(detail.unbilledActualId ?? '') ?? null,
      sourceOrigins: originsOfActuals.get(detail.unbilledActualId ?? '') ?? [],
      milestone: milestones.get(detail.milestoneId ?? '') ?? null,
      corrected: correctedActual(detail.originalBilledActualId),
    }),
  );
  refuseAny(decided.filter((decision) => 'kind' in decision));
  return decided.filter((decision) => 'actuals' in decision);
}

async function writeDecisions(work: UnitOfWork, decisions: readonly DetailDecision[]): Promise<void> {
  await addActuals(
    work,
    decisions.flatMap(({ actuals }) => actuals),
  );
  await addConnections(
    work,
    decisions.flatMap(({ connections }) => connections),
  );
  await addOrigins(
    work,
    decisions.flatMap(({ origins }) => origins),
  );
  const actualIds = decisions.flatMap(({ invoicedActualId }) => invoicedActualId ?? []);
  const milestoneIds = decisions.flatMap(({ invoicedMilestoneId }) => invoicedMilestoneId ?? []);
  const creditedIds = decisions.flatMap(({ creditedMilestoneId }) => creditedMilestoneId ?? []);
  const adjustedIds = decisions.flatMap(({ adjustedActualIds }) => adjustedActualIds);
  const adjusted = await markAdjusted(work, adjustedIds);
  const actuals = await moveBillingStatus(work, actualIds, ...moveOf(BILLING_STATES, 'confirm'));
  const milestones = await moveMilestoneStatus(work, milestoneIds, ...moveOf(MILESTONE_STATES, 'confirm'));
  const credited = await moveMilestoneStatus(work, creditedIds, ...moveOf(MILESTONE_STATES, 'credit'));
  const moved = adjusted + actuals + milestones + credited;
  if (moved !== adjustedIds.length + actualIds.length + milestoneIds.length + creditedIds.length)
    refuse(stale('A transaction of the proforma', null, null));
}

/** Makes the header Confirmed, with the count and checksum by which finance knows that it has every billed actual. */
async function confirmHeader(
  work: UnitOfWork, proforma: ProformaInvoice, confirmation: ConfirmationFacts, bulkConfirmationStatus: BulkConfirmationStatus | null,
): Promise<number> {
  const checksum = await checksumOfBilledActuals(work, proforma.id);
  const changed = await changeProformaInvoice(work, proforma, {
    status: ProformaInvoiceStatus.CONFIRMED,
    bulkConfirmationStatus,
    confirmedOn: confirmation.confirmedOn,
    accountingDate: confirmation.accountingDate,
    invoiceDate: proforma.invoiceDate ?? confirmation.accountingDate,
    billedActualCount: checksum.count,
    billedActualChecksum: checksum.digest(),
    changeSetId: confirmation.changeSetId,
  });
  if (!changed) refuse(stale(`The proforma ${proforma.number}`, null, null));
  return checksum.count;
}

async function checksumOfBilledActuals(work: UnitOfWork, proformaInvoiceId: string): Promise<IdChecksum> {
  const checksum = new IdChecksum();
  const next = (after: string | null) => billedActualIdsOf(work, proformaInvoiceId, { after, limit: CHUNK_ROWS });
  for (let page = await next(null); page.length > 0; page = await next(page[page.length - 1]!)) {
    for (const id of page) checksum.add(id);
  }
  return checksum;
}

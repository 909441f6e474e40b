import type { CommandContext } from '../../../context';
import { BulkConfirmationStatus } from '../../../entities/dataverse';
import { RunKind } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { invalid, refuse } from '../../../kernel/refusal';
import { addBulkConfirmationItems, lockProformaInvoices, openItemsOf, setBulkConfirmationStatus } from '../../../stores/dataverse/bulk-confirmation.store';
import { insertRun } from '../../../stores/dual-write/run.store';
import { runCommand, type CommandRequest } from '../../command';
import { BULK_CONFIRMATION_MAX } from '../confirm.limits';
import { decideSchedule, type NamedProforma } from './schedule.decision';

/**
 * Schedules the confirmation of up to 250 proformas (domain facts 1.1 and 6.3): one run, with an item per proforma, Scheduled or
 * refused at once. Confirming them is the work of `bulk-confirmation.worker`, in this process or in another one. Refused as a
 * whole when it names no proforma or too many. The same idempotency key leads to the same run, what failed in it included.
 */
export async function scheduleConfirmations(
  context: CommandContext, named: readonly NamedProforma[], request: CommandRequest,
): Promise<{ readonly runId: string }> {
  refuseCount(named.length);
  const items = withoutRepetitions(named);
  return runCommand(context, request, async (work) => {
    const ids = items.flatMap((item) => item.proformaInvoiceId ?? []);
    const now = timestampOf(context.clock);
    const runId = context.ids.next();
    const proformas = await lockProformaInvoices(work, ids);
    const openItems = await openItemsOf(work, ids);
    const rows = decideSchedule(items, { runId, now, newId: () => context.ids.next(), proformas, openItems });
    await insertRun(work, { id: runId, kind: RunKind.CONFIRM_IN_BULK, startedOn: now, actor: context.actor, aliveUntil: null });
    await addBulkConfirmationItems(work, rows);
    const scheduled = rows.filter((row) => row.status === BulkConfirmationStatus.SCHEDULED);
    await setBulkConfirmationStatus(work, scheduled.map((row) => row.proformaInvoiceId!), BulkConfirmationStatus.SCHEDULED);
    return { runId };
  });
}

/** Refuses a bulk confirmation of none or too many. The count is of names, so that it is known before any of them is looked up. */
export function refuseCount(count: number): void {
  const field = ['input', 'proformaInvoiceIds'];
  if (count === 0) refuse(invalid('INVALID_INPUT', 'Name at least one proforma.', field));
  if (count > BULK_CONFIRMATION_MAX) {
    refuse(invalid('INVALID_INPUT', `A bulk confirmation takes ${BULK_CONFIRMATION_MAX} proformas at the most; this one names ${count}.`, field));
  }
}

/** A proforma that is named twice, perhaps by id and by number, is confirmed once. */
function withoutRepetitions(named: readonly NamedProforma[]): NamedProforma[] {
  const first = new Map<string, NamedProforma>();
  for (const item of named) {
    const key = item.proformaInvoiceId ?? `number ${item.number}`;
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

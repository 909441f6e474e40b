import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { BulkConfirmationStatus } from '../../entities/dataverse/option-sets';
import { bulkConfirmationEnded } from '../../flow/2-confirm/bulk/bulk-confirmation.worker';
import { refuseCount, scheduleConfirmations } from '../../flow/2-confirm/bulk/confirm-proforma-invoices.command';
import type { NamedProforma } from '../../flow/2-confirm/bulk/schedule.decision';
import { withinWait } from '../../flow/runs';
import type { Refusal } from '../../kernel/refusal';
import { ConfirmProformaInvoicesInput } from '../../schema/dataverse/billing.input';
import { ConfirmProformaInvoicesPayload } from '../../schema/dataverse/billing.payload';
import { BulkConfirmationItem, BulkConfirmationTotals } from '../../schema/dataverse/bulk-confirmation.type';
import { Run } from '../../schema/dual-write/sync.type';
import { UserError } from '../../schema/shared/user-error.type';
import { countItems, itemsByIds, itemsOfRun } from '../../stores/dataverse/bulk-confirmation.store';
import type { GraphRow } from '../../stores/reading/plan';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { keysOfKnownNumbers } from '../loaders/named-records';
import { loaderAt } from '../loaders/read';
import { answer, keysOf, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver(() => Run)
export class BulkConfirmationResolver {
  @FieldResolver(() => BulkConfirmationTotals, { nullable: true, description: 'How far a bulk confirmation has come; null on other runs.' })
  async bulkConfirmationTotals(@Root() run: GraphRow, @Ctx() context: RequestContext): Promise<BulkConfirmationTotals | null> {
    const loader = loaderAt<ReadonlyMap<BulkConfirmationStatus, number> | undefined>(context, countItems, async (runIds) => {
      const counts = await countItems(context.session, runIds);
      return runIds.map((id) => counts.get(id));
    });
    const counts = await loader.load(run['#']);
    if (!counts) return null;
    const of = (status: BulkConfirmationStatus) => counts.get(status) ?? 0;
    const { SCHEDULED, PROCESSING, COMPLETE, FAILED } = BulkConfirmationStatus;
    const total = of(SCHEDULED) + of(PROCESSING) + of(COMPLETE) + of(FAILED);
    return { total, scheduled: of(SCHEDULED), processing: of(PROCESSING), complete: of(COMPLETE), failed: of(FAILED) };
  }

  @Mutation(() => ConfirmProformaInvoicesPayload, { description: 'Confirms up to 250 proformas in the background, one after the other: a refused one does not stop the others, and a restart of the program neither. One result per proforma.' })
  confirmProformaInvoices(@Arg('input', { description: 'Which proformas.' }) input: ConfirmProformaInvoicesInput, @Ctx() { command }: RequestContext) {
    return answer({ run: null as string | null, results: [] as string[] }, async () => {
      const { runId } = await scheduleConfirmations(command, await proformasNamedBy(command.database.reader, input), requestOf('confirmProformaInvoices', input));
      await withinWait(bulkConfirmationEnded(command, runId), input.waitMs);
      return { run: runId, results: (await itemsOfRun(command.database.reader, runId)).map((item) => item.id) };
    });
  }
}

/** Those named by id, then those named by number. What there is not is an item that fails, and a number leads nowhere once its draft is deleted. */
async function proformasNamedBy(session: Session, input: ConfirmProformaInvoicesInput): Promise<NamedProforma[]> {
  const numbers = input.proformaInvoiceNumbers ?? [];
  refuseCount((input.proformaInvoiceIds?.length ?? 0) + numbers.length);
  const byId = keysOf('ProformaInvoice', input.proformaInvoiceIds, 'proformaInvoiceIds') ?? [];
  const byNumber = await keysOfKnownNumbers(session, proformaInvoiceSource, numbers);
  return [
    ...byId.map((proformaInvoiceId, index) => ({ proformaInvoiceId, number: null, path: ['input', 'proformaInvoiceIds', String(index)] })),
    ...byNumber.map((proformaInvoiceId, index) => ({ proformaInvoiceId, number: numbers[index]!, path: ['input', 'proformaInvoiceNumbers', String(index)] })),
  ];
}

@Resolver(() => BulkConfirmationItem)
export class BulkConfirmationItemResolver {
  @FieldResolver(() => [UserError], { description: 'Why it was refused; empty unless it was.' })
  async errors(@Root() item: GraphRow, @Ctx() context: RequestContext): Promise<UserError[]> {
    const loader = loaderAt<readonly Refusal[]>(context, itemsByIds, async (ids) => {
      const items = await itemsByIds(context.session, ids);
      return ids.map((id) => (items.get(id)?.refusals ?? []) as readonly Refusal[]);
    });
    return userErrorsOf(await loader.load(item['#']));
  }
}

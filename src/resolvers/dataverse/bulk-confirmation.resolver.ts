import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { BulkConfirmationStatus } from '../../entities/dataverse/option-sets';
import { bulkConfirmationEnded } from '../../flow/2-confirm/bulk/bulk-confirmation.worker';
import { scheduleConfirmations } from '../../flow/2-confirm/bulk/confirm-proforma-invoices.command';
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
import { namedRecords } from '../loaders/named-records';
import { loaderAt } from '../loaders/read';
import { answer, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

const FIELDS = { ids: 'proformaInvoiceIds', numbers: 'proformaInvoiceNumbers' };

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
      const { proformaInvoiceIds: ids, proformaInvoiceNumbers: numbers } = input;
      const keys = await namedRecords(command.database.reader, proformaInvoiceSource, { ids, numbers }, FIELDS) ?? [];
      const byId = ids?.length ?? 0;
      const named = keys.map((proformaInvoiceId, index) => ({
        proformaInvoiceId, path: ['input', ...(index < byId ? [FIELDS.ids, String(index)] : [FIELDS.numbers, String(index - byId)])],
      }));
      const { runId } = await scheduleConfirmations(command, named, requestOf('confirmProformaInvoices', input));
      await withinWait(bulkConfirmationEnded(command, runId), input.waitMs);
      return { run: runId, results: (await itemsOfRun(command.database.reader, runId)).map((item) => item.id) };
    });
  }
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

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { dismissSyncErrors } from '../../flow/3-sync/dismiss-sync-errors.command';
import { retrySyncErrors } from '../../flow/3-sync/retry-sync-errors.command';
import { startSync } from '../../flow/3-sync/run-sync.command';
import { withinWait } from '../../flow/runs';
import { DismissSyncErrorsInput, RetrySyncErrorsInput, SyncInput } from '../../schema/dual-write/sync.input';
import { DismissSyncErrorsPayload, RetrySyncErrorsPayload, SyncPayload } from '../../schema/dual-write/sync.payload';
import { PAGE_ROWS_MAX } from '../../stores/reading/plan';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import { optionalNamedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { answer, keysOf, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver()
export class SyncResolver {
  @Mutation(() => SyncPayload, { description: 'Runs the table maps: everything that waits in the sync log goes to the other side, in both directions. What cannot be carried is in syncErrors. Run twice, nothing changes.' })
  sync(@Arg('input', { description: 'Which table maps.' }) input: SyncInput, @Ctx() { command }: RequestContext) {
    return answer({ run: null as string | null }, async () => {
      const { waitMs, proformaInvoiceNumber, ...rest } = input;
      const named = { id: input.proformaInvoiceId, number: proformaInvoiceNumber };
      const wanted = { ...rest, proformaInvoiceId: await optionalNamedRecord(command.database.reader, proformaInvoiceSource, named, PROFORMA_FIELDS) };
      const run = await startSync(command, wanted, requestOf('sync', wanted));
      await withinWait(run.finished, waitMs);
      return { run: run.id };
    });
  }

  @Mutation(() => RetrySyncErrorsPayload, { description: 'Tries failed records again, in their newest version, after their cause was mended.' })
  retrySyncErrors(@Arg('input', { description: 'Which records.' }) input: RetrySyncErrorsInput, @Ctx() { command }: RequestContext) {
    return answer({ resolvedCount: 0, failedCount: 0, syncErrors: [] as string[] }, async () => {
      const wanted = { ...input, errorIds: keysOf('SyncError', input.errorIds, 'errorIds') };
      const { resolved, stillFailing, stillWaiting } = await retrySyncErrors(command, wanted, requestOf('retrySyncErrors', wanted));
      const tried = [...stillFailing, ...stillWaiting, ...resolved];
      return { resolvedCount: resolved.length, failedCount: stillFailing.length + stillWaiting.length, syncErrors: tried.slice(0, PAGE_ROWS_MAX) };
    });
  }

  @Mutation(() => DismissSyncErrorsPayload, { description: 'Gives failed records up. They come back only when a newer version of the record fails.' })
  dismissSyncErrors(@Arg('input', { description: 'Which records.' }) input: DismissSyncErrorsInput, @Ctx() { command }: RequestContext) {
    return answer({ syncErrors: [] as string[] }, async () => {
      const wanted = { ...input, errorIds: keysOf('SyncError', input.errorIds, 'errorIds') ?? [] };
      const { dismissed } = await dismissSyncErrors(command, wanted, requestOf('dismissSyncErrors', wanted));
      return { syncErrors: dismissed };
    });
  }
}

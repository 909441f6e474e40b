import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { startDismissal, type DismissalOutcome } from '../../flow/3-sync/errors/dismiss-sync-errors.command';
import { startRetry, type RetryOutcome } from '../../flow/3-sync/errors/retry-sync-errors.command';
import type { ErrorSelection } from '../../flow/3-sync/errors/selected-errors.rules';
import { startSync } from '../../flow/3-sync/run/run-sync.command';
import { withinWait } from '../../flow/runs';
import { DismissSyncErrorsInput, RetrySyncErrorsInput, SyncInput } from '../../schema/dual-write/sync.input';
import { DismissSyncErrorsPayload, RetrySyncErrorsPayload, SyncPayload } from '../../schema/dual-write/sync.payload';
import { Run } from '../../schema/dual-write/sync.type';
import { UserError } from '../../schema/shared/user-error.type';
import { readOutcomes } from '../../stores/dual-write/run.store';
import type { GraphRow } from '../../stores/reading/plan';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import { optionalNamedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { loaderAt } from '../loaders/read';
import { outcomeWithin, refusalsOfOutcome } from '../long-work';
import { answer, keysOf, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver(() => Run)
export class SyncResolver {
  @FieldResolver(() => [UserError], { description: 'What it refused, once it has ended, so that nothing is lost to a caller who did not wait. Records that a sync could not carry are in syncErrors instead.' })
  async errors(@Root() run: GraphRow, @Ctx() context: RequestContext): Promise<UserError[]> {
    const loader = loaderAt<unknown>(context, readOutcomes, async (keys) => {
      const outcomes = await readOutcomes(context.session, keys);
      return keys.map((key) => outcomes.get(key));
    });
    return userErrorsOf(refusalsOfOutcome(await loader.load(run['#'])));
  }

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
    return answer({ run: null as string | null, ...countsOfRetry(null) }, async () => {
      const selection = selectionOf(input);
      const run = await startRetry(command, selection, requestOf('retrySyncErrors', selection));
      const { runId, outcome } = await outcomeWithin<RetryOutcome>(command, run, input.waitMs);
      return { run: runId, ...countsOfRetry(outcome) };
    });
  }

  @Mutation(() => DismissSyncErrorsPayload, { description: 'Gives failed records up: no retry takes them any more. They come back only when a newer version of the record fails.' })
  dismissSyncErrors(@Arg('input', { description: 'Which records.' }) input: DismissSyncErrorsInput, @Ctx() { command }: RequestContext) {
    return answer({ run: null as string | null, ...countsOfDismissal(null) }, async () => {
      const selection = selectionOf(input);
      const run = await startDismissal(command, selection, requestOf('dismissSyncErrors', selection));
      const { runId, outcome } = await outcomeWithin<DismissalOutcome>(command, run, input.waitMs);
      return { run: runId, ...countsOfDismissal(outcome) };
    });
  }
}

/** The input without how long to wait, its errors by key. */
function selectionOf({ waitMs: _waitMs, ...rest }: RetrySyncErrorsInput): ErrorSelection & { idempotencyKey?: string | null | undefined } {
  return { ...rest, errorIds: keysOf('SyncError', rest.errorIds, 'errorIds') };
}

function countsOfRetry(outcome: RetryOutcome | null) {
  const { retried = null, resolved = null, failed = null, waiting = null, left = null, errorIds = [] } = outcome ?? {};
  return { retriedCount: retried, resolvedCount: resolved, failedCount: failed, waitingCount: waiting, leftCount: left, syncErrors: errorIds };
}

function countsOfDismissal(outcome: DismissalOutcome | null) {
  const { dismissed = null, left = null, errorIds = [] } = outcome ?? {};
  return { dismissedCount: dismissed, leftCount: left, syncErrors: errorIds };
}

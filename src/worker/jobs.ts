import type { CommandContext } from '../context';
import { deliverAlerts, hasAlertsToDeliver } from '../flow/3-sync/errors/alerts/deliver-alerts';
import { hasSyncWork, startSync } from '../flow/3-sync/run/run-sync.command';
import { hasImportWork, importEverything } from '../flow/4-import/import-everything';
import { tendQuarantine } from '../flow/reconcile/orphans/tend-quarantine';
import { endOrphanedRuns, hasOrphanedRuns } from '../flow/runs';
import { readRun } from '../stores/dual-write/run.store';
import type { Job } from './job';
import { DELIVER_INTERVAL_MS, QUARANTINE_INTERVAL_MS, SWEEP_INTERVAL_MS } from './worker.limits';

/** The periods that the settings choose, in milliseconds; null where nobody wants the job. */
export interface WorkerSettings {
  readonly syncIntervalMs: number | null;
  readonly importIntervalMs: number | null;
  /** How long ago an orphan has to have arrived to go into quarantine by itself, in milliseconds; null where only people put it there. */
  readonly quarantineAfterMs: number | null;
}

/** Every periodic job of the gateway; those that have no setting of their own run wherever a worker does. */
export function periodicJobs({ syncIntervalMs, importIntervalMs, quarantineAfterMs }: WorkerSettings): Job[] {
  return [
    ...(syncIntervalMs === null ? [] : [{ name: 'sync', everyMs: syncIntervalMs, hasWork: hasSyncWork, run: sync }]),
    ...(importIntervalMs === null ? [] : [{ name: 'importFromStaging', everyMs: importIntervalMs, hasWork: hasImportWork, run: importEverything }]),
    ...(quarantineAfterMs === null ? [] : [{
      name: 'quarantineOrphans', everyMs: QUARANTINE_INTERVAL_MS, run: (context: CommandContext) => tendQuarantine(context, quarantineAfterMs),
    }]),
    { name: 'deliverAlerts', everyMs: DELIVER_INTERVAL_MS, hasWork: hasAlertsToDeliver, run: deliverAlerts },
    { name: 'endOrphanedRuns', everyMs: SWEEP_INTERVAL_MS, hasWork: hasOrphanedRuns, run: sweep },
  ];
}

/** Runs every table map, as the mutation `sync` does. */
async function sync(context: CommandContext): Promise<string | null> {
  const run = await startSync(context, {}, { mutation: 'sync', input: {} });
  await run.finished;
  return (await readRun(context.database.reader, run.id))?.message ?? null;
}

async function sweep(context: CommandContext): Promise<string | null> {
  const ended = await endOrphanedRuns(context);
  return ended.length === 0 ? null : `Ended ${ended.length} whose process had died: ${ended.join(', ')}.`;
}

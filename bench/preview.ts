import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CommandContext } from '../src/context';
import { SyncDirection, SyncErrorStatus, SyncLogStatus, TABLE_MAPS } from '../src/entities/dual-write';
import { loadSettings } from '../src/config';
import { loadRecords, readFolder } from '../src/flow/0-load';
import { countPreview, previewPage } from '../src/flow/3-sync/preview/preview-sync';
import { previewedFlows } from '../src/flow/3-sync/preview/previewed-flows';
import { hasSyncWork } from '../src/flow/3-sync/run/run-sync.command';
import { timestampOf } from '../src/kernel/clock';
import { closeProgram, openProgram } from '../src/program';
import { makeLog } from '../src/server/logging';
import { execute, raw, sql } from '../src/stores/session';
import { startPostgres } from '../test/support/embedded-postgres';

/**
 * How long a preview takes over some 100,000 queued records, and how long a live worker looks for work when each of 100,000 records waits
 * for one that does not come. It makes, and removes, a database of its own.
 *
 *     node dist/bench/preview.js --engine postgres
 */

const USAGE = 'Usage: node dist/bench/preview.js [--engine sqlite|postgres] [--actuals 68300]';
const PAGE = 50;

async function timed<T>(what: string, act: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await act();
  console.log(`${what.padEnd(60)} ${((performance.now() - started) / 1000).toFixed(3)} s`);
  return result;
}

async function measurePreview({ database: { reader }, clock }: CommandContext): Promise<void> {
  const { flows } = await previewedFlows(reader, {}, timestampOf(clock));
  const first = await timed('the first page', () => previewPage(reader, flows, { first: PAGE, after: null }));
  await timed('the page behind it', () => previewPage(reader, flows, { first: PAGE, after: first.end }));
  for (const flow of flows) {
    const { map, direction } = flow.map.flow;
    const { outcomes } = await timed(`counts of ${map} ${SyncDirection[direction]}`.slice(0, 60), () => countPreview(reader, flows, flow));
    console.log(JSON.stringify(outcomes));
  }
}

/** Lets every queued record wait in the place of the queue. */
async function letWait({ database, clock }: CommandContext): Promise<void> {
  const now = timestampOf(clock);
  await database.write(async (work) => {
    await execute(work, sql`UPDATE "gw_synclog" SET "gw_status" = ${SyncLogStatus.DONE}, "gw_doneon" = ${now}`);
    for (const [table, key] of [['msdyn_actual', 'msdyn_actualid'], ['msdyn_transactionconnection', 'msdyn_transactionconnectionid']]) {
      await execute(work, sql`INSERT INTO "DualWriteErrorLog" ("gw_id", "ProjectName", "gw_direction", "RecordIdentifier", "gw_status", "gw_class", "gw_code",
        "DetailedErrorMessage", "gw_waitsfor", "gw_firston", "gw_laston")
        SELECT ${raw(`"${key}"`)}, ${TABLE_MAPS.connections}, ${SyncDirection.DATAVERSE_TO_FINANCE}, ${raw(`"${key}"`)}, ${SyncErrorStatus.WAITING}, 0,
          'REFERENCE_NOT_ARRIVED', 'waits', ${raw(`"${key}"`)}, ${now}, ${now} FROM ${raw(`"${table}"`)}`);
    }
  });
  await database.write((work) => execute(work, raw('ANALYZE')));
}

async function measure(environment: NodeJS.ProcessEnv, data: string): Promise<void> {
  const program = await openProgram(loadSettings(environment), makeLog('warn'));
  const context = { ...program.shared, actor: 'bench' };
  try {
    await loadRecords(context, await readFolder(data), { mutation: 'load', input: { folder: data } });
    await context.database.write((work) => execute(work, raw('ANALYZE')));
    await measurePreview(context);
    await letWait(context);
    console.log(await timed('a worker that looks for work', () => hasSyncWork(context)));
    await timed('the same once more', () => hasSyncWork(context));
  } finally {
    await closeProgram(program);
  }
}

async function main(): Promise<number> {
  const { values: { engine = 'sqlite', actuals = '68300', help } } = parseArgs({ options: { engine: { type: 'string' }, actuals: { type: 'string' }, help: { type: 'boolean' } } });
  if (help || !['sqlite', 'postgres'].includes(engine)) {
    console.log(USAGE);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gateway-preview-'));
  const data = join(folder, 'data');
  const server = engine === 'postgres' ? await startPostgres() : null;
  try {
    const made = spawnSync(process.execPath, [join(__dirname, '..', 'src', 'make-data.js'), '--seed', '1', '--contracts', '50', '--actuals', actuals, data]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    const place = server ? { DATABASE_URL: server.url('postgres') } : { DATABASE_PATH: join(folder, 'preview.sqlite') };
    await measure({ ...process.env, ...place, SAMPLE_DIR: 'none', LOG_LEVEL: 'warn' }, data);
    return 0;
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

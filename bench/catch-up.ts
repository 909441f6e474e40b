import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import type { DatabaseLocation } from '../ormconfig';
import { loadSettings } from '../src/config';
import { Actual, TransactionConnection } from '../src/entities/dataverse';
import { ResumeMode, TABLE_MAPS, TableMapStatus } from '../src/entities/dual-write';
import { tableOf, type EntityClass } from '../src/entities/columns';
import { loadRecords, readFolder } from '../src/flow/0-load';
import { pauseTableMaps } from '../src/flow/3-sync/operate/pause-table-maps.command';
import { resumeTableMaps } from '../src/flow/3-sync/operate/resume-table-maps.command';
import { runSync, type SyncReport } from '../src/flow/3-sync/run/run-sync.command';
import { closeProgram, openProgram } from '../src/program';
import { makeLog } from '../src/server/logging';
import { chunksOf, updateRows } from '../src/stores/bulk';
import { countQueuedRecords } from '../src/stores/dual-write/queue.store';
import { logChangeSet } from '../src/stores/dual-write/sync-log.store';
import { readTableMaps } from '../src/stores/dual-write/table-map.store';
import { execute, query, raw } from '../src/stores/session';
import type { CommandContext } from '../src/context';
import { startPostgres } from '../test/support/embedded-postgres';

/**
 * How long a paused gateway takes to catch up: queues some 100,000 records behind paused table maps, then resumes in each of the
 * three modes, each time on a copy of the same database and in a process of its own; on PostgreSQL also with several processes that
 * catch up together. It makes, and removes, databases of its own.
 *
 *     node dist/bench/catch-up.js --engine postgres --processes 1,2,4
 */

const USAGE = 'Usage: node dist/bench/catch-up.js [--engine sqlite|postgres] [--actuals 68300] [--per-change-set 100] [--processes 1,2,4]';
const PAUSED = [TABLE_MAPS.actuals, TABLE_MAPS.milestones, TABLE_MAPS.connections];
const MODES = [ResumeMode.CATCH_UP, ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE, ResumeMode.SKIP_TO_LIVE_DISCARDING_QUEUE];

type Phase = 'resume' | 'carry';

/** What a process of the bench is told, and what it answers. */
interface Order { readonly phase: Phase; readonly mode: ResumeMode }
interface Answer { readonly ms: number; readonly figures: Figures; readonly peakMb: number }
interface Figures { readonly read: number; readonly written: number; readonly failed: number; readonly waiting: number; readonly kept: number }

const NOTHING: Figures = { read: 0, written: 0, failed: 0, waiting: 0, kept: 0 };
const settingsFor = (location: DatabaseLocation) => ({
  ...process.env, ...(location.engine === 'sqlite' ? { DATABASE_PATH: location.path } : { DATABASE_URL: location.url }), SAMPLE_DIR: 'none', LOG_LEVEL: 'warn',
});

async function withProgram<T>(environment: NodeJS.ProcessEnv, perform: (context: CommandContext) => Promise<T>): Promise<T> {
  const program = await openProgram(loadSettings(environment), makeLog('warn'));
  try {
    return await perform({ ...program.shared, actor: 'bench' });
  } finally {
    await closeProgram(program);
  }
}

/** Changes every record again, `perChangeSet` of them as one command would: a queue of many change sets, as users leave it. */
async function changeInPieces<T extends { id: string; version: number; changeSetId: string | null }>(
  context: CommandContext, entity: EntityClass<T>, perChangeSet: number,
): Promise<void> {
  const { table, key } = tableOf(entity);
  const version = tableOf(entity).property('version').column;
  const rows = await query<{ id: string; version: number | string }>(context.database.reader,
    raw(`SELECT "${key.column}" AS "id", "${version}" AS "version" FROM "${table}" ORDER BY "${key.column}"`));
  for (const piece of chunksOf(rows, perChangeSet)) {
    const changeSetId = context.ids.next();
    await context.database.write(async (work) => {
      await updateRows(work, entity, piece.map((row) => ({ id: row.id, version: Number(row.version) + 1, changeSetId }) as Partial<T>));
      await logChangeSet(work, context, changeSetId, [entity]);
    });
  }
}

async function queueRecords(context: CommandContext, folder: string, perChangeSet: number): Promise<number> {
  const input = { tableMaps: PAUSED.slice(0, 2).map((name) => ({ name })) };
  await pauseTableMaps(context, input, { mutation: 'pauseTableMaps', input });
  await loadRecords(context, await readFolder(folder), { mutation: 'load', input: { folder } });
  await changeInPieces(context, Actual, perChangeSet);
  await changeInPieces(context, TransactionConnection, perChangeSet);
  // Fresh statistics, which a database that has stood for a while has.
  await context.database.write((work) => execute(work, raw('ANALYZE')));
  return queuedRecords(context);
}

async function queuedRecords({ database: { reader } }: CommandContext): Promise<number> {
  let records = 0;
  for (const map of await readTableMaps(reader)) if (PAUSED.includes(map.name as typeof PAUSED[number])) records += await countQueuedRecords(reader, map);
  return records;
}

const figuresOf = ({ maps }: SyncReport): Figures => maps.reduce((sum, map) => ({
  read: sum.read + map.read, written: sum.written + map.written, failed: sum.failed + map.failed, waiting: sum.waiting + map.waiting, kept: sum.kept + map.kept,
}), NOTHING);

async function perform(context: CommandContext, { phase, mode }: Order): Promise<Figures> {
  if (phase === 'carry') return figuresOf(await runSync(context, {}, { mutation: 'sync', input: {} }));
  const input = { tableMaps: PAUSED.map((name) => ({ name })), mode };
  await resumeTableMaps(context, input, { mutation: 'resumeTableMaps', input });
  return NOTHING;
}

/** A process of the bench: opens the database, says so, and does what it is told until it is let go. */
async function work(): Promise<void> {
  await withProgram(process.env, async (context) => {
    const left = once(process, 'disconnect');
    process.on('message', (order: Order) => void (async () => {
      const started = performance.now();
      const figures = await perform(context, order);
      process.send!({ ms: performance.now() - started, figures, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Answer);
    })().catch((error: unknown) => { throw error; }));
    process.send!('ready');
    await left;
  });
}

async function startWorker(location: DatabaseLocation): Promise<ChildProcess> {
  const worker = fork(__filename, ['--worker'], { env: settingsFor(location) });
  await once(worker, 'message');
  return worker;
}

async function tell(worker: ChildProcess, order: Order): Promise<Answer> {
  const answered = once(worker, 'message');
  const died = once(worker, 'exit').then(([code]) => { throw new Error(`A process of the bench ended with ${String(code)}`); });
  worker.send(order);
  const [answer] = await Promise.race([answered, died]) as [Answer];
  return answer;
}

/** Resumes and carries in `count` processes at once, says how long it took, and checks that nothing is left. */
async function measure(location: DatabaseLocation, mode: ResumeMode, count: number): Promise<void> {
  const workers: ChildProcess[] = [];
  for (let index = 0; index < count; index += 1) workers.push(await startWorker(location));
  const resumed = await tell(workers[0]!, { phase: 'resume', mode });
  const started = performance.now();
  const answers = await Promise.all(workers.map((worker) => tell(worker, { phase: 'carry', mode })));
  const seconds = (performance.now() - started) / 1000;
  for (const worker of workers) {
    const gone = once(worker, 'exit');
    worker.disconnect();
    await gone;
  }
  const figure = (name: keyof Figures) => answers.reduce((sum, answer) => sum + answer.figures[name], 0);
  const done = figure('read');
  console.log([
    ResumeMode[mode]!.padEnd(30), `${count} process${count === 1 ? '' : 'es'}`.padEnd(12), `resume ${(resumed.ms / 1000).toFixed(2)} s`,
    `carry ${seconds.toFixed(2)} s`, `${Math.round(done / seconds)} records/s`, `read ${done}, wrote ${figure('written')}, kept ${figure('kept')}, failed ${figure('failed')}`,
    `peak ${answers.map((answer) => answer.peakMb.toFixed(0)).join(' + ')} MB`,
  ].join('  '));
  await withProgram(settingsFor(location), async (context) => {
    const left = await queuedRecords(context);
    const halted = (await readTableMaps(context.database.reader)).filter((map) => map.status !== TableMapStatus.RUNNING).map((map) => map.name);
    if (left > 0 || halted.length > 0) throw new Error(`${left} records are still queued; not running: ${halted.join(', ') || 'none'}`);
  });
}

/** Makes databases: new ones, and copies of one that nobody has open. */
interface Databases {
  create(name: string, original?: string): Promise<DatabaseLocation>;
  remove(): Promise<void>;
}

function sqliteDatabases(folder: string): Databases {
  const pathOf = (name: string) => join(folder, `${name}.sqlite`);
  return {
    create: async (name, original) => {
      if (original) copyFileSync(pathOf(original), pathOf(name));
      return { engine: 'sqlite', path: pathOf(name) };
    },
    remove: async () => undefined,
  };
}

async function postgresDatabases(): Promise<Databases> {
  const server = await startPostgres();
  const admin = await new DataSource({ type: 'postgres', url: server.url('postgres'), poolSize: 1 }).initialize();
  return {
    create: async (name, original = 'template0') => {
      await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${original}"`);
      return { engine: 'postgres', url: server.url(name) };
    },
    remove: async () => {
      await admin.destroy();
      await server.stop();
    },
  };
}

function makeData(folder: string, actuals: string): void {
  const made = spawnSync(process.execPath, [join(__dirname, '..', 'src', 'make-data.js'), '--seed', '1', '--contracts', '50', '--actuals', actuals, folder]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: {
    engine: text, actuals: text, 'per-change-set': text, processes: text, worker: { type: 'boolean' }, help: { type: 'boolean' },
  } });
  if (values.worker) {
    await work();
    return 0;
  }
  const { engine = 'sqlite', actuals = '68300', processes = '1' } = values;
  if (values.help || !['sqlite', 'postgres'].includes(engine)) {
    console.log(USAGE);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gateway-catch-up-'));
  const databases = engine === 'sqlite' ? sqliteDatabases(folder) : await postgresDatabases();
  try {
    makeData(join(folder, 'data'), actuals);
    const queued = await databases.create('queued');
    const count = await withProgram(settingsFor(queued), (context) => queueRecords(context, join(folder, 'data'), Number(values['per-change-set'] ?? '100')));
    console.log(`${engine}: ${count} records are queued`);
    for (const mode of MODES) await measure(await databases.create(`resumed_${mode}`, 'queued'), mode, 1);
    for (const processCount of processes.split(',').map(Number).filter((several) => several > 1)) {
      await measure(await databases.create(`together_${processCount}`, 'queued'), ResumeMode.CATCH_UP, processCount);
    }
    return 0;
  } finally {
    await databases.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

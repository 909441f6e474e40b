import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { loadSettings, readEnvironment, type Settings } from './config';
import type { CommandContext } from './context';
import { loadRecords, readFolder } from './flow/0-load';
import { keepConfirmingInBulk } from './flow/2-confirm/bulk/bulk-confirmation.worker';
import { openDocument } from './flow/documents/open-document';
import { drainRuns, endOrphanedRuns } from './flow/runs';
import { ensureTableMaps } from './flow/3-sync/seed-table-maps';
import { timeOrderedIds } from './kernel/ids';
import { buildGatewaySchema } from './resolvers/build-schema';
import { requestContext } from './resolvers/request-context';
import { makeLog } from './server/logging';
import { explainStartFailure, openDatabase } from './server/start-failure';
import { startServer } from './server/start-server';
import { stopOnSignals } from './server/stop-on-signals';
import { keepDocumentSecret } from './stores/document-secret.store';
import { hasCompanies } from './stores/health.store';

/** Length of the secret that signs the addresses of documents, where the settings give none. */
const DOCUMENT_SECRET_BYTES = 32;
/** Who loads the sample: stored with the change set. */
const PROGRAM = 'gateway';

async function loadSample(shared: Omit<CommandContext, 'actor' | 'log'>, log: Logger, folder: string): Promise<void> {
  // One line about the sample says enough; that of the command would list every entity set.
  const context = { ...shared, actor: PROGRAM, log: log.child({}, { level: 'warn' }) };
  const { sets } = await loadRecords(context, await readFolder(folder), { mutation: 'load', input: { folder } });
  log.info({ folder, records: sets.reduce((sum, set) => sum + set.read, 0) }, 'the database was new: loaded the sample');
}

/** Opens the database, fills a new one with the sample, serves, and stays until it is told to stop. */
async function run(settings: Settings): Promise<void> {
  const log = makeLog(settings.logLevel);
  const database = await openDatabase(settings.location);
  try {
    const isNew = !(await hasCompanies(database.reader));
    // Under a clock that stands still ids repeat from start to start: a database that has records already holds them.
    const ids = settings.reproducible && !isNew ? timeOrderedIds() : settings.ids;
    const shared = { database, clock: settings.clock, ids, settings: settings.flow, log };
    await ensureTableMaps(shared);
    await endOrphanedRuns(shared);
    if (isNew && settings.sample) await loadSample(shared, log, settings.sample);
    const stopConfirming = keepConfirmingInBulk(shared);
    await database.write((work) => keepDocumentSecret(work, randomBytes(DOCUMENT_SECRET_BYTES).toString('base64url')));
    const schema = await buildGatewaySchema();
    const server = await startServer({
      settings, database, schema, log,
      contextFor: (facts) => requestContext(shared, facts),
      openDocument: (token) => openDocument(shared, token),
    });
    stopOnSignals(log, async () => {
      await server.close();
      await stopConfirming();
      await drainRuns(database);
      await database.close();
    });
    process.stdout.write(`GraphQL and GraphiQL: ${server.url}\n`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function main(): Promise<void> {
  let settings: Settings | undefined;
  try {
    settings = loadSettings(readEnvironment());
    await run(settings);
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error, settings)}\n`);
    process.exit(1);
  }
}

void main();

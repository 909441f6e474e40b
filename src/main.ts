import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Settings } from './config';
import { loadRecords, readFolder } from './flow/0-load';
import { openDocument } from './flow/documents/open-document';
import { begin, closeProgram, confirmInBulk, deliver, openProgram, PROGRAM, startWorking, type Program } from './program';
import { buildGatewaySchema } from './resolvers/build-schema';
import { requestContext } from './resolvers/request-context';
import { makeLog } from './server/logging';
import { startServer } from './server/start-server';
import { stopOnSignals } from './server/stop-on-signals';
import { keepDocumentSecret } from './stores/document-secret.store';

/** Length of the secret that signs the addresses of documents, where the settings give none. */
const DOCUMENT_SECRET_BYTES = 32;

async function loadSample({ shared }: Program, log: Logger, folder: string): Promise<void> {
  // One line about the sample says enough; that of the command would list every entity set.
  const context = { ...shared, actor: PROGRAM, log: log.child({}, { level: 'warn' }) };
  const { sets } = await loadRecords(context, await readFolder(folder), { mutation: 'load', input: { folder } });
  log.info({ folder, records: sets.reduce((sum, set) => sum + set.read, 0) }, 'the database was new: loaded the sample');
}

/** Periodic work of the server, where the settings give it a period. */
async function startLiveMode(program: Program, { worker }: Settings): Promise<() => Promise<void>> {
  const isWanted = Object.values(worker).some((period) => period !== null);
  return isWanted ? startWorking(program, worker) : async () => undefined;
}

/** Opens the database, fills a new one with the sample, serves, and stays until it is told to stop. */
async function run(settings: Settings): Promise<void> {
  const log = makeLog(settings.logLevel);
  const program = await openProgram(settings, log);
  const { shared, isNew } = program;
  const { database } = shared;
  try {
    if (isNew && settings.sample) await loadSample(program, log, settings.sample);
    const stopConfirming = confirmInBulk(program);
    const stopDelivering = deliver(program);
    await database.write((work) => keepDocumentSecret(work, randomBytes(DOCUMENT_SECRET_BYTES).toString('base64url')));
    const schema = await buildGatewaySchema();
    const server = await startServer({
      settings, database, schema, log,
      contextFor: (facts) => requestContext(shared, facts),
      openDocument: (token) => openDocument(shared, token),
    });
    const stopWorking = await startLiveMode(program, settings);
    stopOnSignals(log, async () => {
      await Promise.all([server.close(), stopWorking(), stopDelivering()]);
      await stopConfirming();
      await closeProgram(program);
    });
    process.stdout.write(`GraphQL and GraphiQL: ${server.url}\n`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

begin(run);

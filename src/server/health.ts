import type { FastifyInstance } from 'fastify';
import type { Log } from '../context';
import { databaseAnswers } from '../stores/health.store';
import type { Database } from '../stores/unit-of-work';
import { READY_WAIT_MS_MAX } from './limits';

/**
 * `/health/live`: the process runs and its event loop turns; restart it when this fails. `/health/ready`: the database answers
 * and the server is not stopping; send no requests while this fails.
 */
export function serveHealth(app: FastifyInstance, database: Database, log: Log, isStopping: () => boolean): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    const answered = await databaseAnswers(database.reader, READY_WAIT_MS_MAX).catch((error: unknown) => {
      log.warn({ err: error }, 'the database does not answer');
      return false;
    });
    const { replicaAnswers } = database;
    const replica = replicaAnswers === null ? {} : { readReplica: replicaAnswers ? 'answers' : 'does not answer; the primary does' };
    return answered ? { status: 'ready', ...replica } : reply.code(503).send({ status: 'database does not answer' });
  });
}

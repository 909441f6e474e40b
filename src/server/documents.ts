import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../context';
import type { DocumentAnswer, OpenedDocument } from '../flow/documents/open-document';
import { answerError } from './http-errors';

/** Opens the document that a token names. */
export type OpenDocument = (token: string) => Promise<DocumentAnswer>;

/** Why there is no document, as a client can show it. */
const PROBLEMS = {
  FORGED: { status: 401, code: 'UNAUTHENTICATED', message: 'This is not an address that the gateway has given; ask the API for the document.' },
  EXPIRED: { status: 403, code: 'FORBIDDEN', message: 'This address has expired; ask the API for the document again.' },
  GONE: { status: 404, code: 'NOT_FOUND', message: 'The document does not exist any more, or the format that it was asked for in.' },
} as const;

/**
 * `/documents/...`: files under addresses that the API hands out. The signed token of the address is the authentication; the name in
 * its path is for people. A file that cannot be written to its end is cut off, so that no client takes it for whole.
 */
export function serveDocuments(app: FastifyInstance, open: OpenDocument, log: Log): void {
  app.get<{ Querystring: { token?: unknown } }>('/documents/:name', { exposeHeadRoute: false }, async (request, reply) => {
    const { token } = request.query;
    reply.header('cache-control', 'no-store');
    const answer = await open(typeof token === 'string' ? token : '');
    if (answer.problem) {
      const { status, code, message } = PROBLEMS[answer.problem];
      return answerError(reply, status, code, message);
    }
    const { document } = answer;
    return reply
      .header('content-type', document.contentType)
      .header('content-disposition', `attachment; filename="${document.fileName}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(Readable.from(logged(document, log), { objectMode: false }));
  });
}

/** The pieces of a document, and a line in the log that says what became of them. */
async function* logged({ pieces, actor, request, fileName }: OpenedDocument, log: Log): AsyncGenerator<Uint8Array | string> {
  const started = performance.now();
  const facts = { actor, document: request.kind, id: request.id, fileName };
  const durationMs = () => Math.round(performance.now() - started);
  let outcome = 'a document was left by its client';
  try {
    yield* pieces as AsyncIterable<Uint8Array | string>;
    outcome = 'document sent';
  } catch (error) {
    outcome = '';
    log.error({ ...facts, durationMs: durationMs(), err: error }, 'a document was broken off');
    throw error;
  } finally {
    if (outcome !== '') log.info({ ...facts, durationMs: durationMs() }, outcome);
  }
}

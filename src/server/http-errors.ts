import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../context';
import { Unavailable } from '../kernel/unavailable';

/** Answers with an error in the shape of GraphQL, whatever the client asked for: clients parse JSON, not pages. */
export function answerError(reply: FastifyReply, status: number, code: string, message: string, facts: object = {}): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send({ errors: [{ message, extensions: { code, ...facts } }] });
}

/** What the client can do about an error that fastify found before GraphQL saw the request. */
const SENTENCES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content-type of a request must be application/json.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body of the request is empty; it must be a JSON object with a query.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body of the request is too large.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body of the request is not valid JSON.',
};

/** Makes every failure outside GraphQL a JSON answer: bad JSON, unknown addresses, bodies that are too large, bugs. */
export function answerErrorsAsJson(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((request, reply) =>
    answerError(reply, 404, 'NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0]}; GraphQL is at /graphql.`));
  app.setErrorHandler((error: FastifyError | Unavailable, _request, reply) => {
    if (error instanceof Unavailable) return answerError(reply, 503, error.code, error.message, { retryable: true });
    const status = error.statusCode ?? 500;
    if (status < 500) return answerError(reply, status, 'BAD_REQUEST', SENTENCES[error.code] ?? error.message);
    const errorId = randomUUID();
    log.error({ errorId, err: error }, 'a request failed outside GraphQL');
    return answerError(reply, status, 'INTERNAL_SERVER_ERROR', 'Something went wrong inside the gateway.', { errorId });
  });
}

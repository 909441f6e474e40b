import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { UNAVAILABLE_CODES } from '../kernel/unavailable';
import { qualityOf } from './accept';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
/** When to come again, in seconds. */
const RETRY_AFTER_SECONDS = '1';

/**
 * Answers HTTP 503 where all that there is to say is "ask again": no data, and every error passes by itself. GraphQL over HTTP
 * wants 200 whenever there is data, and for `application/json` always, so that such a client finds `extensions.retryable` instead.
 */
export function unavailableStatus<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response }) => {
        if (response.body.kind !== 'single') return;
        const { data, errors = [] } = response.body.singleResult;
        const isPassing = errors.length > 0 && errors.every(({ extensions }) => String(extensions?.code) in UNAVAILABLE_CODES);
        if (!isPassing || Object.values(data ?? {}).some((value) => value !== null)) return;
        response.http.headers.set('retry-after', RETRY_AFTER_SECONDS);
        if ((data ?? null) === null && qualityOf(request.http?.headers.get('accept') ?? '', GRAPHQL_RESPONSE) > 0) response.http.status = 503;
      },
    }),
  };
}

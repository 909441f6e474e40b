import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../context';
import { Unavailable } from '../kernel/unavailable';

/** The codes of top-level errors that a client may see: malformed requests and missing rights. Everything else is a bug. */
export const CLIENT_ERROR_CODES: ReadonlySet<string> = new Set([
  'BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_SUPPORTED', 'UNAUTHENTICATED', 'FORBIDDEN',
]);

function clientError(formatted: GraphQLFormattedError, cause: unknown): GraphQLFormattedError | null {
  if (!(cause instanceof GraphQLError)) return null;
  if (CLIENT_ERROR_CODES.has(String(formatted.extensions?.code))) return formatted;
  // GraphQL.js points at the argument that it cannot coerce, and gives it no code. An error of a resolver points nowhere.
  const isArgument = cause.extensions.code === undefined && cause.nodes !== undefined && cause.nodes.length > 0;
  return isArgument ? { ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } } : null;
}

/** What passes by itself is said with its code, and that it can be tried again. */
function passing({ locations, path }: GraphQLFormattedError, { code, message }: Unavailable): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code, retryable: true } };
}

/**
 * Lets the errors that a client can mend through, and masks every other one: the answer holds nothing but an id, under which
 * the log holds the error itself.
 */
export function maskBugs(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const mendable = clientError(formatted, cause);
    if (mendable) return mendable;
    if (cause instanceof Unavailable) {
      log.warn({ path: formatted.path, code: cause.code, err: cause.cause }, 'a request could not be served now');
      return passing(formatted, cause);
    }
    const { locations, path } = formatted;
    const errorId = randomUUID();
    log.error({ errorId, path, err: cause }, 'a request failed on a bug');
    return {
      message: 'Something went wrong inside the gateway. Its log holds the details under the error id.',
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    };
  };
}

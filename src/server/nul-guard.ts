import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { GraphQLError, visit, type DocumentNode } from 'graphql';

const NUL = '\u0000';

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUL);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasNul);
}

function documentHasNul(document: DocumentNode): boolean {
  let found = false;
  visit(document, { StringValue: ({ value }) => { found ||= value.includes(NUL); } });
  return found;
}

/** Refuses the character NUL wherever a request can hold text: PostgreSQL rejects it and SQLite keeps it, so nobody gets it in. */
export function nulGuard<Context extends BaseContext>(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ request, document }) => {
        if (!hasNul(request.variables) && !documentHasNul(document)) return;
        throw new GraphQLError('The request holds the character NUL, which no text may hold.', { extensions: { code: 'BAD_USER_INPUT' } });
      },
    }),
  };
}

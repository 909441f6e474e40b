import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { GraphQLError, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { PROJECT_FOLDER } from '../../src/config';
import type { Log } from '../../src/context';
import type { OpenDocument } from '../../src/server/documents';
import type { GraphiqlFolders } from '../../src/server/graphiql';
import { startServer, type RunningServer } from '../../src/server/start-server';
import { Database } from '../../src/stores/unit-of-work';
import { freshLocation } from '../support/engines';

interface StandInContext {
  actor: string;
}

class DriverFailure extends Error {
  // Some libraries give their errors a code of their own, which must not be taken for ours.
  readonly extensions = { code: 'BAD_USER_INPUT' };
}

/** A schema with one field for each way in which a request can end: what the server does with it does not depend on the product. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, StandInContext>({
    name: 'Query',
    fields: {
      hello: {
        type: GraphQLString,
        args: { times: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
        resolve: (_source, { times }) => 'hello '.repeat(times).trim(),
      },
      echo: { type: GraphQLString, args: { text: { type: GraphQLString } }, resolve: (_source, { text }) => text },
      actor: { type: GraphQLString, resolve: (_source, _args, context) => context.actor },
      bug: { type: GraphQLString, resolve: () => { throw new TypeError('cannot read secret_column of undefined'); } },
      driverFailure: { type: GraphQLString, resolve: () => { throw new DriverFailure('relation "secret_table" does not exist'); } },
      uncodedError: { type: GraphQLString, resolve: () => { throw new GraphQLError('secret state'); } },
      missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      forbidden: { type: GraphQLString, resolve: () => { throw new GraphQLError('You may not.', { extensions: { code: 'FORBIDDEN' } }); } },
      slow: { type: GraphQLString, args: { ms: { type: new GraphQLNonNull(GraphQLInt) } }, resolve: (_source, { ms }) => pause(ms, 'done') },
    },
  }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { change: { type: GraphQLString, resolve: () => 'changed' } } }),
});

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly facts: Record<string, unknown>;
  readonly message: string;
}

export interface StandIn {
  readonly server: RunningServer;
  readonly database: Database;
  readonly lines: LogLine[];
  /** The server's address without the path. */
  readonly origin: string;
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Answer; response: Response }>;
  close(): Promise<void>;
}

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: string[]; extensions: { code: string; errorId?: string; stacktrace?: unknown } }[];
}

/** The server over a fresh SQLite database and the schema above, on a free port. */
export async function startStandIn(folders?: GraphiqlFolders, openDocument: OpenDocument = async () => ({ problem: 'FORGED' })): Promise<StandIn> {
  const lines: LogLine[] = [];
  const line = (level: LogLine['level']) => (facts: object, message: string) => {
    lines.push({ level, facts: { ...facts }, message });
  };
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
  const database = await Database.open(await freshLocation('sqlite'));
  const server = await startServer({
    settings: { host: '127.0.0.1', port: 0 }, database, schema, contextFor: ({ actor }): StandInContext => ({ actor }), log,
    openDocument,
    ...(folders && { folders }),
  });
  return {
    server,
    database,
    lines,
    origin: new URL(server.url).origin,
    async post(body, headers = {}) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() as Answer, response };
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}

export const EXAMPLES_FOLDER = join(PROJECT_FOLDER, 'examples');
export const ASSETS_FOLDER = join(PROJECT_FOLDER, 'dist', 'graphiql');

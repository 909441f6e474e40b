import { join } from 'node:path';
import { ApolloServer, type BaseContext } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { PROJECT_FOLDER, type Settings } from '../config';
import type { Log } from '../context';
import type { Database } from '../stores/unit-of-work';
import { prefersPage } from './accept';
import { serveDocuments, type OpenDocument } from './documents';
import { serveGraphiql, type GraphiqlFolders } from './graphiql';
import { serveHealth } from './health';
import { answerErrorsAsJson } from './http-errors';
import {
  DOCUMENT_TOKENS_MAX, DRAIN_MS_MAX, EXPANDED_SELECTIONS_MAX, IDLE_CHECK_MS, REQUEST_BYTES_MAX, REQUEST_RECEIVE_MS_MAX,
} from './limits';
import { maskBugs } from './masking';
import { nulGuard } from './nul-guard';
import { unavailableStatus } from './unavailable-status';

/** Who asks, until callers have to say who they are. */
const UNNAMED_CALLER = 'anonymous';

export interface ServerOptions<Context extends BaseContext> {
  readonly settings: Pick<Settings, 'host' | 'port'>;
  readonly database: Database;
  readonly schema: GraphQLSchema;
  /** Makes what the resolvers of one request share. */
  readonly contextFor: (facts: { actor: string }) => Context;
  /** Opens the document of a signed address. */
  readonly openDocument: OpenDocument;
  readonly log: Log;
  /** Where GraphiQL and its tabs are; the build's own folders unless a test says otherwise. */
  readonly folders?: GraphiqlFolders;
}

export interface RunningServer {
  /** The address of GraphQL and of GraphiQL. */
  readonly url: string;
  /** Takes no more requests, lets the running ones end, and resolves when the last has. The database stays open. */
  close(): Promise<void>;
}

function makeApollo<Context extends BaseContext>({ schema, log }: ServerOptions<Context>): ApolloServer<Context> {
  const note = (level: 'info' | 'warn' | 'error') => (message?: unknown) => log[level]({}, String(message));
  return new ApolloServer<Context>({
    schema,
    // Cache control would wrap every field and double the execution time; nothing here reads its hints.
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), nulGuard<Context>(), unavailableStatus<Context>()],
    // What one process remembers, another would not know.
    persistedQueries: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: DOCUMENT_TOKENS_MAX },
    maxRecursiveSelections: EXPANDED_SELECTIONS_MAX,
    stopOnTerminationSignals: false,
    formatError: maskBugs(log),
    logger: { debug: () => undefined, info: note('info'), warn: note('warn'), error: note('error') },
  });
}

/** The address to print: one that a browser on this machine can open. */
function printableUrl(host: string, port: number): string {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/graphql`;
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Serves GraphQL, GraphiQL and health checks. Rejects when it cannot listen. */
export async function startServer<Context extends BaseContext>(options: ServerOptions<Context>): Promise<RunningServer> {
  const { settings, database, log, contextFor } = options;
  const folders = options.folders ?? { assets: join(PROJECT_FOLDER, 'dist', 'graphiql'), examples: join(PROJECT_FOLDER, 'examples') };
  const app = fastify({ bodyLimit: REQUEST_BYTES_MAX, requestTimeout: REQUEST_RECEIVE_MS_MAX, forceCloseConnections: 'idle' });
  let closing: Promise<void> | undefined;

  // A body that a plain HTML form can send is no GraphQL request.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });
  answerErrorsAsJson(app, log);
  serveHealth(app, database, log, () => closing !== undefined);
  serveDocuments(app, options.openDocument, log);
  const sendPage = await serveGraphiql(app, folders);
  const apollo = makeApollo(options);
  await apollo.start();
  const answer = fastifyApolloHandler(apollo, { context: async () => contextFor({ actor: UNNAMED_CALLER }) });
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler(request, reply) {
      if (request.method === 'GET' && prefersPage(request.headers.accept)) return sendPage(reply);
      return answer.call(app, request, reply);
    },
  });
  app.get('/', (_request, reply) => reply.redirect('/graphql'));

  async function drain(): Promise<void> {
    const overdue = setTimeout(() => {
      log.warn({ drainMsMax: DRAIN_MS_MAX }, 'requests are still running: cutting their connections');
      app.server.closeAllConnections();
    }, DRAIN_MS_MAX);
    // A connection whose last answer was sent meanwhile would stay open for a next request that may not come.
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
    try {
      await app.close();
    } finally {
      clearTimeout(overdue);
      clearInterval(idle);
      await apollo.stop();
    }
  }

  try {
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await drain();
    throw error;
  }
  return { url: printableUrl(settings.host, portOf(app)), close: () => (closing ??= drain()) };
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readExamples } from './examples';
import { answerError } from './http-errors';
import { ASSET_CACHE_MS } from './limits';

/**
 * The page may load and ask nothing but this server. Monaco writes styles into the page, and its icons and font are data inside the
 * stylesheet.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self' data:", "object-src 'none'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

export interface GraphiqlFolders {
  /** What the build wrote: the page, its assets and their compressed twins. */
  readonly assets: string;
  /** The operations that open as tabs. */
  readonly examples: string;
}

/** Serves GraphiQL's assets and tabs under /graphiql/, and returns what answers a browser with the page. */
export async function serveGraphiql(app: FastifyInstance, folders: GraphiqlFolders): Promise<(reply: FastifyReply) => FastifyReply> {
  const pageFile = join(folders.assets, 'index.html');
  if (!existsSync(pageFile)) {
    return (reply) => answerError(reply, 404, 'NOT_FOUND', 'GraphiQL was not built; run `npm run build` and start again.');
  }
  const page = readFileSync(pageFile);
  const examples = readExamples(folders.examples);
  app.get('/graphiql/examples.json', (_request, reply) => reply.header('cache-control', 'no-cache').send(examples));
  await app.register(fastifyStatic, {
    root: join(folders.assets, 'assets'), prefix: '/graphiql/', preCompressed: true, index: false, immutable: true, maxAge: ASSET_CACHE_MS,
  });
  return (reply) => reply
    .headers({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'cache-control': 'no-cache', vary: 'accept' })
    .type('text/html; charset=utf-8')
    .send(page);
}

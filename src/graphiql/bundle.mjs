/**
 * Makes the GraphiQL page out of npm packages, so that a browser asks nobody but this server: dist/graphiql/index.html, and
 * assets whose names change with their content, each beside its brotli and gzip twin. Does nothing when nothing changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { build } from 'esbuild';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Where the server serves the assets. */
const ASSET_PREFIX = '/graphiql/';
/** Smaller files are not worth a compressed twin. */
const COMPRESS_BYTES_MIN = 1024;
/** Of 11: the last step takes three times as long for a few percent. */
const BROTLI_QUALITY = 10;

const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

/** GraphQL.js refuses schemas of its own twin, so every importer, whichever module format it uses, gets the same one. */
const oneGraphql = {
  name: 'one-graphql',
  setup(bundling) {
    const path = createRequire(import.meta.url).resolve('graphql/index.mjs');
    bundling.onResolve({ filter: /^graphql$/ }, () => ({ path }));
  },
};

const shared = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  write: false,
  metafile: true,
  plugins: [oneGraphql],
  loader: { '.ttf': 'file' },
  logLevel: 'warning',
  publicPath: ASSET_PREFIX,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
};

/** The file name that esbuild gave the output of an entry. */
function outputOf(result, entryEnding, ending = '.js') {
  const outputs = Object.entries(result.metafile.outputs);
  const [path, facts] = outputs.find(([, output]) => output.entryPoint?.endsWith(entryEnding));
  return basename(ending === '.css' ? facts.cssBundle : path);
}

/** What the result depends on: the sources here and the exact packages. */
function fingerprint(root, source) {
  const hash = createHash('sha256');
  const sources = readdirSync(source).sort().map((name) => join(source, name));
  for (const file of [join(root, 'package-lock.json'), ...sources]) hash.update(readFileSync(file));
  return hash.digest('hex');
}

async function writeAsset(folder, name, contents) {
  writeFileSync(join(folder, name), contents);
  if (contents.length < COMPRESS_BYTES_MIN) return;
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  const [small, compatible] = await Promise.all([brotli(contents, { params }), gzip(contents, { level: 9 })]);
  writeFileSync(join(folder, `${name}.br`), small);
  writeFileSync(join(folder, `${name}.gz`), compatible);
}

export async function bundleGraphiql(root) {
  const source = join(root, 'src', 'graphiql');
  const target = join(root, 'dist', 'graphiql');
  const stampFile = join(target, 'stamp');
  const stamp = fingerprint(root, source);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  const workers = await build({ ...shared, outdir: target, absWorkingDir: root, entryPoints: Object.values(WORKERS) });
  const workerUrls = Object.fromEntries(Object.entries(WORKERS).map(([label, entry]) => [label, ASSET_PREFIX + outputOf(workers, entry)]));
  const page = await build({
    ...shared,
    outdir: target,
    absWorkingDir: root,
    entryPoints: [join(source, 'page.tsx')],
    splitting: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', WORKER_URLS: JSON.stringify(workerUrls) },
  });

  rmSync(target, { recursive: true, force: true });
  const assets = join(target, 'assets');
  mkdirSync(assets, { recursive: true });
  const files = [...workers.outputFiles, ...page.outputFiles];
  await Promise.all(files.map((file) => writeAsset(assets, basename(file.path), Buffer.from(file.contents))));
  const html = readFileSync(join(source, 'page.html'), 'utf8')
    .replace('PAGE_STYLE', ASSET_PREFIX + outputOf(page, 'page.tsx', '.css'))
    .replace('PAGE_SCRIPT', ASSET_PREFIX + outputOf(page, 'page.tsx'));
  writeFileSync(join(target, 'index.html'), html);
  writeFileSync(stampFile, stamp);
  return true;
}

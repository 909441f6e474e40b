/**
 * `npm run build`: compiles the server and its tests into dist/, removes what no longer has a source (a test that was deleted must
 * not run on), and bundles GraphiQL. Quick when little changed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleGraphiql } from './src/graphiql/bundle.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

function compile() {
  // The path names the compiler itself: node_modules/.bin/tsc could be either of the two that are installed.
  const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', root], { stdio: 'inherit' });
  return status === 0;
}

function removeOrphans(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (path !== join(dist, 'graphiql')) removeOrphans(path);
      continue;
    }
    const source = join(root, relative(dist, path)).replace(/\.js(\.map)?$/, '.ts');
    if (source.endsWith('.ts') && !existsSync(source)) rmSync(path);
  }
}

const compiled = compile();
if (existsSync(dist)) removeOrphans(dist);
await bundleGraphiql(root);
process.exitCode = compiled ? 0 : 1;

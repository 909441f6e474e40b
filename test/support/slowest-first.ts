import { statSync } from 'node:fs';

/*
 * On a fresh clone Jest begins with the largest files, so that a slow one may begin last and run alone. These are the slow ones, the
 * slowest first; all others follow by their size. A slow file that is not named here costs time, and nothing else.
 */
const SLOWEST = [
  'crash/crash.', 'journeys/operations.property.', 'processes/', 'crash/', 'journeys/edited-details.', 'journeys/corrections.', 'server/killed-program.',
  'worker/outage.', 'flow/3-sync/order.property.', 'journeys/invariants.property.', 'server/program.', 'journeys/contoso.', 'server/bad-details.',
  'journeys/moving-rates.', 'journeys/examples.', 'flow/2-confirm/bulk/', 'journeys/reconciliation.', 'server/documents.', 'worker/',
];

interface TestFile {
  readonly path: string;
}

/** The order in which Jest runs the test files. */
export default class SlowestFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
    const ranked = files.map((file) => ({ file, rank: rankOf(file), bytes: statSync(file.path).size }));
    return ranked.sort((one, other) => one.rank - other.rank || other.bytes - one.bytes).map(({ file }) => file);
  }

  cacheResults(): void {
    // Nothing is measured, so that the order is the same everywhere.
  }
}

function rankOf({ path }: TestFile): number {
  const rank = SLOWEST.findIndex((part) => path.replaceAll('\\', '/').includes(`/${part}`));
  return rank === -1 ? SLOWEST.length : rank;
}

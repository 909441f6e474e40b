import type { ReadinessIssue } from '../../stores/finance/staging-readiness.store';
import { blocker, inProcessOrder, type Blocker } from '../blockers/blocker';
import type { ImportProblem } from './defaulting.rules';

/** A gap of finance's set-up and the billed actuals that it holds back. */
export interface GroupProblem extends ImportProblem {
  readonly count: number;
  readonly recordIds: readonly string[];
}

/** Counts that say whether a proposal can get its lines. */
export interface LineReadiness {
  /** The proposal, or the proforma while there is none. */
  readonly documentId: string;
  /** Billed actuals that the confirmation created. */
  readonly expectedCount: number;
  /** Billed actuals in the staging table. */
  readonly stagedCount: number;
  readonly issues: readonly Omit<ReadinessIssue, 'proformaNumber'>[];
  /** Whether the checksum of the staged ids is the confirmation's; null while it need not be computed. */
  readonly checksumMatches: boolean | null;
  readonly problems: readonly GroupProblem[];
}

/** Issues of the same proforma and code as one: unbilled and billed actuals can wait for the same thing. */
export function togetherByCode(issues: readonly ReadinessIssue[]): ReadinessIssue[] {
  const together = new Map<string, ReadinessIssue>();
  for (const issue of issues) {
    const key = `${issue.code}/${issue.proformaNumber}`;
    const { count = 0, recordIds = [], details = [] } = together.get(key) ?? {};
    together.set(key, {
      ...issue,
      count: count + issue.count,
      recordIds: [...recordIds, ...issue.recordIds],
      details: [...new Set([...details, ...issue.details])],
    });
  }
  return [...together.values()];
}

/** Whether everything but the checksum and the set-up allows the lines: only then are those two worth computing. */
export function isCounted(readiness: Pick<LineReadiness, 'expectedCount' | 'stagedCount' | 'issues'>): boolean {
  return readiness.stagedCount === readiness.expectedCount && readiness.issues.length === 0;
}

/**
 * What holds the lines of a proposal back, in the order of the process; nothing when all of its lines can be made (design 7.3).
 * Import and queries ask the same function, so a proposal that says it is ready gets its lines.
 */
export function lineBlockersOf(readiness: LineReadiness): Blocker[] {
  const { documentId, expectedCount, stagedCount, issues, checksumMatches, problems } = readiness;
  const blockers = issues.map((issue) => blocker(issue.code, { ...issue, total: expectedCount }));
  const explained = issues
    .filter((issue) => issue.code === 'ACTUALS_NOT_SYNCED' || issue.code === 'ACTUAL_SYNC_FAILED')
    .reduce((total, issue) => total + issue.count, 0);
  const missing = expectedCount - stagedCount;
  if (missing > explained) addMissing(blockers, missing, explained, expectedCount);
  if (missing < 0 || checksumMatches === false) {
    const details = [missing < 0 ? `${stagedCount} are staged` : 'the checksum of their ids differs'];
    blockers.push(blocker('CHECKSUM_MISMATCH', { count: 1, total: expectedCount, details, recordIds: [documentId] }));
  }
  return inProcessOrder([...blockers, ...setupBlockers(problems)]);
}

/** Billed actuals that neither the staging table nor an error knows anything of. */
function addMissing(blockers: Blocker[], missing: number, explained: number, total: number): void {
  const index = blockers.findIndex((found) => found.code === 'ACTUALS_NOT_SYNCED');
  const known = blockers[index];
  const count = missing - explained + (known?.count ?? 0);
  const complete = blocker('ACTUALS_NOT_SYNCED', { count, total, recordIds: known?.recordIds ?? [] });
  if (known) blockers[index] = complete;
  else blockers.push(complete);
}

/** One blocker per code; the sentence of each gap once. */
export function setupBlockers(problems: readonly GroupProblem[]): Blocker[] {
  const codes = [...new Set(problems.map((problem) => problem.code))];
  return codes.map((code) => {
    const same = problems.filter((problem) => problem.code === code);
    return blocker(code, {
      count: same.reduce((total, problem) => total + problem.count, 0),
      details: [...new Set(same.map((problem) => problem.message))],
      recordIds: same.flatMap((problem) => problem.recordIds),
    });
  });
}

import { BLOCKERS, type BlockedRecord, type BlockerCode, type BlockerFacts } from './blockers';

/** One thing that holds a proforma or a proposal back. */
export interface Blocker {
  readonly code: BlockerCode;
  /** One sentence with the numbers in it. */
  readonly message: string;
  /** How many records hold back. */
  readonly count: number;
  /** The mutation to call next; null where the mending lies outside. */
  readonly nextStep: string | null;
  /** The table that `recordIds` are keys of. */
  readonly records: BlockedRecord;
  /** Up to ten of the records. */
  readonly recordIds: readonly string[];
}

/** How many records a blocker names. */
const RECORD_IDS_MAX = 10;

export function blocker(code: BlockerCode, facts: Partial<BlockerFacts> & { readonly recordIds: readonly string[] }): Blocker {
  const { count = 1, total = count, details = [], recordIds } = facts;
  const { sentence, nextStep, records } = BLOCKERS[code];
  return { code, message: sentence({ count, total, details }), count, nextStep, records, recordIds: recordIds.slice(0, RECORD_IDS_MAX) };
}

const ORDER = Object.keys(BLOCKERS) as BlockerCode[];

/** Blockers in the order of the process: what has to move first comes first. */
export function inProcessOrder(blockers: readonly Blocker[]): Blocker[] {
  return [...blockers].sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
}

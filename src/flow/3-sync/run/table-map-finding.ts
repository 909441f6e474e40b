import type { RefusalCode } from '../../../kernel/refusal';

/** The product's codes for what is wrong with a table map (domain facts 4.5), and the gateway's own for an unknown map. */
export type FindingCode = Extract<RefusalCode, `DIPV${string}` | 'MAP_UNKNOWN' | 'INVALID_INPUT' | 'ONE_WAY_DIRECTION'>;

/** One thing that is wrong with the definition of a table map, and where in it: `['fields', '3', 'source']`. */
export interface MapFinding {
  readonly code: FindingCode;
  readonly message: string;
  readonly path: readonly string[];
  /** Of a column that the other system owns: that system. */
  readonly owner?: string;
}

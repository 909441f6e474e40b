/** Where the process kills itself: at the so many-th statement, or COMMIT, from the order on. */
export interface KillOrder {
  readonly counted: 'statements' | 'commits';
  readonly at: number;
  /** Before it is sent, when it has been sent and nobody knows what becomes of it, or when the database has answered. */
  readonly moment: 'before' | 'sent' | 'answered';
}

/** What the program has sent since the last order. */
export interface Sent {
  readonly statements: number;
  readonly commits: number;
}

/** Rows of a chunk, where there are to be many chunks. */
export const CHUNK_ROWS = 'CHUNK_ROWS';
/** The order that holds from the start of the process, as JSON. */
export const START_ORDER = 'KILL_AT_START';

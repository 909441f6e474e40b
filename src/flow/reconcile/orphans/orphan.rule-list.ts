/** Rules of orphans. Every rule has at least one test whose title begins with its id. */
export const ORPHAN_RULES = {
  'ORPHAN-01': 'A row of finance whose source Dataverse does not hold any more is listed, with its document, its amount and whether finance has gone on with it.',
  'ORPHAN-02': 'A staged connection is listed when Dataverse does not hold it, or does not hold one of its two actuals.',
} as const;

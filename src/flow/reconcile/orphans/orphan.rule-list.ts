/** Rules of orphans. Every rule has at least one test whose title begins with its id. */
export const ORPHAN_RULES = {
  'ORPHAN-01': 'A row of finance whose source Dataverse does not hold any more is listed, with its document, its amount and whether finance has gone on with it.',
  'ORPHAN-02': 'A staged connection is listed when Dataverse does not hold it, or does not hold one of its two actuals.',
  'ORPHAN-03': 'An orphan in quarantine is kept as it is, with when, why and by whom, and no import takes it up, whatever the parameters say of prevalidation; repeated, nothing changes.',
  'ORPHAN-04': 'What finance has gone on with, what is no orphan and what does not exist is refused by name, and left out of all.',
} as const;

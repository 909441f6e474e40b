/** Rules of orphans. Every rule has at least one test whose title begins with its id. */
export const ORPHAN_RULES = {
  'ORPHAN-01': 'A row of finance whose source Dataverse does not hold any more is listed, with its document, its amount and whether finance has gone on with it.',
  'ORPHAN-02': 'A staged connection is listed when Dataverse does not hold it, or does not hold one of its two actuals.',
  'ORPHAN-03': 'An orphan in quarantine is kept as it is, with when, why and by whom, and no import takes it up, whatever the parameters say of prevalidation; repeated, nothing changes.',
  'ORPHAN-04': 'What finance has gone on with, what is no orphan and what does not exist is refused by name, and left out of all.',
  'ORPHAN-05': 'What is released is as if it had never been in quarantine; what has no source yet is released only for somebody who asks for exactly that.',
  'ORPHAN-06': 'The sync that carries a source again releases, in the same unit of work, what was in quarantine for want of it, and the activity log says so.',
  'ORPHAN-07': 'The reconciliation counts and lists a row in quarantine with that cause, a proforma that waits for it names it among its blockers, and the trace shows it.',
  'ORPHAN-08': 'With a grace time set, orphans that arrived longer ago go into quarantine by themselves, and what has its source again comes out: once per period in the deployment.',
} as const;

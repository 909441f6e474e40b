/** Rules of integration journals between import and posting. Every rule has at least one test whose title begins with its id. */
export const JOURNAL_RULES = {
  'JOURNAL-01':
    'The lines of an accounting day, month or year, or all lines, share a journal, as the parameters say; its header has the first day.',
} as const;

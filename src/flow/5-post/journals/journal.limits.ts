/** Lines that one mutation may edit or delete: as many as a journal may hold by the parameters. */
export const JOURNAL_LINES_MAX = 1_000;
/** Journals that one posting may name; all that are draft are posted without naming them. */
export const POSTED_JOURNALS_MAX = 1_000;

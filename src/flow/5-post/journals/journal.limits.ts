/** Lines that one mutation may edit or delete: as many as a journal may hold by the parameters. */
export const JOURNAL_LINES_MAX = 1_000;

import { JournalGrouping } from '../../entities/finance';
import { addDays, addMonths } from '../../kernel/clock';
import { unreachable } from '../../kernel/refusal';

/** Days that share an integration journal: the first and the last one. */
export interface JournalPeriod {
  readonly start: string;
  readonly end: string;
}

/** The day, month or year that an accounting date belongs to by the parameters; null where all dates go together (domain facts 6.6). */
export function journalPeriodOf(accountingDate: string, grouping: JournalGrouping): JournalPeriod | null {
  const firstOfMonth = `${accountingDate.slice(0, 7)}-01`;
  const year = accountingDate.slice(0, 4);
  switch (grouping) {
    case JournalGrouping.DAYS: return { start: accountingDate, end: accountingDate };
    case JournalGrouping.MONTHS: return { start: firstOfMonth, end: addDays(addMonths(firstOfMonth, 1), -1) };
    case JournalGrouping.YEARS: return { start: `${year}-01-01`, end: `${year}-12-31` };
    case JournalGrouping.ALL: return null;
    default: return unreachable(grouping);
  }
}

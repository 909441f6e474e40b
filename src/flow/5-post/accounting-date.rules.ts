import { invalid, type Refusal } from '../../kernel/refusal';
import type { PostingSetup } from './posting-setup';

export type AccountingDateDecision = { readonly date: string; readonly refusal?: undefined } | { readonly refusal: Refusal };

/**
 * The day on which a journal line counts in the books (domain facts 6.6): its own while that period is open; the first day of the next
 * open period where the parameters move it. Refused with PERIOD_CLOSED: no move allowed, no open period behind it, or a date that no
 * fiscal period covers, because then the calendar is what is missing.
 */
export function postingDateOf(accountingDate: string, setup: PostingSetup): AccountingDateDecision {
  if (setup.isPeriodOpen(accountingDate)) return { date: accountingDate };
  const closed = `The fiscal period of ${accountingDate} is not open in ${setup.legalEntityId}`;
  if (!setup.movesToNextOpenPeriod || !setup.hasPeriod(accountingDate)) return { refusal: invalid('PERIOD_CLOSED', `${closed}.`) };
  const next = setup.nextOpenDate(accountingDate);
  return next === null ? { refusal: invalid('PERIOD_CLOSED', `${closed}, and no later one is.`) } : { date: next };
}

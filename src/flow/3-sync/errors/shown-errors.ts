import { many } from '../../../kernel/many';

/** How many of the errors that a retry or a dismissal has worked on it names by id: what a payload can show. All are in the error list. */
const SHOWN_ERRORS_MAX = 500;

/** "1 sync error", "2 sync errors". */
export const syncErrorsOf = (count: number): string => many(count, 'sync error');

/** Ids with more behind them, as far as they are shown. */
export function shownFirst(ids: readonly string[], more: readonly string[]): string[] {
  return [...ids, ...more.slice(0, SHOWN_ERRORS_MAX - ids.length)];
}

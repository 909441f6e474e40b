import { addDays } from '../../kernel/clock';

/** Whether a text is a day of the calendar as `YYYY-MM-DD`: 2026-02-30 is not. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`)) && addDays(text, 0) === text;
}

/** Where "now" comes from. Commands never read the machine's clock themselves, so that golden answers stay golden. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still at one instant (`CLOCK` in the settings). */
export function fixedClock(instant: Date): Clock {
  return { now: () => new Date(instant) };
}

/** UTC ISO text with milliseconds: what timestamp columns hold. */
export function timestampOf(clock: Clock): string {
  return clock.now().toISOString();
}

/** The UTC calendar day, `YYYY-MM-DD`: what date columns hold. */
export function todayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}

/** `date` moved by whole days; both are `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00.000Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** `date` moved by whole months; a day that the target month does not have becomes its last day. */
export function addMonths(date: string, months: number): string {
  const moved = new Date(`${date}T00:00:00.000Z`);
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months + 1, 0);
  moved.setUTCDate(Math.min(day, moved.getUTCDate()));
  return moved.toISOString().slice(0, 10);
}

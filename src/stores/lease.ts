import { sql, type Sql } from './session';

/** Who has taken a piece of work, as of when, and until when nobody else may. Instants are UTC ISO text. */
export interface Lease {
  readonly owner: string;
  readonly now: string;
  readonly expires: string;
}

/** A hold on a piece of work for so many milliseconds; long work renews it with every chunk. */
export function leaseAt(now: Date, owner: string, ms: number): Lease {
  return { owner, now: now.toISOString(), expires: new Date(now.getTime() + ms).toISOString() };
}

/** Somebody else holds the work by now: what this one was about to store is undone. */
export class LeaseLostError extends Error {
  constructor(what: string) {
    super(`Somebody else has taken ${what} over`);
    this.name = 'LeaseLostError';
  }
}

/** The condition that nobody holds a row of a table with leases. */
export function isUnheld(now: string): Sql {
  return sql`("gw_leaseexpires" IS NULL OR "gw_leaseexpires" <= ${now})`;
}

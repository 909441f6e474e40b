import { Unavailable } from '../kernel/unavailable';

/*
 * What the database's drivers throw, told apart: a failure that passes, because the next attempt meets another moment, and one that
 * comes again however often the same is tried.
 */

/** PostgreSQL's classes of a broken connection and of a server that stops, starts, has no room or has become a standby (its manual, appendix A), and SQLite's of a lock. */
const PASSING_CODES = /^(08...|57P0[1235]|53300|25006|25P03|55P03|SQLITE_BUSY.*|SQLITE_LOCKED.*)$/;
/** The operating system's for a server that cannot be reached. */
const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What the PostgreSQL driver says without a code. */
const CONNECTION_SENTENCES = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i;

function driverCode(error: unknown): string | undefined {
  const cause = (error as { driverError?: { code?: unknown } })?.driverError ?? (error as { code?: unknown });
  return typeof cause?.code === 'string' ? cause.code : undefined;
}

/**
 * PostgreSQL's classes of a lost lock or serialization, a time limit, no room or memory, a limit of the program and of the operating
 * system, and SQLite's of the same. They say nothing about the record that was being written, and leave the connection usable.
 */
const SYSTEM_CODES = /^(40001|40P01|55P03|57014|53...|54...|58...|XX...|SQLITE_(FULL|IOERR.*|NOMEM|TOOBIG|INTERRUPT))$/;

/** Another process holds SQLite's write lock. */
export function isBusy(error: unknown): boolean {
  return driverCode(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** PostgreSQL gave the transaction up for another one. */
export function isDeadlock(error: unknown): boolean {
  const code = driverCode(error);
  return code === '40001' || code === '40P01';
}

/** PostgreSQL gave the statement up for a lock that another transaction holds, or for that transaction's writes. */
export function isContention(error: unknown): boolean {
  return isDeadlock(error) || driverCode(error) === '55P03';
}

/** Whether a statement failed for a reason of the system, and not of its record: it may go well later, or without its neighbours. */
export function isSystemFailure(error: unknown): boolean {
  return SYSTEM_CODES.test(driverCode(error) ?? '');
}

/** Whether the failure lies with the moment: a broken connection, a server that restarts, a lock or a serialization that was lost. Never a refusal or a bug. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unavailable) return true;
  const code = driverCode(error);
  if (code === undefined) return error instanceof Error && CONNECTION_SENTENCES.test(error.message);
  return isDeadlock(error) || PASSING_CODES.test(code) || CONNECTION_CODES.has(code);
}

/** Whether a statement names a table, view or column that the database does not have yet: a replica that a migration has not reached. */
export function isSchemaOlder(error: unknown): boolean {
  return ['42P01', '42703'].includes(driverCode(error) ?? '');
}

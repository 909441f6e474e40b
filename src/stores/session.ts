import type { EntityManager, QueryRunner } from 'typeorm';
import { InternalError } from '../kernel/refusal';
import { throughOutages } from './outage';

export type Engine = 'sqlite' | 'postgres';

/** Something that statements can be sent to: the read side, or a unit of work. */
export interface Session {
  readonly engine: Engine;
  readonly manager: EntityManager;
  /** How statements are sent, where not through the manager. */
  ask?(text: string, parameters: unknown[]): Promise<unknown[]>;
}

/** A running transaction of the write side: what every store function that writes asks for. */
export interface UnitOfWork extends Session {
  readonly runner: QueryRunner;
}

/** A piece of SQL with its values apart; pieces nest. */
export interface Sql {
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'texts' in value && 'values' in value;
}

/** Builds SQL: nested pieces are spliced in, everything else becomes a bound parameter. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  const texts: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    const after = strings[index + 1] ?? '';
    if (isSql(part)) {
      texts[texts.length - 1] += part.texts[0] ?? '';
      part.values.forEach((value, inner) => {
        values.push(value);
        texts.push(part.texts[inner + 1] ?? '');
      });
      texts[texts.length - 1] += after;
    } else {
      values.push(part);
      texts.push(after);
    }
  });
  return { texts, values };
}

/** Text of the program itself, never of a user. */
export function raw(text: string): Sql {
  return { texts: [text], values: [] };
}

/** A quoted table or column name; the same on both engines. */
export function name(identifier: string): Sql {
  if (identifier.includes('"')) throw new InternalError(`${identifier} is not a name`);
  return raw(`"${identifier}"`);
}

export function join(pieces: readonly Sql[], separator: string): Sql {
  return pieces.reduce<Sql>((all, piece, index) => (index === 0 ? piece : sql`${all}${raw(separator)}${piece}`), raw(''));
}

/** `column IN list` with the whole list as one parameter, so that the statement's text does not change with its length. */
export function inList(session: Session, column: Sql, list: readonly (string | number)[]): Sql {
  return session.engine === 'sqlite'
    ? sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(list)}))`
    : sql`${column} = ANY(${list})`;
}

/** Locks the selected rows until the unit of work ends; the read side locks nothing. SQLite's unit of work has the whole file already. */
export function forUpdate(session: Session | UnitOfWork): Sql {
  return raw(session.engine === 'postgres' && 'runner' in session ? ' FOR UPDATE' : '');
}

/** Locks the rows that nobody else holds and passes the others over, so that several processes share work out without waiting for each other. */
export function forUpdateOfFree(work: UnitOfWork, alias?: string): Sql {
  return raw(work.engine === 'postgres' ? ` FOR UPDATE${alias ? ` OF ${alias}` : ''} SKIP LOCKED` : '');
}

/** Keeps others from changing the selected rows until the unit of work ends, but not from holding them too. */
export function forShare(work: UnitOfWork): Sql {
  return raw(work.engine === 'postgres' ? ' FOR SHARE' : '');
}

function bind(session: Session, statement: Sql): { text: string; parameters: unknown[] } {
  const { driver } = session.manager.dataSource;
  const text = statement.texts.reduce((all, piece, index) => all + driver.createParameter(`p${index}`, index - 1) + piece);
  return { text, parameters: [...statement.values] };
}

/**
 * Runs a statement that returns rows. The read side says `Unavailable` when the database is away, and long work waits for it; a unit of
 * work leaves that to whoever began it.
 */
export async function query<Row>(session: Session, statement: Sql): Promise<Row[]> {
  const { text, parameters } = bind(session, statement);
  const ask = (): Promise<Row[]> => (session.ask ? session.ask(text, parameters) as Promise<Row[]> : session.manager.query(text, parameters));
  return 'runner' in session ? ask() : throughOutages(ask);
}

/** Runs a statement that changes rows and says how many it changed. */
export async function execute(work: UnitOfWork, statement: Sql): Promise<number> {
  const { text, parameters } = bind(work, statement);
  const result = await work.runner.query(text, parameters, true);
  return result.affected ?? 0;
}

/** Runs a statement that changes rows and returns some of their columns. */
export async function executeReturning<Row>(work: UnitOfWork, statement: Sql): Promise<Row[]> {
  const { text, parameters } = bind(work, statement);
  const result = await work.runner.query(text, parameters, true);
  return result.records as Row[];
}

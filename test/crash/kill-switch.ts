import 'reflect-metadata';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import * as bulk from '../../src/stores/bulk';
import { CHUNK_ROWS, START_ORDER, type KillOrder } from './kill-order';

/*
 * Loaded into a gateway before the program itself (`--require`), by tests only. It counts what the program sends to its database, and
 * lets the process kill itself at a given place: so a test can kill at every statement, also between a COMMIT and its answer, where a
 * kill by time hardly ever falls. The program knows nothing of it.
 */

let order: KillOrder | null = JSON.parse(process.env[START_ORDER] ?? 'null') as KillOrder | null;
let sent = { statements: 0, commits: 0 };

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Counts a statement, and says at which of its moments the process is to die. */
function count(text: string): KillOrder['moment'] | null {
  sent.statements += 1;
  if (isCommit(text)) sent.commits += 1;
  const isHit = order !== null && sent[order.counted] === order.at && (order.counted === 'statements' || isCommit(text));
  return isHit ? order!.moment : null;
}

const isCommit = (text: string): boolean => text === 'COMMIT';

/** After a statement has been sent, or answered: the test learns of each COMMIT, and the process dies when it was ordered to. */
function passed(text: string, isLast: boolean): void {
  if (isCommit(text)) process.send?.(sent);
  if (isLast) die();
}

type Statement = { readonly source: string } & Record<'run' | 'all', (...values: unknown[]) => unknown>;

function countSqlite(): void {
  const probe = new Sqlite(':memory:');
  const prototype = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Statement;
  for (const method of ['run', 'all'] as const) {
    const original = prototype[method];
    prototype[method] = function counted(this: Statement, ...values: unknown[]) {
      const moment = count(this.source);
      if (moment === 'before') die();
      const result = original.apply(this, values);
      // SQLite is in this process: what was sent is answered.
      passed(this.source, moment !== null);
      return result;
    };
  }
  probe.close();
}

type Query = (...parameters: unknown[]) => unknown;

function countPostgres(): void {
  const prototype = Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function counted(this: Client, ...parameters: unknown[]) {
    const [text] = parameters;
    if (typeof text !== 'string') return original.apply(this, parameters);
    const moment = count(text);
    if (moment === 'before') die();
    const answer = original.apply(this, parameters);
    if (moment === 'sent') passed(text, true);
    if (!(answer instanceof Promise)) return answer;
    return answer.then((result: unknown) => {
      passed(text, moment !== null);
      return result;
    });
  };
}

countSqlite();
countPostgres();
if (process.env[CHUNK_ROWS]) Object.assign(bulk, { CHUNK_ROWS: Number(process.env[CHUNK_ROWS]) });
process.on('message', (next: { readonly order: KillOrder | null }) => {
  process.send?.({ ...sent, isEnd: true });
  ({ order } = next);
  sent = { statements: 0, commits: 0 };
});
// The test must not keep the program alive that ends by itself.
process.channel?.unref();

import { hash } from 'node:crypto';
import { allTables } from '../../src/entities/columns';
import { name, query, sql, type Session } from '../../src/stores/session';

/*
 * The whole content of a database without the names that were given by chance: two databases in which the same things were done have
 * the same content, whatever ids, instants and numbers were given meanwhile.
 *
 * An id (a checksum of ids, an allocated number) is replaced by a description of all places where it stands, and each place is
 * described by its row, in which the other ids are described in turn. Round after round this looks one reference further: in round 0
 * the rows alone are compared, in round 1 with the rows that name the same ids, and so on, so that a line with the right amounts under
 * the wrong voucher is found as well. No sorting by chance is needed: equal descriptions are equal rows.
 */

/**
 * Tables that are not compared, or columns as `table.column`, `*.column` in every table, with the reason. Names of rows of such a table
 * are alike wherever they stand.
 */
export type LeftOut = Readonly<Record<string, string>>;

/** What legitimately depends on how often a process died. Everything else must be equal. */
const ALWAYS_LEFT_OUT: LeftOut = {
  gw_billingbacklog: 'a view of the others',
  gw_run: 'a run that was cut off and the one that went on in its place are two',
  gw_runmap: 'belongs to a run',
  gw_idempotency: 'the key of a run that was cut off is forgotten, and taken again by the next; its own id is a hash over ids',
  gw_writelock: 'counts units of work, those included that found nothing left to do',
  gw_secret: 'random',
  gw_periodicjob: 'who works on what until when, by the clock of the machine',
  'gw_synclog.gw_sequence': 'the instant of logging in milliseconds',
};

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** SHA-256 over the ids of billed actuals. */
const CHECKSUM = '[0-9a-f]{64}';
/** Number sequences, see `NUMBER_SEQUENCES`: `PI-0000001`, `USPM-INV-0000001`, `USPM-000001`. */
const NUMBER = '(?:[A-Z]{4}-)?(?:PI|PJV|INV|PIV)-\\d{7}|[A-Z]{4}-\\d{6}';
const CHANCE = new RegExp(`${CHECKSUM}|${ID}|${NUMBER}`, 'g');

interface Row {
  readonly table: string;
  /** As it is stored, for messages. */
  readonly stored: string;
  /** Table and content, with a gap for everything that chance has named, as a hash. */
  readonly content: string;
  /** What chance has named, in the order of the gaps. */
  readonly named: readonly string[];
}

export type NormalisedDatabase = readonly Row[];

/** Reads everything. Instants of the given day, `YYYY-MM-DD`, are when something was done, not what was done: they are all alike. */
export async function readNormalised(session: Session, day: string, more: LeftOut = {}): Promise<NormalisedDatabase> {
  const instant = new RegExp(`${day}T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z`, 'g');
  const leftOut = { ...ALWAYS_LEFT_OUT, ...more };
  const alike = await namesOfLeftOut(session, leftOut);
  const rows: Row[] = [];
  for (const { table } of allTables().filter((facts) => !(facts.table in leftOut))) {
    for (const stored of await rowsOf(session, table)) {
      const compared = Object.entries(stored).filter(([column]) => !(`${table}.${column}` in leftOut || `*.${column}` in leftOut));
      const text = JSON.stringify(compared).replace(instant, '<an instant>');
      const named = (text.match(CHANCE) ?? []).map((one) => (alike.has(one) ? ALIKE : one));
      rows.push({ table, stored: JSON.stringify(stored), content: shortHash(`${table} ${text.replace(CHANCE, '<>')}`), named });
    }
  }
  return rows;
}

const rowsOf = (session: Session, table: string) => query<Record<string, unknown>>(session, sql`SELECT * FROM ${name(table)}`);

/** Stands for every name of a row that is left out. */
const ALIKE = '';

/** The ids of the rows that are left out, and their own numbers. */
async function namesOfLeftOut(session: Session, leftOut: LeftOut): Promise<Set<unknown>> {
  const names = new Set<unknown>();
  for (const { table, key, columns } of allTables().filter((facts) => facts.table in leftOut)) {
    const own = [key, ...columns.filter(({ property }) => property === 'number')];
    for (const row of await rowsOf(session, table)) for (const { column } of own) names.add(row[column]);
  }
  return names;
}

const shortHash = (text: string): string => hash('md5', text, 'base64');

/** Rows as texts, in which every id is replaced by its description so far. */
class Described {
  private descriptions = new Map<string, string>();
  texts: readonly string[];

  constructor(private readonly rows: NormalisedDatabase) {
    this.texts = this.describeRows();
  }

  /** How many different descriptions there are: no more in the next round means that looking further tells nothing new. */
  get variety(): number {
    return new Set(this.descriptions.values()).size;
  }

  lookFurther(): void {
    const places = new Map<string, string[]>();
    this.rows.forEach(({ named }, index) => named.forEach((id, gap) => {
      if (id === ALIKE) return;
      const place = `${gap} ${this.texts[index]}`;
      const known = places.get(id);
      if (known) known.push(place);
      else places.set(id, [place]);
    }));
    this.descriptions = new Map([...places].map(([id, known]) => [id, shortHash(known.sort().join())]));
    this.texts = this.describeRows();
  }

  private describeRows(): string[] {
    return this.rows.map(({ content, named }) => shortHash([content, ...named.map((id) => this.descriptions.get(id) ?? '')].join()));
  }
}

/** References that are followed at the most; the longest chain, from a time entry to its voucher's entries, is shorter. */
const ROUNDS_MAX = 12;

/** The rows of each that the other has not, in as far as can be told at the nearest look. Empty when they have the same content. */
export function differencesBetween(expected: NormalisedDatabase, actual: NormalisedDatabase): string[] {
  const [one, other] = [new Described(expected), new Described(actual)];
  for (let round = 0; round <= ROUNDS_MAX; round += 1) {
    const found = [...surplus(expected, one.texts, other.texts, 'missing'), ...surplus(actual, other.texts, one.texts, 'too many')];
    if (found.length > 0) return found.map((difference) => `${difference} (references followed: ${round})`);
    const known = one.variety + other.variety;
    one.lookFurther();
    other.lookFurther();
    if (round > 0 && one.variety + other.variety === known) break;
  }
  return [];
}

/** The rows whose texts the other side has not, or not so often. */
function surplus(rows: NormalisedDatabase, texts: readonly string[], others: readonly string[], what: string): string[] {
  const left = new Map<string, number>();
  for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
  return rows.flatMap(({ table, stored }, index) => {
    const count = left.get(texts[index]!) ?? 0;
    left.set(texts[index]!, count - 1);
    return count > 0 ? [] : [`${table} ${what}: ${stored}`];
  });
}

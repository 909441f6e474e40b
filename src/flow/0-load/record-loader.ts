import type { CommandContext } from '../../context';
import { tableOf, type EntityClass } from '../../entities/columns';
import { LegalEntity } from '../../entities/finance';
import { ProjectContractCustomer, ProjectContractLine, TransactionCurrency } from '../../entities/dataverse';
import { timestampOf } from '../../kernel/clock';
import { breather } from '../../kernel/yielding';
import {
  columnDefaults, currencyDecimals, hasRows, insertLoaded, replaceByLoaded, setLookups, STANDARD_SOURCE,
} from '../../stores/load.store';
import type { UnitOfWork } from '../../stores/session';
import type { BadRow, Problem } from './bad-row';
import { closedDocuments } from './closed-documents';
import { findKeys, SeenKeys, type KeyFinding } from './check-keys';
import { decodeRow, keyOf, loadableColumns, type DecodedRow, type DecodeFacts } from './decode-row';
import type { EntitySet, RowValues, Side } from './entity-set';
import { KnownKeys } from './known-keys';
import { readRows, UnreadableRows, type RowsContent } from './read-rows';
import { danglingReferences, referencesOf, type RowReference } from './references';
import { STANDARD_SET_UP } from './standard-set-up';

/** The rows of an entity set and where they stand, for messages. */
export type EntitySetSource = RowsContent & {
  readonly name: string;
  /** What messages call the source: the file's path in its folder. */
  readonly file: string;
  /** The side's folder in which the file was found. */
  readonly side?: Side;
};

export interface SetOutcome {
  readonly name: string;
  readonly read: number;
  readonly new: number;
  readonly unchanged: number;
}

interface Place {
  readonly file: string;
  readonly row: number;
}

interface SelfLookup {
  readonly set: EntitySet;
  readonly property: string;
  readonly id: string;
  readonly to: string;
}

/** Loads entity sets inside one unit of work, a chunk of rows at a time, and collects every bad row. */
export class RecordLoader {
  readonly bad: BadRow[] = [];
  /** Tables with new records that table maps may carry. */
  readonly touched = new Set<EntityClass>();
  private readonly known: KnownKeys;
  private readonly breathe = breather();
  private readonly loadedOn: string;
  private readonly newLegalEntities: string[] = [];
  /** Contract lines and contract customers of this load, out of which finance's can be derived. */
  readonly newMasterIds = new Map<EntityClass, string[]>([[ProjectContractLine, []], [ProjectContractCustomer, []]]);
  private readonly currencies = new Map<string, { code: string; decimals: number }>();
  private readonly later: { place: Place; reference: RowReference }[] = [];
  private readonly selfLookups: SelfLookup[] = [];
  /** The change set of this load's records that table maps carry. */
  readonly changeSetId: string;
  /** Whether any new record carries the change set. */
  hasStamped = false;

  constructor(private readonly work: UnitOfWork, private readonly context: CommandContext) {
    this.known = new KnownKeys(work);
    this.loadedOn = timestampOf(context.clock);
    this.changeSetId = context.ids.next();
  }

  async start(): Promise<void> {
    for (const { id, code, decimals } of await currencyDecimals(this.work)) this.currencies.set(id, { code, decimals });
  }

  /** Loads all sources of one set; without any, new legal entities get the set's standard rows. */
  async loadSet(set: EntitySet, sources: readonly EntitySetSource[]): Promise<SetOutcome> {
    const counts = { name: set.name, read: 0, new: 0, unchanged: 0 };
    if (sources.length === 0) {
      await this.addStandardRows(set);
      return counts;
    }
    const seen = new SeenKeys();
    const facts = this.decodeFacts(set);
    for (const { file, ...content } of sources) {
      let row = 0;
      try {
        for await (const rows of readRows(content)) {
          await this.loadChunk(set, facts, seen, { file, row: row + 1 }, rows, counts);
          row += rows.length;
          await this.breathe();
        }
      } catch (error) {
        if (!(error instanceof UnreadableRows)) throw error;
        this.known.giveUp(set);
        this.report({ file, row: error.rowsBefore + 1 }, { code: 'INVALID_JSON', column: '', sentence: `the file cannot be read here: ${error.message}` });
      }
    }
    return counts;
  }

  /** Checks references to records of the same or later sets, and writes those within a set. */
  async finish(): Promise<void> {
    const problems = await danglingReferences(this.known, this.later.map(({ reference }) => [reference]));
    problems.forEach((found, index) => found.forEach((problem) => this.report(this.later[index]!.place, problem)));
    if (this.bad.length > 0) return;
    const groups = new Map<string, SelfLookup[]>();
    for (const lookup of this.selfLookups) {
      const group = `${lookup.set.name} ${lookup.property}`;
      groups.set(group, [...(groups.get(group) ?? []), lookup]);
    }
    for (const lookups of groups.values()) await setLookups(this.work, lookups[0]!.set.entity, lookups[0]!.property, lookups);
  }

  report({ file, row }: Place, problem: Problem): void {
    this.bad.push({ file, row, ...problem });
  }

  private decodeFacts(set: EntitySet): DecodeFacts {
    const defaults = columnDefaults(this.work, set.entity);
    return { set, columns: loadableColumns(set), defaults, loadedOn: this.loadedOn, currency: (id) => this.currencies.get(id) };
  }

  private async loadChunk(
    set: EntitySet, facts: DecodeFacts, seen: SeenKeys, first: Place, raw: readonly unknown[], counts: { read: number; new: number; unchanged: number },
  ): Promise<void> {
    const rows = raw.map((row) => decodeRow(facts, row));
    const references = rows.map((row) => referencesOf(set, row));
    const findings = await findKeys(this.work, set, seen, rows);
    const danglingOnes = await danglingReferences(this.known, references.map(({ now }) => now));
    const closed = await closedDocuments(this.work, this.changeSetId, set, rows.map((row, index) => (findings[index]!.is === 'new' ? row : null)));
    const added: DecodedRow[] = [];
    const replacing = new Set<DecodedRow>();
    rows.forEach((row, index) => {
      const place = { file: first.file, row: first.row + index };
      const finding = findings[index]!;
      counts.read += 1;
      if (row.key !== null) this.known.add(set, row.key);
      const problems = [...row.problems, ...danglingOnes[index]!, ...(finding.is === 'bad' ? [finding.problem] : []), ...(closed[index] ? [closed[index]] : [])];
      problems.forEach((problem) => this.report(place, problem));
      // An unchanged row's later references were checked when it was loaded.
      if (finding.is !== 'unchanged') references[index]!.later.forEach((reference) => this.later.push({ place, reference }));
      this.count(finding, problems, counts, () => added.push(row));
      if (finding.is === 'replacing') replacing.add(row);
    });
    // What this chunk brings is remembered even when it is bad, so that rows which refer to it are not called dangling.
    if (this.bad.length > 0 || added.length === 0) return;
    await this.insert(set, added, replacing);
  }

  private count(finding: KeyFinding, problems: readonly Problem[], counts: { new: number; unchanged: number }, add: () => void): void {
    if (problems.length > 0) return;
    if (finding.is === 'unchanged') {
      counts.unchanged += 1;
      return;
    }
    counts.new += 1;
    add();
  }

  private async insert(set: EntitySet, rows: readonly DecodedRow[], replacing: ReadonlySet<DecodedRow>): Promise<void> {
    const stamped = tableOf(set.entity).columns.some((column) => column.property === 'changeSetId');
    this.hasStamped ||= stamped;
    const records = rows.map(({ key, hash, values }) => {
      if (stamped && (set.isCarried?.(values) ?? true)) this.touched.add(set.entity);
      const own = { ...values, ...(set.side === 'finance' && { id: this.context.ids.next() }), ...(stamped && { version: 1, changeSetId: this.changeSetId }) };
      return { key: key!, hash, values: this.withoutSelfLookups(set, own) };
    });
    await insertLoaded(this.work, set.name, set.entity, records.filter((_record, index) => !replacing.has(rows[index]!)));
    await replaceByLoaded(this.work, set.name, set.entity, set.key, records.filter((_record, index) => replacing.has(rows[index]!)));
    this.learn(set, rows);
  }

  /** A row of a set may refer to one that comes later in it, so these lookups are written last. */
  private withoutSelfLookups(set: EntitySet, values: RowValues): RowValues {
    const { columns, key } = tableOf(set.entity);
    for (const { property, lookup } of columns) {
      const to = values[property];
      if (lookup?.() !== set.entity || typeof to !== 'string') continue;
      this.selfLookups.push({ set, property, id: String(values[key.property]), to });
      values[property] = null;
    }
    return values;
  }

  private learn(set: EntitySet, rows: readonly DecodedRow[]): void {
    this.newMasterIds.get(set.entity)?.push(...rows.map(({ values }) => String(values.id)));
    if (set.entity === LegalEntity) this.newLegalEntities.push(...rows.map(({ values }) => String(values.legalEntityId)));
    if (set.entity === TransactionCurrency) {
      for (const { values } of rows) this.currencies.set(String(values.id), { code: String(values.code), decimals: Number(values.decimals) });
    }
  }

  private async addStandardRows(set: EntitySet): Promise<void> {
    const standard = STANDARD_SET_UP.get(set.entity);
    if (!standard || this.newLegalEntities.length === 0) return;
    const owners = set.key[0] === 'dataAreaId' ? this.newLegalEntities : [null];
    const { defaults } = this.decodeFacts(set);
    for (const legalEntityId of owners) {
      if (await hasRows(this.work, set.entity, legalEntityId)) continue;
      const records = standard.map((row) => {
        const values: RowValues = { ...defaults, ...row, ...(legalEntityId !== null && { legalEntityId }), id: this.context.ids.next() };
        return { key: keyOf(set, set.key, values)!, hash: STANDARD_SOURCE, values };
      });
      records.forEach(({ key }) => this.known.add(set, key));
      if (this.bad.length === 0) await insertLoaded(this.work, set.name, set.entity, records);
    }
  }
}

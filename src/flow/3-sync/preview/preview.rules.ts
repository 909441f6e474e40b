import { fromStored, toStored, type ColumnFacts } from '../../../entities/columns';
import { Decimal } from '../../../kernel/decimal';
import { PreviewOutcome } from '../../../stores/dual-write/preview.enums';
import { COMPANY_COLUMN } from '../../../stores/dual-write/target.store';
import type { TargetRow } from '../../../stores/dual-write/apply.store';
import type { SkipReason } from '../run/apply-table-map';
import type { DecidedRecord } from '../run/decide-records';
import type { PreparedMap } from '../run/prepare-table-map';

/** One column of the target: what it holds and what it gets, as text; null where it is empty. */
export interface PreviewedField {
  readonly column: string;
  /** Paths of the source that it is taken from, in the order in which they are tried. */
  readonly sourceColumns: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly changes: boolean;
  /** The map leaves the target's value. */
  readonly kept: boolean;
}

/** What a run would make of a record. */
export interface PreviewedRecord {
  readonly recordId: string;
  readonly integrationKey: string;
  readonly recordVersion: number;
  readonly outcome: PreviewOutcome;
  readonly code: string | null;
  readonly message: string | null;
  /** The source's column that the code is about. */
  readonly column: string | null;
  readonly waitsFor: string | null;
  readonly fields: readonly PreviewedField[];
}

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  FILTERED_OUT: 'The filter of the table map leaves it out.',
  ALREADY_THERE: 'The target has this version, or a newer one.',
  REFERENCE_FILTERED_OUT: 'A record that it names is left out by the filter of its own table map.',
};

export function outcomeOf({ decision, isHeld }: Pick<DecidedRecord, 'decision' | 'isHeld'>): PreviewOutcome {
  switch (decision.kind) {
    case 'write': return isHeld ? PreviewOutcome.CHANGE : PreviewOutcome.CREATE;
    case 'skip': return PreviewOutcome.SKIP;
    case 'wait': return PreviewOutcome.WAIT;
    case 'fail': return PreviewOutcome.REFUSE;
  }
}

/** Every column of the target that the map writes, each once. */
export function writtenColumns(map: PreparedMap): ColumnFacts[] {
  return [...new Map(map.pairs.map(({ target }) => [target.column, target])).values()];
}

/** What is shown of a decided record; `held` is what the target has under its key, in every column that the map writes. */
export function previewOf(map: PreparedMap, decided: DecidedRecord, held: Readonly<Record<string, unknown>> | undefined): PreviewedRecord {
  const { record, decision } = decided;
  const shown = {
    recordId: record.key, integrationKey: String(record.values[map.key.source]), recordVersion: record.version, outcome: outcomeOf(decided),
    code: null, message: null, column: null, waitsFor: null, fields: [],
  };
  switch (decision.kind) {
    case 'write': return { ...shown, fields: held ? changedFields(map, decision.row, held) : createdFields(map, decision.row) };
    case 'skip': return { ...shown, code: decision.reason, message: SKIPPED[decision.reason] };
    case 'wait': return { ...shown, code: decision.code, message: decision.sentence, column: decision.column, waitsFor: decision.waitsFor };
    case 'fail': return { ...shown, code: decision.code, message: decision.sentence, column: decision.column };
  }
}

function sourcesOf(map: PreparedMap, column: string): string[] {
  return map.pairs.flatMap(({ source, target }) => (target.column === column && source ? [source.path] : []));
}

function createdFields(map: PreparedMap, { values, legalEntityId }: TargetRow): PreviewedField[] {
  const field = (column: string, sourceColumns: string[], to: string | null) => ({ column, sourceColumns, from: null, to, changes: to !== null, kept: false });
  return [
    field(COMPANY_COLUMN, [map.companyPath], legalEntityId),
    ...writtenColumns(map).filter(({ column }) => column !== COMPANY_COLUMN)
      .map((facts) => field(facts.column, sourcesOf(map, facts.column), textOf(facts, values[facts.column]))),
  ];
}

function changedFields(map: PreparedMap, { values }: TargetRow, held: Readonly<Record<string, unknown>>): PreviewedField[] {
  return writtenColumns(map).map((facts) => {
    const { column } = facts;
    const from = textOf(facts, held[column]);
    const kept = isKept(map, facts, held[column]);
    const to = kept ? from : textOf(facts, values[column]);
    return { column, sourceColumns: sourcesOf(map, column), from, to, changes: from !== to, kept };
  });
}

/** Whether the map leaves what the target holds: whatever it is (`*`), or one of the values that it names. */
function isKept({ keep }: PreparedMap, facts: ColumnFacts, held: unknown): boolean {
  const kept = keep[facts.column] ?? [];
  return kept.includes('*') || (held !== null && kept.some((value) => String(value) === String(toStored(facts, held))));
}

/** A value as the column will hold it, as text: exact decimals without trailing zeros. */
function textOf(facts: ColumnFacts, value: unknown): string | null {
  const held = fromStored(facts, toStored(facts, value));
  if (held === null) return null;
  return held instanceof Decimal ? held.toFixed() : String(held);
}

import type { CommandContext } from '../../../context';
import { SyncErrorClass, SyncErrorStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import {
  isConstraintViolation, tryWrite, updateTargetRows, upsertTargetRows, type TargetRow, type TargetWrite,
} from '../../../stores/dual-write/apply.store';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import { recordFailures, resolveErrors, type SyncFailure } from '../../../stores/dual-write/sync-error.store';
import type { UnitOfWork } from '../../../stores/session';
import type { Decision } from './apply-table-map';
import { decideRecords } from './decide-records';
import type { PreparedMap } from './prepare-table-map';

/** What became of a chunk of records. */
export interface Carried {
  readonly read: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
}

const DETAILS_CHARACTERS_MAX = 1000;

/**
 * Carries a chunk of records through a table map in one unit of work: reads their newest versions, decides, writes with one
 * statement, and lists what failed or waits. `besides` is stored together with it, or not at all. A row that the database
 * itself refuses does not hold the others up: the chunk is then written row by row, and that row is listed.
 */
export async function carryRecords(
  context: CommandContext, map: PreparedMap, keys: readonly string[], besides: (work: UnitOfWork, carried: Carried) => Promise<void>,
): Promise<Carried> {
  const attempt = (oneByOne: boolean) => context.database.write(async (work) => {
    const carried = await carry(work, context, map, { keys, oneByOne });
    await besides(work, carried);
    return carried;
  });
  try {
    return await attempt(false);
  } catch (error) {
    if (!isConstraintViolation(error)) throw error;
    return attempt(true);
  }
}

async function carry(
  work: UnitOfWork, context: CommandContext, map: PreparedMap, { keys, oneByOne }: { keys: readonly string[]; oneByOne: boolean },
): Promise<Carried> {
  const now = timestampOf(context.clock);
  const decided = await decideRecords(work, map, keys);
  // In the order of their keys, so that runs which meet take their locks in one order.
  const rows = decided.flatMap(({ decision }) => (decision.kind === 'write' ? [decision.row] : [])).sort((a, b) => (a.key < b.key ? -1 : 1));
  const refused = new Map<TargetRow, string>();
  const write = (some: readonly TargetRow[]) => writeRows(work, context, map, some);
  let written = 0;
  if (oneByOne) {
    for (const row of rows) {
      const refusal = await tryWrite(work, async () => { written += await write([row]); });
      if (refusal !== null) refused.set(row, refusal);
    }
  } else {
    written = await write(rows);
  }
  const failures = decided.flatMap(({ record, decision }) => failureOf(context, map, record, decision, refused) ?? []);
  const failedIds = new Set(failures.map((failure) => failure.recordId));
  await recordFailures(work, map.flow, failures, now);
  // A record that is gone needs no carrying any more, so its error is resolved with the others.
  await resolveErrors(work, map.flow, keys.filter((key) => !failedIds.has(key)), now);
  const waiting = failures.filter((failure) => failure.status === SyncErrorStatus.WAITING).length;
  const failed = failures.length - waiting;
  return { read: decided.length, written, failed, waiting, skipped: decided.length - written - failed - waiting };
}

async function writeRows(work: UnitOfWork, context: CommandContext, map: PreparedMap, rows: readonly TargetRow[]): Promise<number> {
  const target: TargetWrite = {
    table: map.target, keyColumn: map.key.target, columns: [...new Set(map.pairs.map((pair) => pair.target.column))], keep: map.keep,
  };
  if (!map.inserts) return updateTargetRows(work, target, rows);
  return upsertTargetRows(work, target, rows, { ids: context.ids, now: timestampOf(context.clock) });
}

/** What every row of the error list has, whatever became of its record. */
export function listed({ ids }: Pick<CommandContext, 'ids'>, { documentPath }: PreparedMap, record: SourceRecord, errorClass: SyncErrorClass) {
  const proformaNumber = documentPath === null ? null : record.values[documentPath] as string | null;
  return { id: ids.next(), recordId: record.key, recordVersion: record.version, class: errorClass, proformaNumber };
}

/** The row of the error list for a record that was not carried; null when it was, or when it is left out. */
function failureOf(
  context: CommandContext, map: PreparedMap, record: SourceRecord, decision: Decision, refused: ReadonlyMap<TargetRow, string>,
): SyncFailure | null {
  const shared = () => listed(context, map, record, SyncErrorClass.APPLICATION);
  switch (decision.kind) {
    case 'skip': return null;
    case 'wait': return {
      ...shared(), status: SyncErrorStatus.WAITING, code: decision.code, message: decision.sentence, column: decision.column,
      waitsFor: decision.waitsFor,
    };
    case 'fail': return {
      ...shared(), status: SyncErrorStatus.OPEN, code: decision.code, message: decision.sentence.slice(0, DETAILS_CHARACTERS_MAX),
      column: decision.column, waitsFor: null,
    };
    case 'write': {
      const refusal = refused.get(decision.row);
      if (refusal === undefined) return null;
      const message = `The database refused the row in ${map.target.table}: ${refusal}`.slice(0, DETAILS_CHARACTERS_MAX);
      return { ...shared(), status: SyncErrorStatus.OPEN, code: 'WRITE_REFUSED', message, column: null, waitsFor: null };
    }
  }
}

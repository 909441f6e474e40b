import type { CommandContext } from '../../../context';
import { SyncErrorClass, SyncErrorStatus, type MapFlow } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { Unavailable } from '../../../kernel/unavailable';
import {
  isConstraintViolation, tryWrite, updateTargetRows, upsertTargetRows, type TargetRow, type TargetWrite, type WriteRefusal,
} from '../../../stores/dual-write/apply.store';
import type { SourceRecord } from '../../../stores/dual-write/source.store';
import { readPutOffRecords, recordFailures, resolveErrors, type SyncFailure } from '../../../stores/dual-write/sync-error.store';
import { withoutWaitingForLocks } from '../../../stores/outage';
import { isSystemFailure } from '../../../stores/passing-failure';
import type { UnitOfWork } from '../../../stores/session';
import { afterRecordFailed } from '../errors/system-failure.rules';
import { SYSTEM_FAILURES_MAX } from '../sync-limits';
import type { Decision } from './apply-table-map';
import { decideRecords } from './decide-records';
import type { PreparedMap } from './prepare-table-map';
import { releaseReturned } from './release-from-quarantine';

/** What became of a chunk of records. */
export interface Carried {
  readonly read: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
  /** What the database said of a record that met a system failure and was left where it is, not counted here; null where none was. */
  readonly systemFailure: string | null;
}

/**
 * What becomes of a record that meets a system failure: it is put off by itself, in the error list; or it is left for somebody who comes
 * back, because its change set is put off.
 */
export type OnSystemFailure = 'putOff' | 'leave';

/** Rows are written by one statement, or each by its own; or none of them is, because the system fails too many: then this is why. */
type Writing = 'together' | 'oneByOne' | { readonly because: Error };

/** What is carried, and how. */
interface Chunk {
  readonly keys: readonly string[];
  readonly writing: Writing;
  readonly onSystemFailure: OnSystemFailure;
}

const DETAILS_CHARACTERS_MAX = 1000;

/**
 * Carries a chunk of records through a table map in one unit of work: reads their newest versions, decides, writes with one
 * statement, and lists what failed or waits. `besides` is stored together with it, or not at all. A row that the database
 * itself refuses does not hold the others up: the chunk is then written row by row, and that row is listed. So it is with a row
 * that meets a system failure. When it is more than a few of them, all rows are put off; where they are to be left, throws that failure.
 */
export async function carryRecords(
  context: CommandContext, map: PreparedMap, keys: readonly string[], besides: (work: UnitOfWork, carried: Carried) => Promise<void>,
  onSystemFailure: OnSystemFailure = 'putOff',
): Promise<Carried> {
  const attempt = (writing: Writing) => withoutWaitingForLocks(() => context.database.write(async (work) => {
    const carried = await carry(work, context, map, { keys, writing, onSystemFailure });
    await besides(work, carried);
    return carried;
  }));
  try {
    return await attempt('together');
  } catch (error) {
    if (!isConstraintViolation(error) && !isSystemFailure(error)) throw error;
  }
  try {
    return await attempt('oneByOne');
  } catch (error) {
    if (onSystemFailure === 'leave' || !isSystemFailure(error)) throw error;
    return attempt({ because: error as Error }).catch((last: unknown) => { throw outageOf(last); });
  }
}

/** Not even the error list can be written: that is no matter of the records, and whoever asked may ask again. */
function outageOf(error: unknown): unknown {
  return isSystemFailure(error) ? new Unavailable('DATABASE_UNAVAILABLE', { cause: error }) : error;
}

async function carry(
  work: UnitOfWork, context: CommandContext, map: PreparedMap, { keys, writing, onSystemFailure }: Chunk,
): Promise<Carried> {
  const now = timestampOf(context.clock);
  const decided = await decideRecords(work, map, keys);
  // In the order of their keys, so that runs which meet take their locks in one order.
  const rows = decided.flatMap(({ decision }) => (decision.kind === 'write' ? [decision.row] : [])).sort((a, b) => (a.key < b.key ? -1 : 1));
  const { written, refused } = await writeEach(work, rows, (some) => writeRows(work, context, map, some), writing);
  const isInTarget = (decision: Decision) => (decision.kind === 'write' ? !refused.has(decision.row) : decision.kind === 'skip' && decision.reason === 'ALREADY_THERE');
  const inTarget = decided.filter(({ decision }) => isInTarget(decision)).map(({ record }) => String(record.values[map.key.source]));
  await releaseReturned(work, context, { table: map.target.table, keyColumn: map.key.target }, inTarget);
  const isLeft = (decision: Decision) => onSystemFailure === 'leave' && decision.kind === 'write' && refused.get(decision.row)?.isSystem === true;
  const left = decided.filter(({ decision }) => isLeft(decision)).map(({ record }) => record.key);
  const failures = await putOffInSeries(work, context, map.flow, decided
    .filter(({ decision }) => !isLeft(decision))
    .flatMap(({ record, decision }) => failureOf(context, map, record, decision, refused) ?? []));
  const uncarried = new Set([...left, ...failures.map((failure) => failure.recordId)]);
  await recordFailures(work, map.flow, failures, now);
  // A record that is gone needs no carrying any more, so its error is resolved with the others.
  await resolveErrors(work, map.flow, keys.filter((key) => !uncarried.has(key)), now);
  const waiting = failures.filter((failure) => failure.status === SyncErrorStatus.WAITING).length;
  const failed = failures.length - waiting;
  const read = decided.length - left.length;
  const systemFailure = left.length === 0 ? null : [...refused.values()].find((refusal) => refusal.isSystem)!.error.message;
  return { read, written, failed, waiting, skipped: read - written - failed - waiting, systemFailure };
}

/** Records that the system failed are tried again by themselves: each goes on in its series of tries, or begins one. */
async function putOffInSeries(work: UnitOfWork, { clock }: CommandContext, flow: MapFlow, failures: readonly SyncFailure[]): Promise<SyncFailure[]> {
  const failed = failures.filter((failure) => failure.class === SyncErrorClass.SYSTEM);
  if (failed.length === 0) return [...failures];
  const series = await readPutOffRecords(work, flow, failed.map(({ recordId }) => recordId));
  return failures.map((failure) => (failure.class === SyncErrorClass.SYSTEM
    ? { ...failure, ...afterRecordFailed(failure.recordId, series.get(failure.recordId) ?? null, clock.now()) }
    : failure));
}

/** Writes rows together, or one by one, so that one which is refused does not undo the others. Throws when the system refuses more than a few. */
async function writeEach(
  work: UnitOfWork, rows: readonly TargetRow[], write: (some: readonly TargetRow[]) => Promise<number>, writing: Writing,
): Promise<{ written: number; refused: ReadonlyMap<TargetRow, WriteRefusal> }> {
  if (typeof writing === 'object') return { written: 0, refused: new Map(rows.map((row) => [row, { isSystem: true, error: writing.because }])) };
  const refused = new Map<TargetRow, WriteRefusal>();
  if (writing === 'together') return { written: await write(rows), refused };
  let written = 0;
  for (const row of rows) {
    const refusal = await tryWrite(work, async () => { written += await write([row]); });
    if (refusal === null) continue;
    refused.set(row, refusal);
    if ([...refused.values()].filter(({ isSystem }) => isSystem).length > SYSTEM_FAILURES_MAX) throw refusal.error;
  }
  return { written, refused };
}

async function writeRows(work: UnitOfWork, context: CommandContext, map: PreparedMap, rows: readonly TargetRow[]): Promise<number> {
  const target: TargetWrite = {
    table: map.target, keyColumn: map.key.target, columns: [...new Set(map.pairs.map((pair) => pair.target.column))], keep: map.keep,
  };
  if (!map.inserts) return updateTargetRows(work, target, rows);
  return upsertTargetRows(work, target, rows, { ids: context.ids, now: timestampOf(context.clock) });
}

/** What every row of the error list has, whatever became of its record. */
export function listed({ ids }: Pick<CommandContext, 'ids'>, { documentPath, companyPath }: PreparedMap, record: SourceRecord, errorClass: SyncErrorClass) {
  const proformaNumber = documentPath === null ? null : record.values[documentPath] as string | null;
  const legalEntityId = record.values[companyPath] as string | null;
  return { id: ids.next(), recordId: record.key, recordVersion: record.version, class: errorClass, proformaNumber, legalEntityId };
}

/** The row of the error list for a record that was not carried; null when it was, or when it is left out. */
export function failureOf(
  context: CommandContext, map: PreparedMap, record: SourceRecord, decision: Decision, refused: ReadonlyMap<TargetRow, WriteRefusal>,
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
      if (refusal.isSystem) return systemFailureOf(context, map, record, refusal.error.message);
      const message = `The database refused the row in ${map.target.table}: ${refusal.error.message}`.slice(0, DETAILS_CHARACTERS_MAX);
      return { ...shared(), status: SyncErrorStatus.OPEN, code: 'WRITE_REFUSED', message, column: null, waitsFor: null };
    }
  }
}

/** The row of the error list for a record that a system failure kept from being carried. */
export function systemFailureOf(context: CommandContext, map: PreparedMap, record: SourceRecord, failure: string): SyncFailure {
  const message = `A failure of the system, not of the record: ${failure}`.slice(0, DETAILS_CHARACTERS_MAX);
  return {
    ...listed(context, map, record, SyncErrorClass.SYSTEM), status: SyncErrorStatus.OPEN, code: 'SYSTEM_FAILURE', message, column: null, waitsFor: null,
  };
}

import { readSourceRecords, type SourceRecord } from '../../../stores/dual-write/source.store';
import type { Session } from '../../../stores/session';
import { applyTableMap, type Decision, type TargetFacts } from './apply-table-map';
import type { PreparedMap } from './prepare-table-map';
import { loadTargetFacts } from './target-facts';

export interface DecidedRecord {
  readonly record: SourceRecord;
  readonly decision: Decision;
  /** Whether the target has a row under the record's integration key. */
  readonly isHeld: boolean;
}

type HasArrived = TargetFacts['hasArrived'];

/**
 * Reads the newest versions of records with what the target has, and decides what becomes of each: the one way in which a run and its
 * preview come to their decisions. `arriving` knows of records that are not in the target yet and count as if they were; a run has none.
 */
export async function decideRecords(
  session: Session, map: PreparedMap, keys: readonly string[], arriving?: (records: readonly SourceRecord[], target: TargetFacts) => Promise<HasArrived>,
): Promise<DecidedRecord[]> {
  const records = await readSourceRecords(session, map.source, map.paths, keys);
  const loaded = await loadTargetFacts(session, map, records);
  const isArriving = await arriving?.(records, loaded);
  const target: TargetFacts = isArriving
    ? { ...loaded, hasArrived: (reference, id) => loaded.hasArrived(reference, id) || isArriving(reference, id) }
    : loaded;
  return records.map((record) => ({
    record, decision: applyTableMap(map, record, target), isHeld: target.held(String(record.values[map.key.source])) !== undefined,
  }));
}

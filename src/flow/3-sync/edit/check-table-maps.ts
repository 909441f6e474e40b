import { TableMapCheck, TableMapCheckOutcome, TableMapStatus } from '../../../entities/dual-write';
import { isUniqueKey } from '../../../stores/dual-write/apply.store';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import type { Session } from '../../../stores/session';
import type { MapFinding } from '../run/table-map-finding';
import { readChosenMaps, type ChosenMaps } from './chosen-maps';
import { draftOf } from './map-draft';
import { validateTableMap, type IsKey } from './validate-table-map.rules';
import { WHAT_TO_DO } from './what-to-do';

/** Something that does not fit in a stored map, and what mends it. */
export interface CheckFinding extends MapFinding {
  readonly whatToDo: string;
  /** The sequence of the field pair that it is about. */
  readonly fieldSequence: number | null;
}

export interface CheckedTableMap {
  readonly map: StoredTableMap;
  readonly isHealthy: boolean;
  readonly checks: readonly { readonly check: TableMapCheck; readonly outcome: TableMapCheckOutcome; readonly findings: readonly CheckFinding[] }[];
}

/** Holds table maps, whatever their states, against the tables and columns of today. Nothing is changed. */
export async function checkTableMaps(session: Session, wanted: ChosenMaps): Promise<CheckedTableMap[]> {
  const { chosen, all } = await readChosenMaps(session, wanted);
  return chosen.map((map) => checkTableMap(map, all, (table, column) => isUniqueKey(session, table, column)));
}

/** The same for one map, without a database. Pure. */
export function checkTableMap(map: StoredTableMap, all: readonly StoredTableMap[], isKey: IsKey): CheckedTableMap {
  const { findings } = validateTableMap(draftOf(map), all, isKey);
  // Without a table nobody can say whether its columns fit.
  const isTableMissing = findings.some((finding) => checkOf(finding) === TableMapCheck.TABLES && finding.code !== 'DIPV1019');
  const checks = EVERY_CHECK.map((check) => {
    if (isTableMissing && check !== TableMapCheck.TABLES) return { check, outcome: TableMapCheckOutcome.NOT_CHECKED, findings: [] };
    const own = findings.filter((finding) => checkOf(finding) === check).map((finding) => withRemedy(finding, map));
    return { check, outcome: own.length > 0 ? TableMapCheckOutcome.FAILED : TableMapCheckOutcome.PASSED, findings: own };
  });
  return { map, isHealthy: findings.length === 0, checks };
}

const EVERY_CHECK = Object.values(TableMapCheck).filter((check) => typeof check === 'number');

const CHECKED_PARTS: Readonly<Record<string, TableMapCheck>> = {
  dataverseTable: TableMapCheck.TABLES, financeTable: TableMapCheck.TABLES, integrationKey: TableMapCheck.INTEGRATION_KEY,
  companyPath: TableMapCheck.PATHS, documentPath: TableMapCheck.PATHS, filter: TableMapCheck.FILTERS, financeFilter: TableMapCheck.FILTERS,
  references: TableMapCheck.REFERENCES, fields: TableMapCheck.FIELD_PAIRS,
};

function checkOf({ code, path }: MapFinding): TableMapCheck {
  if (code === 'DIPV1010') return TableMapCheck.MANDATORY_COLUMNS;
  if (code === 'DIPV1004' || code === 'DIPV1014' || code === 'DIPV1015') return TableMapCheck.INTEGRATION_KEY;
  return CHECKED_PARTS[path[0] ?? ''] ?? TableMapCheck.FIELD_PAIRS;
}

function withRemedy(finding: MapFinding, { status }: StoredTableMap): CheckFinding {
  const [part, place] = finding.path;
  const remedy = WHAT_TO_DO[finding.code];
  return {
    ...finding, fieldSequence: part === 'fields' && place !== undefined ? Number(place) + 1 : null,
    whatToDo: status === TableMapStatus.STOPPED ? remedy : `Stop the map first. ${remedy}`,
  };
}

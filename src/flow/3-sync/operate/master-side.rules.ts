import { MasterSide, SyncDirection } from '../../../entities/dual-write';
import type { Refusal } from '../../../kernel/refusal';
import type { StoredTableMap } from '../../../stores/dual-write/table-map.store';
import { pathOf } from './named-table-maps';

const FROM: Readonly<Record<MasterSide, SyncDirection>> = {
  [MasterSide.DATAVERSE]: SyncDirection.DATAVERSE_TO_FINANCE,
  [MasterSide.FINANCE]: SyncDirection.FINANCE_TO_DATAVERSE,
};
const NAMES: Readonly<Record<MasterSide, string>> = { [MasterSide.DATAVERSE]: 'Dataverse', [MasterSide.FINANCE]: 'finance' };

const carries = (map: StoredTableMap, direction: SyncDirection) => map.fields.some((field) => field.direction === direction);

/** The side that pushes unless somebody chooses: Dataverse, or finance where the map has only the way back. */
const defaultMaster = (map: StoredTableMap) => (carries(map, FROM[MasterSide.DATAVERSE]) ? MasterSide.DATAVERSE : MasterSide.FINANCE);

/** Which way an initial sync pushes. */
export function chosenDirection(map: StoredTableMap, master: MasterSide | null): SyncDirection {
  return FROM[master ?? defaultMaster(map)];
}

/** A refusal for each map that is to be pushed from a side from which it carries nothing. */
export function refusalsOfMasters(
  maps: readonly StoredTableMap[], named: readonly { readonly initialSync?: boolean | null; readonly master?: MasterSide | null }[],
): Refusal[] {
  return maps.flatMap((map, index) => {
    const { initialSync, master } = named[index]!;
    if (!initialSync || carries(map, chosenDirection(map, master ?? null))) return [];
    const owner = NAMES[defaultMaster(map)];
    return [{
      kind: 'oneWay', code: 'ONE_WAY_DIRECTION', path: [...pathOf(index), 'master'], owner, suggestion: `Choose ${owner} as the master side.`,
      message: `${map.name} carries one way only, from ${owner}: an initial sync cannot push from ${NAMES[master!]}.`,
    }];
  });
}

import type { CommandContext } from '../../../context';
import type { TableMapStatus } from '../../../entities/dual-write';
import { holdTableMaps, readTableMaps } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import type { RunFlow } from './drain-log';
import { prepareFlows, type PreparedMap } from './prepare-table-map';

/** Somebody has paused or stopped a map that a run was carrying: the chunk is undone, and what is left stays in the queue. */
export class MapHaltedError extends Error {
  constructor(readonly map: string) {
    super(`The table map ${map} was paused or stopped`);
    this.name = 'MapHaltedError';
  }
}

/** Somebody has changed a map, or one that it refers to, since it was prepared: what was done by the old definition is undone. */
class MapChangedError extends Error {
  constructor(map: string) {
    super(`The table map ${map} was changed`);
    this.name = 'MapChangedError';
  }
}

/**
 * The last thing that a chunk does before it stores its progress: whoever pauses or edits the map waits for the chunk, or the chunk is
 * undone. So no record is carried by a definition after another one was put in its place. `statuses`: the states in which the work goes on.
 */
export async function holdMap(work: UnitOfWork, { flow, definedBy }: PreparedMap, statuses: readonly TableMapStatus[] | null): Promise<void> {
  const held = await holdTableMaps(work, definedBy.map(({ name }) => name));
  const own = held.find(({ name }) => name === flow.map);
  if (!own || (statuses && !statuses.includes(own.status))) throw new MapHaltedError(flow.map);
  const isAsRead = definedBy.every(({ name, version }) => held.some((map) => map.name === name && map.version === version));
  if (!isAsRead) throw new MapChangedError(flow.map);
}

/**
 * Does a chunk's work by the map's definition of now: prepared anew, and done again, when somebody changes the map meanwhile. A map that
 * does not carry this direction any more, or does not fit its tables, counts as halted.
 */
export async function byDefinition<T>({ database }: CommandContext, flow: RunFlow, work: (map: PreparedMap) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work(flow.map);
    } catch (error) {
      if (!(error instanceof MapChangedError)) throw error;
      const { map: name, direction } = flow.map.flow;
      const all = await readTableMaps(database.reader);
      const stored = all.find((map) => map.name === name);
      const anew = stored?.fields.some((field) => field.direction === direction) ? prepareFlows([{ map: stored, direction }], all).flows[0] : undefined;
      if (!anew) throw new MapHaltedError(name);
      flow.map = anew;
    }
  }
}

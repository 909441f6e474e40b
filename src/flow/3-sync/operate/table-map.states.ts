import { TableMapStatus } from '../../../entities/dual-write';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';
import type { States } from '../../1-bill/transition';

export type TableMapAction = 'run' | 'initialize' | 'pause' | 'stop' | 'catchUp' | 'skipToLive' | 'goLive';

/**
 * STOPPED: carries nothing, and may be edited. Its changes are queued, so that running it again loses nothing.
 * INITIALIZING: pushes every record of its source; changes are queued until it goes live. Only stopping gives it up.
 * RUNNING: every sync carries its queue, which is never old.
 * PAUSED: carries nothing, and its changes are queued for as long as there is disk.
 * RESUMING: every sync carries its queue, the oldest first and new changes behind it, until what stood in it at the resume is
 * through. An operator may leave the rest of it behind instead, or halt it again.
 * (Domain facts 4.1; that a paused, resuming or initializing map can be stopped, and a resuming one paused, is ours: decision 18.)
 */
const TABLE: StateTable<TableMapStatus, TableMapAction> = {
  [TableMapStatus.STOPPED]: { run: TableMapStatus.RUNNING, initialize: TableMapStatus.INITIALIZING },
  [TableMapStatus.INITIALIZING]: { goLive: TableMapStatus.RUNNING, stop: TableMapStatus.STOPPED },
  [TableMapStatus.RUNNING]: { pause: TableMapStatus.PAUSED, stop: TableMapStatus.STOPPED },
  [TableMapStatus.PAUSED]: {
    run: TableMapStatus.RUNNING, initialize: TableMapStatus.INITIALIZING, catchUp: TableMapStatus.RESUMING, skipToLive: TableMapStatus.RUNNING,
    stop: TableMapStatus.STOPPED,
  },
  [TableMapStatus.RESUMING]: {
    goLive: TableMapStatus.RUNNING, skipToLive: TableMapStatus.RUNNING, pause: TableMapStatus.PAUSED, stop: TableMapStatus.STOPPED,
  },
};

checkStateTable('table map', TABLE);

export const TABLE_MAP_STATES: States<TableMapStatus, TableMapAction> = { names: TableMapStatus, table: TABLE };

/** In these states a sync carries a map's queue. */
export const CARRYING: readonly TableMapStatus[] = [TableMapStatus.RUNNING, TableMapStatus.RESUMING];

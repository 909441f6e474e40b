import { SyncErrorStatus } from '../../../entities/dual-write';
import { checkStateTable, type StateTable } from '../../../kernel/state-table';

/**
 * OPEN: the record failed and waits for somebody to mend the cause; a retry, or a newer version of the record, tries it again. One that
 * the system failed is tried by itself, too, for as long as it has a next time.
 * WAITING: the record refers to one that has not arrived; every run tries it again by itself.
 * RESOLVED: the record was carried, or its map leaves it out by now. It fails again as a new error would.
 * DISMISSED: somebody decided to live without it; only a newer version of the record that fails brings it back.
 */
export const SYNC_ERROR_STATES: StateTable<SyncErrorStatus, 'fail' | 'wait' | 'resolve' | 'retry' | 'dismiss'> = {
  [SyncErrorStatus.OPEN]: {
    fail: SyncErrorStatus.OPEN, wait: SyncErrorStatus.WAITING, resolve: SyncErrorStatus.RESOLVED, retry: SyncErrorStatus.OPEN,
    dismiss: SyncErrorStatus.DISMISSED,
  },
  [SyncErrorStatus.WAITING]: {
    fail: SyncErrorStatus.OPEN, wait: SyncErrorStatus.WAITING, resolve: SyncErrorStatus.RESOLVED, retry: SyncErrorStatus.WAITING,
    dismiss: SyncErrorStatus.DISMISSED,
  },
  [SyncErrorStatus.RESOLVED]: { fail: SyncErrorStatus.OPEN, wait: SyncErrorStatus.WAITING, resolve: SyncErrorStatus.RESOLVED },
  [SyncErrorStatus.DISMISSED]: { fail: SyncErrorStatus.OPEN, wait: SyncErrorStatus.WAITING, resolve: SyncErrorStatus.RESOLVED },
};

checkStateTable('sync error', SYNC_ERROR_STATES);

/** Which way a field pair, a table map's flow or a change set goes. */
export enum SyncDirection {
  DATAVERSE_TO_FINANCE = 0,
  FINANCE_TO_DATAVERSE = 1,
}

/** DualWriteProjectStatus of finance for 0, 1 and 4; the states in between are ours (domain facts 2.5 and 4.1). */
export enum TableMapStatus {
  RUNNING = 0,
  STOPPED = 1,
  INITIALIZING = 2,
  PAUSED = 4,
  RESUMING = 5,
}

export enum FieldTransform {
  COPY = 0,
  VALUE_MAP = 1,
  DEFAULT = 2,
  LOOKUP = 3,
}

/**
 * OPEN: waits in the queue of its map. DONE: its records were carried, or are listed as errors. DISCARDED: somebody skipped the
 * queue and gave it up. KEEPING: somebody skipped the queue, or system failures broke it off too often, and its records are being
 * moved to the error list; then it is DONE.
 */
export enum SyncLogStatus {
  OPEN = 0,
  DONE = 1,
  DISCARDED = 2,
  KEEPING = 3,
}

/** GIVEN_UP: somebody stopped the map before every record had been pushed. */
export enum InitialSyncStatus {
  RUNNING = 0,
  DONE = 1,
  GIVEN_UP = 2,
}

/** The side whose records an initial sync pushes to the other one. */
export enum MasterSide {
  DATAVERSE = 0,
  FINANCE = 1,
}

/** How a paused map goes on: after its queue, or at once with the queue kept as errors or given up (domain facts 4.1). */
export enum ResumeMode {
  CATCH_UP = 0,
  SKIP_TO_LIVE_KEEPING_QUEUE = 1,
  SKIP_TO_LIVE_DISCARDING_QUEUE = 2,
}

/** WAITING: the record refers to one that has not arrived yet, and is tried again by every run. */
export enum SyncErrorStatus {
  OPEN = 0,
  WAITING = 1,
  RESOLVED = 2,
  DISMISSED = 3,
}

/**
 * What makes a failure: the record's data or the target's rules, which a person mends; the connection, a time limit, a lock or the
 * disk, which says nothing about the record; or a queue that was skipped and kept. DualWriteSynchErrorType of finance for 1 and 2.
 */
export enum SyncErrorClass {
  APPLICATION = 1,
  SYSTEM = 2,
  CATCH_UP = 10,
}

/** Which failures an alert rule counts. */
export enum AlertErrorClass {
  ANY = 0,
  APPLICATION = 1,
  SYSTEM = 2,
}

/** What an alert rule does, besides telling somebody. */
export enum AlertAction {
  NOTIFY = 0,
  PAUSE = 1,
  STOP = 2,
}

/** NONE: the rule has no webhook. FAILED: refused too often, or the rule was deleted. */
export enum AlertDelivery {
  NONE = 0,
  PENDING = 1,
  DELIVERED = 2,
  FAILED = 3,
}

/** What an import makes of a table map of its document. */
export enum TableMapImportOutcome {
  CREATED = 0,
  CHANGED = 1,
  UNCHANGED = 2,
}

/** A part of a table map that is held against the columns of today. */
export enum TableMapCheck {
  TABLES = 0,
  INTEGRATION_KEY = 1,
  PATHS = 2,
  FILTERS = 3,
  REFERENCES = 4,
  FIELD_PAIRS = 5,
  MANDATORY_COLUMNS = 6,
}

export enum TableMapCheckOutcome {
  PASSED = 0,
  FAILED = 1,
  NOT_CHECKED = 2,
}

/** What a line of the activity log tells of: operating a map from 0, its definition from 20, errors and alerts from 40, orphans from 60. */
export enum TableMapActivityKind {
  ALERT_FIRED = 40,
  ERRORS_RETRIED = 41,
  ERRORS_DISMISSED = 42,
  ALERT_SENT_AGAIN = 43,
  RUN = 0,
  PAUSED = 1,
  STOPPED = 2,
  CATCHING_UP = 3,
  CAUGHT_UP = 4,
  SKIPPED_TO_LIVE = 5,
  INITIAL_SYNC_BEGUN = 6,
  INITIAL_SYNC_ENDED = 7,
  CANNOT_RUN = 8,
  EDITED = 20,
  VERSION_ACTIVATED = 21,
  CREATED = 22,
  IMPORTED = 23,
  QUARANTINED = 60,
  RELEASED = 61,
}

export enum RunKind {
  SYNC = 0,
  CONFIRM = 1,
  IMPORT = 2,
  POST_JOURNALS = 3,
  POST_PROPOSALS = 4,
  CONFIRM_IN_BULK = 5,
  OPERATE = 6,
  RETRY_ERRORS = 7,
  DISMISS_ERRORS = 8,
  QUARANTINE = 9,
}

export enum RunStatus {
  RUNNING = 0,
  SUCCEEDED = 1,
  /** Finished, with refusals or errors of single records that are listed. */
  FINISHED_WITH_ERRORS = 2,
  FAILED = 3,
}

/**
 * Every code of a record that a table map could not carry, with its sentence, in order of precedence: where several apply, the
 * earlier one is reported. The message of an error names the values.
 */
export const SYNC_ERROR_CODES = {
  MAP_CANNOT_RUN: 'The definition of the table map does not fit the tables that it names, so that nothing of it is carried; change the map, or activate another version.',
  REFERENCE_MISSING: 'A record that this one refers to does not exist.',
  COMPANY_MISSING: 'The record has no legal entity, so no legal entity of finance can hold it.',
  COMPANY_UNKNOWN: 'Finance has no legal entity with the code of the record’s company.',
  COMPANY_CHANGED: 'The record was carried to another legal entity before; a legal entity is set once.',
  TARGET_NOT_FOUND: 'The record that is to be updated does not exist; the write-back never inserts one.',
  REFERENCE_NOT_ARRIVED: 'A record that this one refers to has not arrived yet; it is tried again by every run.',
  VALUE_MISSING: 'A column that the map needs has no value.',
  VALUE_NOT_MAPPED: 'A value has no counterpart in the map’s value map.',
  LOOKUP_NOT_FOUND: 'The target has no master record with this key in the legal entity.',
  TEXT_TOO_LONG: 'A text is longer than the column that it goes to.',
  AMOUNT_OUT_OF_RANGE: 'An amount, quantity or rate is larger than the column that it goes to can hold.',
  TOO_MANY_DECIMALS: 'An amount, quantity or rate has more decimals than the column that it goes to keeps.',
  WRITE_REFUSED: 'The target’s database refused the row because it contradicts another row.',
  SYSTEM_FAILURE: 'The database failed the write for a reason of its own, such as a time limit, a lock or the disk, too often or in a retry; retry it when the cause is gone.',
  KEPT_FROM_QUEUE: 'Nothing failed: the record was in a queue that was skipped and kept; a retry carries it.',
} as const satisfies Record<string, string>;

export type SyncErrorCode = keyof typeof SYNC_ERROR_CODES;

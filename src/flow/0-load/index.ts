export { describeBadRow, BAD_ROW_CODES, type BadRow, type BadRowCode } from './bad-row';
export { loadRecords, type LoadOutcome, type LoadSource } from './load-records.command';
export { LOAD_RULES } from './load.rule-list';
export { readFolder } from './read-folder';
export type { EntitySetSource, SetOutcome } from './record-loader';
export { ENTITY_SETS } from './registry';

import { Field, Int, ObjectType } from 'type-graphql';
import { TableMapCheck, TableMapCheckOutcome, TableMapStatus } from '../../entities/dual-write/enums';
import { graphEnum } from '../shared/enums';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { TableMap } from './sync.type';

graphEnum(TableMapCheck, 'TableMapCheck', 'A part of a table map that is held against the tables and columns of today.', {
  TABLES: 'Both tables are there, and keep the versions by which changes are found.',
  INTEGRATION_KEY: 'The key columns are there, identify a row, and are mapped in every direction of the map.',
  PATHS: 'The paths to the legal entity and to the number of the proforma lead somewhere.',
  FILTERS: 'The filters are OData over columns of their tables.',
  REFERENCES: 'The maps and columns that it refers to are there.',
  FIELD_PAIRS: 'The columns of every pair are there and fit together, with the values that its transform puts, and belong to the side that writes them.',
  MANDATORY_COLUMNS: 'Every column that finance cannot do without has a pair.',
});
graphEnum(TableMapCheckOutcome, 'TableMapCheckOutcome', 'What a check of a table map found.', {
  PASSED: 'Everything fits.',
  FAILED: 'Something does not fit; the findings say what.',
  NOT_CHECKED: 'It cannot be said, because a table is missing.',
});

@ObjectType('TableMapFinding', { description: 'Something in a table map that does not fit, and what mends it.' })
export class TableMapFinding {
  @Field({ description: 'The product\'s code, such as DIPV1022; docs/api.md lists all of them.' }) code!: string;
  @Field({ description: 'A sentence that names what does not fit.' }) message!: string;
  @Field({ description: 'What mends it.' }) whatToDo!: string;
  @Field(() => [String], { description: 'Where in the definition, for example ["fields", "3", "source"], counted from 0.' }) path!: readonly string[];
  @Field(() => Int, { nullable: true, description: 'Of a field pair: its sequence, as `updateTableMap` names it.' }) fieldSequence!: number | null;
}

@ObjectType('TableMapCheckResult', { description: 'One check of a table map.' })
export class TableMapCheckResult {
  @Field(() => TableMapCheck, { description: 'What was checked.' }) check!: TableMapCheck;
  @Field(() => TableMapCheckOutcome, { description: 'What came out.' }) outcome!: TableMapCheckOutcome;
  @Field(() => [TableMapFinding], { description: 'Everything that does not fit; empty unless it failed.' }) findings!: readonly TableMapFinding[];
}

@ObjectType('CheckedTableMap', { description: 'A table map, held against the tables and columns of today.' })
export class CheckedTableMap {
  @Field({ description: 'The map\'s name.' }) name!: string;
  @Field(() => TableMapStatus, { description: 'Its state. What a sync cannot run of a running map it lists as an error, and goes on with the other maps.' }) status!: TableMapStatus;
  @Field({ description: 'Whether every check passed. Only some findings keep a map from running: `previewSync` says of each direction why it cannot.' }) isHealthy!: boolean;
  @Field(() => [TableMapCheckResult], { description: 'Every check, also those that passed.' }) checks!: readonly TableMapCheckResult[];
  @RecordField(() => TableMap, 'The map.') tableMap!: Related<TableMap> | null;
}

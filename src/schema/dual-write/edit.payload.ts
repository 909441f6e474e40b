import { Field, ObjectType } from 'type-graphql';
import { SyncDirection, TableMapImportOutcome } from '../../entities/dual-write/enums';
import { graphEnum } from '../shared/enums';
import type { Related } from '../shared/node';
import { RecordField } from '../shared/payload';
import { JsonScalar } from '../shared/scalars';
import { Payload } from '../shared/user-error.type';
import { TableMap } from './sync.type';

@ObjectType('EditTableMapPayload', { description: 'The table map as it is now; null when refused.' })
export class EditTableMapPayload extends Payload {
  @RecordField(() => TableMap, 'The map, with its new version.') tableMap!: Related<TableMap> | null;
}

graphEnum(TableMapImportOutcome, 'TableMapImportOutcome', 'What an import makes of a table map of its document.', {
  CREATED: 'There was none of its name: it is made, and is stopped.',
  CHANGED: 'Its definition differs: it goes to another version.',
  UNCHANGED: 'It has this definition already, and stays as it is, whatever its state.',
});

@ObjectType('TableMapDifference', { description: 'One thing in which the definition of the document differs from the one that the map has.' })
export class TableMapDifference {
  @Field({ description: 'The property of the document\'s map: filter, references, fields and so on.' }) property!: string;
  @Field(() => String, { nullable: true, description: 'Of a field pair: the column that it fills. Null with the property fields: the order of the pairs.' }) target!: string | null;
  @Field(() => SyncDirection, { nullable: true, description: 'Of a field pair: which way it goes.' }) direction!: SyncDirection | null;
  @Field(() => JsonScalar, { nullable: true, description: 'What the map has, as an export gives it; null where the document adds it.' }) before!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: 'What the document says; null where it leaves it out.' }) after!: unknown;
}

@ObjectType('ImportedTableMap', { description: 'What the import did with one map of the document; in a dry run, what it would do.' })
export class ImportedTableMap {
  @Field({ description: 'The map\'s name.' }) name!: string;
  @Field(() => TableMapImportOutcome, { description: 'What became of it.' }) outcome!: TableMapImportOutcome;
  @Field(() => String, { nullable: true, description: 'The number of the version that was active before; null for a new map.' }) versionBefore!: string | null;
  @Field({ description: 'The number of the version that is active then. It is the document\'s own where the map has had none as high, or that very definition under it; otherwise the next one.' }) version!: string;
  @Field(() => [TableMapDifference], { description: 'What differs; none for a new map.' }) differences!: TableMapDifference[];
  @RecordField(() => TableMap, 'The map; null for one that a dry run would make.') tableMap!: Related<TableMap> | null;
}

@ObjectType('ImportTableMapsPayload', { description: 'What became of each map of the document; none when refused. A dry run gives both: what would change, and what would be refused.' })
export class ImportTableMapsPayload extends Payload {
  @Field(() => [ImportedTableMap], { description: 'The maps in the order of the document.' }) tableMaps!: ImportedTableMap[];
}

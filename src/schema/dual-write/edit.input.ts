import { Field, ID, InputType, Int } from 'type-graphql';
import { FieldTransform, SyncDirection } from '../../entities/dual-write/enums';
import { EXPECTED_VERSION, MutationInput } from '../shared/mutation.input';
import { JsonScalar } from '../shared/scalars';

@InputType('ValuePairInput', { description: 'A line of a value map.' })
export class ValuePairInput {
  @Field(() => String, { description: 'The source\'s value, an option as its number; * stands for every other one.' }) from!: string;
  @Field(() => String, { nullable: true, description: 'What the target gets for it, an option as its number; null empties it.' }) to?: string | null;
}

@InputType('MasterKeyInput', { description: 'Where a lookup finds its key.' })
export class MasterKeyInput {
  @Field(() => String, { description: 'The master table of the target side.' }) table!: string;
  @Field(() => String, { description: 'The column that must hold the value.' }) column!: string;
}

@InputType('TableMapReferenceInput', { description: 'A column that names a record of another map: the record waits until that one has arrived.' })
export class TableMapReferenceInput {
  @Field(() => String, { description: 'The column of the Dataverse table.' }) column!: string;
  @Field(() => String, { description: 'The name of the table map that carries the named record.' }) map!: string;
}

@InputType('TableMapFieldInput', { description: 'A pair of columns, in the systems\' own names. Of several pairs with one target the first that has a value wins.' })
export class TableMapFieldInput {
  @Field(() => SyncDirection, { defaultValue: SyncDirection.DATAVERSE_TO_FINANCE, description: 'Which way it goes.' }) direction!: SyncDirection;
  @Field(() => String, { nullable: true, description: 'Column of the source, or a path through lookups such as msdyn_project.msdynce_projectnumber; none on a default.' }) source?: string | null;
  @Field(() => String, { description: 'Column of the target.' }) target!: string;
  @Field(() => FieldTransform, { defaultValue: FieldTransform.COPY, description: 'What it does to the value.' }) transform!: FieldTransform;
  @Field(() => [ValuePairInput], { nullable: true, description: 'VALUE_MAP: its lines.' }) valueMap?: ValuePairInput[] | null;
  @Field(() => String, { nullable: true, description: 'DEFAULT: the value, as text; an option as its number.' }) defaultValue?: string | null;
  @Field(() => MasterKeyInput, { nullable: true, description: 'LOOKUP: where the key must be found.' }) lookup?: MasterKeyInput | null;
  @Field(() => [String], { nullable: true, description: 'Values of the target that stay as they are; * for all, so that the column is set on insertion only.' }) keep?: string[] | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether a record without a value here is refused.' }) required!: boolean;
}

@InputType('ChangedTableMapFieldInput', { description: 'Another field pair in the place of one.' })
export class ChangedTableMapFieldInput {
  @Field(() => Int, { description: 'The place of the pair that is replaced: its sequence.' }) sequence!: number;
  @Field(() => TableMapFieldInput, { description: 'The new pair.' }) field!: TableMapFieldInput;
}

@InputType({ description: 'One table map that is edited.' })
abstract class EditedTableMapInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'The table map, by id.' }) id?: string | null;
  @Field(() => String, { nullable: true, description: 'The same, by the product\'s own name.' }) name?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('UpdateTableMapInput', { description: 'What is to be different in a stopped table map; what is left out stays.' })
export class UpdateTableMapInput extends EditedTableMapInput {
  @Field(() => String, { nullable: true, description: 'Which records go to finance: an OData filter over the Dataverse table\'s own columns; empty for all.' }) filter?: string | null;
  @Field(() => String, { nullable: true, description: 'Which records come back: the same over the finance table\'s own columns.' }) financeFilter?: string | null;
  @Field(() => [TableMapReferenceInput], { nullable: true, description: 'All its references, in the place of those that it has.' }) references?: TableMapReferenceInput[] | null;
  @Field(() => [TableMapFieldInput], { nullable: true, description: 'All its field pairs, in the place of those that it has.' }) fields?: TableMapFieldInput[] | null;
  @Field(() => [ChangedTableMapFieldInput], { nullable: true, description: 'Instead of all: the pairs that change.' }) changeFields?: ChangedTableMapFieldInput[] | null;
  @Field(() => [Int], { nullable: true, description: 'Instead of all: the sequences of the pairs that go.' }) removeFields?: number[] | null;
  @Field(() => [TableMapFieldInput], { nullable: true, description: 'Instead of all: pairs that come at the end.' }) addFields?: TableMapFieldInput[] | null;
  @Field(() => String, { nullable: true, description: 'What for; kept with the version.' }) comment?: string | null;
}

@InputType('ActivateTableMapVersionInput', { description: 'Which version of a stopped table map is to be the active one.' })
export class ActivateTableMapVersionInput extends EditedTableMapInput {
  @Field(() => String, { description: 'The number of the version, such as 1.0.0.22.' }) number!: string;
}

@InputType('IntegrationKeyInput', { description: 'The column of each side under which a record is the same one.' })
export class IntegrationKeyInput {
  @Field(() => String, { description: 'Column of the Dataverse table.' }) dataverse!: string;
  @Field(() => String, { description: 'Column of the finance table.' }) finance!: string;
}

@InputType('DocumentPathInput', { description: 'Where each side keeps the number of the proforma that a record belongs to: errors are listed under it.' })
export class DocumentPathInput {
  @Field(() => String, { nullable: true, description: 'Path from the Dataverse record.' }) dataverse?: string | null;
  @Field(() => String, { nullable: true, description: 'Path from the record of finance.' }) finance?: string | null;
}

@InputType('CreateTableMapInput', { description: 'The definition of a table map that the product does not ship.' })
export class CreateTableMapInput extends MutationInput {
  @Field(() => String, { description: 'A name that no other map has.' }) name!: string;
  @Field(() => Int, { nullable: true, description: 'Maps run in this order, those that others refer to first; after all others when left out.' }) sequence?: number | null;
  @Field(() => String, { description: 'Logical name of the Dataverse table.' }) dataverseTable!: string;
  @Field(() => String, { description: 'Name of the table in finance.' }) financeTable!: string;
  @Field(() => IntegrationKeyInput, { description: 'Under which columns a record is the same on both sides; a pair has to carry it.' }) integrationKey!: IntegrationKeyInput;
  @Field(() => String, { nullable: true, description: 'Path from a Dataverse record to the code of its legal entity; needed where the map goes to finance.' }) companyPath?: string | null;
  @Field(() => DocumentPathInput, { nullable: true, description: 'Where the number of its proforma stands.' }) documentPath?: DocumentPathInput | null;
  @Field(() => String, { defaultValue: '', description: 'Which records go to finance: an OData filter over the Dataverse table\'s own columns; empty for all.' }) filter!: string;
  @Field(() => String, { defaultValue: '', description: 'Which records come back: the same over the finance table\'s own columns.' }) financeFilter!: string;
  @Field(() => [TableMapReferenceInput], { defaultValue: [], description: 'Columns that name records of other maps.' }) references!: TableMapReferenceInput[];
  @Field(() => [TableMapFieldInput], { description: 'Its field pairs. Which way the map goes is which ways its pairs go.' }) fields!: TableMapFieldInput[];
  @Field(() => String, { nullable: true, description: 'What for; kept with the version.' }) comment?: string | null;
}

@InputType('ImportTableMapsInput', { description: 'Table maps that were exported, perhaps edited since, here or in another system.' })
export class ImportTableMapsInput extends MutationInput {
  @Field(() => JsonScalar, { description: 'The document as `exportTableMaps` gives it: as a JSON object, not as a text.' }) document!: unknown;
  @Field(() => Boolean, { defaultValue: false, description: 'Whether it only says what would change, and what would be refused; then nothing is written, whatever the states of the maps.' }) dryRun!: boolean;
  @Field(() => String, { nullable: true, description: 'What for; kept with the versions.' }) comment?: string | null;
}

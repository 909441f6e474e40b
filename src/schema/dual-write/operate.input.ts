import { Field, ID, InputType, Int } from 'type-graphql';
import { MasterSide, ResumeMode } from '../../entities/dual-write/enums';
import { graphEnum } from '../shared/enums';
import { EXPECTED_VERSION, LongMutationInput, MutationInput } from '../shared/mutation.input';

graphEnum(MasterSide, 'MasterSide', 'The side whose records an initial sync pushes to the other one.', {
  DATAVERSE: 'Dataverse pushes to finance.',
  FINANCE: 'Finance pushes to Dataverse: only for a map that has the way back.',
});
graphEnum(ResumeMode, 'ResumeMode', 'How a paused map goes on.', {
  CATCH_UP: 'After its queue: the oldest change first, and new changes behind it. Nothing is left out, and the order is kept.',
  SKIP_TO_LIVE_KEEPING_QUEUE: 'At once: new changes are carried, and the records of the queue become sync errors of the class CATCH_UP, to be retried when it suits.',
  SKIP_TO_LIVE_DISCARDING_QUEUE: 'At once: new changes are carried, and the queue is given up. A discarded record comes with its next change, or with an initial sync.',
});

@InputType('NamedTableMapInput', { description: 'A table map, by id or by name.' })
export class NamedTableMapInput {
  @Field(() => ID, { nullable: true, description: 'Its id.' }) id?: string | null;
  @Field(() => String, { nullable: true, description: 'The product\'s own name of it.' }) name?: string | null;
  @Field(() => Int, { nullable: true, description: EXPECTED_VERSION }) expectedVersion?: number | null;
}

@InputType('OperateTableMapsInput', { description: 'One or many table maps. All of them change, or none.' })
export class OperateTableMapsInput extends MutationInput {
  @Field(() => [NamedTableMapInput], { description: 'Which table maps.' }) tableMaps!: NamedTableMapInput[];
}

@InputType('ResumeTableMapsInput', { description: 'One or many table maps, and how they go on. All of them change, or none.' })
export class ResumeTableMapsInput extends LongMutationInput {
  @Field(() => [NamedTableMapInput], { description: 'Which table maps.' }) tableMaps!: NamedTableMapInput[];
  @Field(() => ResumeMode, { defaultValue: ResumeMode.CATCH_UP, description: 'How they go on. The modes that skip to live are also for a map that is RESUMING.' })
  mode!: ResumeMode;
}

@InputType('TableMapToRunInput', { description: 'A table map to run, by id or by name, and whether every record is pushed first.' })
export class TableMapToRunInput extends NamedTableMapInput {
  @Field(() => Boolean, {
    defaultValue: false, description: 'Whether every record of the master side is pushed first, in batches: the map is INITIALIZING until then. What the other side has already is left alone, and changes are queued meanwhile.',
  })
  initialSync!: boolean;
  @Field(() => MasterSide, { nullable: true, description: 'Which side pushes. Dataverse unless given; finance for a map that has only the way back.' }) master?: MasterSide | null;
}

@InputType('RunTableMapsInput', { description: 'One or many table maps to run. All of them change, or none.' })
export class RunTableMapsInput extends LongMutationInput {
  @Field(() => [TableMapToRunInput], { description: 'Which table maps.' }) tableMaps!: TableMapToRunInput[];
  @Field(() => Boolean, { defaultValue: false, description: 'Whether the maps that they depend on are run too, without an initial sync; to choose one for them, name them.' })
  withRelated!: boolean;
}

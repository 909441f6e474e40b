import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Run } from '../dual-write/sync.type';
import type { Related } from '../shared/node';
import { RecordField, RecordsField } from '../shared/payload';
import { Payload, UserError } from '../shared/user-error.type';
import { Actual } from './actual.type';
import { BulkConfirmationItem } from './bulk-confirmation.type';
import { ProformaInvoice } from './proforma-invoice.type';
import { Milestone, ProjectContract } from './project-contract.type';
import { Retainer } from './retainer.type';

@ObjectType('MarkTransactionsPayload', { description: 'What was marked.' })
export class MarkTransactionsPayload extends Payload {
  @Field(() => Int, { description: 'Actuals marked.' }) actualCount!: number;
  @Field(() => Int, { description: 'Milestones marked.' }) milestoneCount!: number;
  @Field(() => Int, { description: 'Retainers marked.' }) retainerCount!: number;
  @Field(() => Int, { description: 'Actuals of the named contracts that are left because they failed a not-to-exceed limit; 0 when marks are taken back.' }) failedActualCount!: number;
  @RecordsField(() => Actual, 'The actuals that were named; those found by contract are counted only.') actuals!: Related<Actual>[];
  @RecordsField(() => Milestone, 'The milestones that were named; those found by contract are counted only.') milestones!: Related<Milestone>[];
  @RecordsField(() => Retainer, 'The retainers that were named; those found by contract are counted only.') retainers!: Related<Retainer>[];
}

@ObjectType('CreateProformaInvoicesResult', { description: 'What came of one contract.' })
export class CreateProformaInvoicesResult {
  @RecordField(() => ProjectContract, 'The contract; null when there is none with this id.') contract!: Related<ProjectContract> | null;
  @RecordsField(() => ProformaInvoice, 'The new drafts, one per contract customer.') proformaInvoices!: Related<ProformaInvoice>[];
  @Field(() => [UserError], { description: 'Why this contract was refused.' }) errors!: UserError[];
}

@ObjectType('CreateProformaInvoicesPayload', { description: 'The new drafts, a result per contract: a refused contract leaves the others alone.' })
export class CreateProformaInvoicesPayload extends Payload {
  @Field(() => [CreateProformaInvoicesResult], { description: 'A result per contract, in the input\'s order.' }) results!: CreateProformaInvoicesResult[];
}

@ObjectType('DeleteProformaInvoicePayload', { description: 'What was deleted.' })
export class DeleteProformaInvoicePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the proforma that no longer exists; null when refused.' }) deletedProformaInvoiceId!: string | null;
}

@ObjectType('ReviseProformaInvoicePayload', { description: 'The draft that corrects.' })
export class ReviseProformaInvoicePayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The draft with the corrections; null when refused.') proformaInvoice!: Related<ProformaInvoice> | null;
  @Field(() => Int, { description: 'Corrections that were added to it.' }) correctionCount!: number;
}

@ObjectType('ConfirmProformaInvoicePayload', { description: 'The confirmed proforma.' })
export class ConfirmProformaInvoicePayload extends Payload {
  @RecordField(() => ProformaInvoice, 'The proforma; null when refused or still running.') proformaInvoice!: Related<ProformaInvoice> | null;
  @RecordField(() => Run, 'The run that confirms it.') run!: Related<Run> | null;
}

@ObjectType('ConfirmProformaInvoicesPayload', { description: 'The bulk confirmation, and a result per proforma.' })
export class ConfirmProformaInvoicesPayload extends Payload {
  @RecordField(() => Run, 'The run; null when refused. While it is RUNNING, ask it for its totals.') run!: Related<Run> | null;
  @RecordsField(() => BulkConfirmationItem, 'A result per proforma, in the input\'s order, as far as it has come. One that is named twice has one result.') results!: Related<BulkConfirmationItem>[];
}

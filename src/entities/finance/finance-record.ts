import { Index } from 'typeorm';
import { Id, Integer, Reference, Text } from '../columns';

/** What every finance table of the gateway has: a key, the legal entity, and versions. */
export abstract class FinanceRecord {
  @Id('gw_id') id!: string;

  /** The legal entity (dataAreaId) that the record belongs to. */
  @Text('dataAreaId', { length: 4 }) legalEntityId!: string;

  /** Row version: grows with every change by a command. */
  @Integer('RecVersion', { default: 1 }) version!: number;

  /** The change set that last changed columns which are written back. */
  @Index() @Reference('gw_changesetid', { nullable: true }) changeSetId!: string | null;

  /** Version of the Dataverse record that the sync last wrote here. */
  @Integer('gw_sourceversion', { default: 0 }) sourceVersion!: number;
}

/** Set-up of finance that a load brings and nothing in the gateway changes. */
export abstract class FinanceSetup {
  @Id('gw_id') id!: string;
}

export abstract class LegalEntitySetup extends FinanceSetup {
  @Text('dataAreaId', { length: 4 }) legalEntityId!: string;
}

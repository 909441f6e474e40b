import { Index } from 'typeorm';
import { Integer, Reference } from '../columns';

/** What every Dataverse table of the gateway has besides its own columns. */
export abstract class DataverseRecord {
  /** Row version: grows with every change by a command. The sync's own writes leave it alone. */
  @Integer('versionnumber', { default: 1 }) version!: number;

  /** The change set that last changed mapped columns; the sync log refers to it. */
  @Index() @Reference('gw_changesetid', { nullable: true }) changeSetId!: string | null;

  /** Version of the finance record that last wrote back to this one. */
  @Integer('gw_sourceversion', { default: 0 }) sourceVersion!: number;
}

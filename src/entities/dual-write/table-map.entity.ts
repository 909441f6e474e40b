import { Index } from 'typeorm';
import { Id, Integer, Json, Option, Table, Text } from '../columns';
import { TableMapStatus } from './enums';

/** A table map: which records go which way, by which key, and in which order. Its field pairs are rows of their own. */
@Table('DualWriteProjectConfiguration')
export class TableMap {
  @Id('gw_id') id!: string;
  /** The product's own name. */
  @Index({ unique: true }) @Text('ProjectName', { length: 200 }) name!: string;
  @Text('gw_version', { length: 20 }) mapVersion!: string;
  /** Maps run in this order; a map that others depend on comes first. */
  @Integer('gw_sequence') sequence!: number;
  @Text('ExternalEntityName', { length: 100 }) dataverseTable!: string;
  @Text('InternalEntityName', { length: 100 }) financeTable!: string;
  /** Key column of each side: the record is found on the other side by it. */
  @Json('IntegrationKey') integrationKey!: { dataverse: string; finance: string };
  /** The path from a Dataverse record to the code of its legal entity. Null where finance is the source: its records carry it. */
  @Text('PartitionMap', { length: 300, nullable: true }) companyPath!: string | null;
  /** OData filter over the Dataverse table's own columns, for the way to finance; empty takes every record. */
  @Text('QueryFilterExpression', { length: 1000, default: '' }) filter!: string;
  /** The same over the finance table's own columns, for the way back. */
  @Text('gw_financefilter', { length: 1000, default: '' }) financeFilter!: string;
  /** The path on each side to the number of the proforma that a record belongs to: errors are listed under it. */
  @Json('gw_documentpath', { nullable: true }) documentPath!: { dataverse: string | null; finance: string | null } | null;
  /** Columns that name records of another map: skipped where that map skips them, waiting until they have arrived. */
  @Json('gw_references') references!: { column: string; map: string }[];
  @Option('Status', 'TableMapStatus', TableMapStatus, { default: TableMapStatus.RUNNING }) status!: TableMapStatus;
  /** RESUMING: change sets that were logged up to then, in milliseconds since 1970, have to be carried before it runs. */
  @Integer('gw_catchupto', { nullable: true }) catchUpTo!: number | null;
  @Integer('gw_rowversion', { default: 1 }) version!: number;
}

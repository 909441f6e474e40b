import { StatementMigration } from './statement-migration';

/** Columns that the dual-write engine needs. Added in place: a table rebuild would lose the maps' field pairs on the way. */
export class TableMapDetails extends StatementMigration {
  readonly name = 'TableMapDetails1795473074611';
  protected readonly sqlite = [
    'ALTER TABLE "DualWriteProjectConfiguration" ADD COLUMN "gw_financefilter" varchar(1000) NOT NULL DEFAULT (\'\')',
    'ALTER TABLE "DualWriteProjectConfiguration" ADD COLUMN "gw_documentpath" text',
    'ALTER TABLE "DualWriteProjectFieldConfiguration" ADD COLUMN "gw_keep" text',
    'ALTER TABLE "DualWriteErrorLog" ADD COLUMN "gw_recordversion" bigint NOT NULL DEFAULT (0)',
  ];
  protected readonly postgres = [
    'ALTER TABLE "DualWriteProjectConfiguration" ADD "gw_financefilter" character varying(1000) COLLATE "C" NOT NULL DEFAULT \'\'',
    'ALTER TABLE "DualWriteProjectConfiguration" ADD "gw_documentpath" text COLLATE "C"',
    'ALTER TABLE "DualWriteProjectFieldConfiguration" ADD "gw_keep" text COLLATE "C"',
    'ALTER TABLE "DualWriteErrorLog" ADD "gw_recordversion" bigint NOT NULL DEFAULT \'0\'',
  ];
}

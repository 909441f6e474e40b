import type { MigrationInterface } from 'typeorm';
import { Initial } from './001-initial';
import { BillingBacklog } from './002-billing-backlog';
import { DocumentKeyOrder } from './003-document-key-order';
import { TableMapDetails } from './004-table-map-details';
import { StagingIndexes } from './005-staging-indexes';

/** Forward only, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [Initial, BillingBacklog, DocumentKeyOrder, TableMapDetails, StagingIndexes];

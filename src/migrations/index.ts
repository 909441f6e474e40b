import type { MigrationInterface } from 'typeorm';
import { Initial } from './001-initial';
import { BillingBacklog } from './002-billing-backlog';

/** Forward only, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [Initial, BillingBacklog];

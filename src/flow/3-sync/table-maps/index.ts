import { ACTUALS_MAP } from './actuals.map';
import { CONNECTIONS_MAP } from './connections.map';
import { CUSTOMER_INVOICES_MAP } from './customer-invoices.map';
import type { TableMapDefinition } from './definition';
import { INVOICES_MAP } from './invoices.map';
import { MILESTONES_MAP } from './milestones.map';

export type { FieldPairDefinition, TableMapDefinition } from './definition';

/** The table maps that the product ships, in the order in which they run. */
export const TABLE_MAP_DEFINITIONS: readonly TableMapDefinition[] = [
  INVOICES_MAP, ACTUALS_MAP, MILESTONES_MAP, CONNECTIONS_MAP, CUSTOMER_INVOICES_MAP,
];

import { SyncDirection } from './enums';

/** The product's own names of the five table maps. */
export const TABLE_MAPS = {
  invoices: 'Project invoice proposals V2 (invoices)',
  actuals: 'Project Operations integration actuals (msdyn_actuals)',
  connections: 'Integration entity for project transaction relationships (msdyn_transactionconnections)',
  milestones: 'Project Operations integration contract line milestones (msdyn_contractlinescheduleofvalues)',
  customerInvoices: 'Project Operations integration invoice proposal export entity (msdyn_customerinvoices)',
} as const;

/** A table map in one direction: what a change set is logged for. */
export interface MapFlow {
  readonly map: string;
  readonly direction: SyncDirection;
}

const forward = (map: string): MapFlow => ({ map, direction: SyncDirection.DATAVERSE_TO_FINANCE });
const back = (map: string): MapFlow => ({ map, direction: SyncDirection.FINANCE_TO_DATAVERSE });

export const MAP_FLOWS = {
  invoices: forward(TABLE_MAPS.invoices),
  actuals: forward(TABLE_MAPS.actuals),
  milestones: forward(TABLE_MAPS.milestones),
  connections: forward(TABLE_MAPS.connections),
  actualsWriteBack: back(TABLE_MAPS.actuals),
  customerInvoices: back(TABLE_MAPS.customerInvoices),
} as const;

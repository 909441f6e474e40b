import { InitialSync, Run, RunMap, SyncError, TableMap, TableMapActivity, TableMapField, TableMapVersion } from '../../../entities/dual-write';
import { defineSource, many, one, type Source } from '../source';
import { Alert } from '../../../entities/dual-write/alert.entity';
import { AlertRule } from '../../../entities/dual-write/alert-rule.entity';
import { actualSource, bulkConfirmationItemSource, proformaInvoiceSource } from './dataverse';

/** The dual-write part of the graph. */

export const tableMapSource: Source = defineSource({
  name: 'TableMap',
  entity: TableMap,
  relations: {
    fields: many(() => tableMapFieldSource, { on: 'tableMapId' }),
    errors: many(() => syncErrorSource, { from: 'name', on: 'mapName' }),
    versions: many(() => tableMapVersionSource, { on: 'tableMapId' }),
    initialSyncs: many(() => initialSyncSource, { on: 'tableMapId' }),
    activities: many(() => tableMapActivitySource, { from: 'name', on: 'mapName' }),
  },
  defaultOrder: [{ property: 'sequence', direction: 'ASC' }],
});

export const tableMapFieldSource: Source = defineSource({
  name: 'TableMapField',
  entity: TableMapField,
  relations: { tableMap: one(() => tableMapSource, { from: 'tableMapId' }) },
  defaultOrder: [{ property: 'sequence', direction: 'ASC' }],
});

export const tableMapVersionSource: Source = defineSource({
  name: 'TableMapVersion',
  entity: TableMapVersion,
  relations: { tableMap: one(() => tableMapSource, { from: 'tableMapId' }) },
  defaultOrder: [{ property: 'tableMapId', direction: 'ASC' }, { property: 'sequence', direction: 'DESC' }],
});

export const initialSyncSource: Source = defineSource({
  name: 'InitialSync',
  entity: InitialSync,
  relations: { tableMap: one(() => tableMapSource, { from: 'tableMapId' }) },
  defaultOrder: [{ property: 'startedOn', direction: 'DESC' }, { property: 'id', direction: 'DESC' }],
});

export const tableMapActivitySource: Source = defineSource({
  name: 'TableMapActivity',
  entity: TableMapActivity,
  relations: { tableMap: one(() => tableMapSource, { from: 'mapName', on: 'name' }) },
  defaultOrder: [{ property: 'on', direction: 'DESC' }, { property: 'id', direction: 'DESC' }],
});

export const syncErrorSource: Source = defineSource({
  name: 'SyncError',
  entity: SyncError,
  relations: {
    tableMap: one(() => tableMapSource, { from: 'mapName', on: 'name' }),
    actual: one(() => actualSource, { from: 'recordId' }),
    proformaInvoice: one(() => proformaInvoiceSource, { from: 'recordId' }),
  },
  defaultOrder: [{ property: 'lastOn', direction: 'DESC' }],
});

export const alertRuleSource: Source = defineSource({
  name: 'AlertRule',
  entity: AlertRule,
  relations: {
    tableMap: one(() => tableMapSource, { from: 'mapName', on: 'name' }),
    alerts: many(() => alertSource, { on: 'ruleId' }),
  },
  defaultOrder: [{ property: 'name', direction: 'ASC' }],
});

export const alertSource: Source = defineSource({
  name: 'Alert',
  entity: Alert,
  relations: {
    rule: one(() => alertRuleSource, { from: 'ruleId' }),
    tableMap: one(() => tableMapSource, { from: 'mapName', on: 'name' }),
  },
  defaultOrder: [{ property: 'firedOn', direction: 'DESC' }, { property: 'id', direction: 'DESC' }],
});

export const runSource: Source = defineSource({
  name: 'Run',
  entity: Run,
  relations: {
    maps: many(() => runMapSource, { on: 'runId' }),
    bulkConfirmationItems: many(() => bulkConfirmationItemSource, { on: 'runId' }),
  },
  defaultOrder: [{ property: 'startedOn', direction: 'DESC' }],
});

export const runMapSource: Source = defineSource({
  name: 'RunMap', entity: RunMap, relations: { run: one(() => runSource, { from: 'runId' }) },
});

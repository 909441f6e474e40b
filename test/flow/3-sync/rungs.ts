import { tableOf, type EntityClass } from '../../../src/entities/columns';
import {
  Actual, ProformaInvoice, ProformaInvoiceStatus, TransactionConnection, BillingStatus, BillingType, CONNECTION_ROLES, RECORD_TYPES,
  TransactionClassification, TransactionType,
} from '../../../src/entities/dataverse';
import { SyncError, type MapFlow, type RunMap } from '../../../src/entities/dual-write';
import type { CommandContext } from '../../../src/context';
import { runSync, type SyncInput, type SyncReport } from '../../../src/flow/3-sync/run/run-sync.command';
import { decimal, ZERO } from '../../../src/kernel/decimal';
import { insertRows, selectRows, updateRows } from '../../../src/stores/bulk';
import { logChangeSet } from '../../../src/stores/dual-write/sync-log.store';
import { execute, query, raw, sql, type Session } from '../../../src/stores/session';
import type { Database } from '../../../src/stores/unit-of-work';
import { buildWorld, type World } from '../../support/builders';
import type { TestGateway } from '../../support/engines';

type Gateway = Pick<TestGateway, 'database' | 'context'>;

export function sync(gateway: Gateway, input: SyncInput = {}): Promise<SyncReport> {
  return runSync(gateway.context, input, { mutation: 'sync', input });
}

/** What a report says about one table map and direction. */
export function reported(report: SyncReport, flow: MapFlow): Pick<RunMap, 'read' | 'written' | 'skipped' | 'failed' | 'waiting'> {
  const { read, written, skipped, failed, waiting } = report.maps.find((map) => map.mapName === flow.map && map.direction === flow.direction)!;
  return { read, written, skipped, failed, waiting };
}

/** Changes records as one command would: each with a higher version, stamped with one change set that is logged, unless `flows` is empty. */
export async function changeAll<T extends { id: string; version: number; changeSetId: string | null }>(
  { database, context }: Gateway, entity: EntityClass<T>, changes: readonly (Partial<T> & { id: string })[], flows: readonly MapFlow[],
): Promise<void> {
  const changeSetId = context.ids.next();
  const key = raw(`"${tableOf(entity).key.column}"`);
  await database.write(async (work) => {
    for (const changed of changes) {
      const [row] = await selectRows(work, entity, sql`WHERE t.${key} = ${changed.id}`);
      await updateRows(work, entity, [{ ...changed, version: row!.version + 1, changeSetId } as Partial<T>]);
    }
    await logChangeSet(work, context, changeSetId, flows.length === 0 ? [] : [entity]);
  });
}

export async function change<T extends { id: string; version: number; changeSetId: string | null }>(
  gateway: Gateway, entity: EntityClass<T>, id: string, changes: Partial<T>, flows: readonly MapFlow[],
): Promise<void> {
  await changeAll(gateway, entity, [{ ...changes, id } as Partial<T> & { id: string }], flows);
}

let proformas = 0;

/** A proforma without lines, inserted as it would stand after its confirmation, or in another status. */
export async function addProforma(
  { database, context }: Gateway, world: World, changes: Partial<Omit<ProformaInvoice, 'changeSetId'>> = {},
): Promise<{ id: string; number: string }> {
  proformas += 1;
  const row = {
    id: context.ids.next(), number: `PF-${proformas}`, name: `Proforma ${proformas}`, customerId: world.facts.customers[0]!.accountId,
    contractId: world.contractId, contractCustomerId: world.facts.customers[0]!.contractCustomerId, currencyId: world.facts.currencyId,
    status: ProformaInvoiceStatus.CONFIRMED, createdOn: '2026-06-30T12:00:00.000Z', confirmedOn: '2026-06-30T12:00:00.000Z', accountingDate: '2026-06-30',
    billedActualCount: 0, billedActualChecksum: 'checksum', chargeableAmount: ZERO, totalAmount: ZERO, changeSetId: context.ids.next(), ...changes,
  };
  await database.write(async (work) => {
    await insertRows(work, ProformaInvoice, [row]);
    await logChangeSet(work, context, row.changeSetId, [ProformaInvoice]);
  });
  return { id: row.id, number: row.number };
}

/** An actual of a world that can be carried, as a row that a test completes and inserts. */
export function actualRow({ context }: Gateway, world: World, changes: Partial<Actual> = {}): Partial<Actual> & { id: string } {
  return {
    id: context.ids.next(), description: 'Work', transactionType: TransactionType.UNBILLED_SALES, classification: TransactionClassification.TIME,
    billingType: BillingType.CHARGEABLE, billingStatus: BillingStatus.UNBILLED_SALES_CREATED, skipSync: false, quantity: decimal('1'), price: decimal('100'),
    amount: decimal('100'), currencyId: world.facts.currencyId, transactionDate: '2026-06-10', documentDate: '2026-06-10', accountingDate: '2026-06-10',
    contractId: world.contractId, contractLineId: world.facts.lines.timeAndMaterial, customerId: world.facts.customers[0]!.accountId,
    projectId: world.facts.projects.timeAndMaterial.id, categoryId: world.facts.categories[TransactionClassification.TIME], ...changes,
  };
}

export function connectionRow({ context }: Gateway, firstId: string, secondId: string, changes: Partial<TransactionConnection> = {}) {
  return {
    id: context.ids.next(), transaction1Id: firstId, transaction1Role: CONNECTION_ROLES.reversing, transaction1Type: RECORD_TYPES.actual,
    transaction2Id: secondId, transaction2Role: CONNECTION_ROLES.original, transaction2Type: RECORD_TYPES.actual, ...changes,
  };
}

/** Inserts records as one change set and logs it, as one command would. */
export async function addChangeSet(
  { database, context }: Gateway, records: { actuals?: Partial<Actual>[]; connections?: Partial<TransactionConnection>[] },
): Promise<string> {
  const changeSetId = context.ids.next();
  const stamped = <T>(rows: Partial<T>[] = []) => rows.map((row) => ({ ...row, changeSetId }));
  await database.write(async (work) => {
    await insertRows(work, Actual, stamped(records.actuals));
    await insertRows(work, TransactionConnection, stamped(records.connections));
    await logChangeSet(work, context, changeSetId, [
      ...(records.actuals ? [Actual] : []), ...(records.connections ? [TransactionConnection] : []),
    ]);
  });
  return changeSetId;
}

/** The error of a record; null when it has none. */
export async function errorOf({ database }: Pick<Gateway, 'database'>, recordId: string): Promise<SyncError | null> {
  const [error] = await selectRows(database.reader, SyncError, sql`WHERE t."RecordIdentifier" = ${recordId}`);
  return error ?? null;
}

/** The tables that the table maps write to, and the sync's own. */
export const TARGET_TABLES = ['ProjProposalJour', 'ProjCDSActualsImport', 'ProjCDSTransactionRelationshipImport', 'ProjCDSContractLineMilestoneImport'] as const;
const WHOLE = [...TARGET_TABLES, 'invoice', 'msdyn_actual', 'msdyn_transactionconnection', 'gw_synclog', 'DualWriteErrorLog'] as const;

/** Every column of every row of the tables that a sync can touch. */
export async function wholeState(session: Session): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of WHOLE) {
    const rows = await query<object>(session, raw(`SELECT * FROM "${table}"`));
    tables[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return tables;
}

/** Removes rows, as only a test does. */
export async function deleteRows({ database }: Pick<Gateway, 'database'>, table: string, column: string, value: string): Promise<void> {
  await database.write((work) => execute(work, sql`DELETE FROM ${raw(`"${table}"`)} WHERE ${raw(`"${column}"`)} = ${value}`));
}

export async function clearErrors({ database }: Pick<Gateway, 'database'>): Promise<void> {
  await database.write((work) => execute(work, raw('DELETE FROM "DualWriteErrorLog"')));
}

/** A contract of its own for a test, with nothing left to carry and no errors. */
export async function freshWorld(gateway: TestGateway): Promise<World> {
  await sync(gateway);
  await clearErrors(gateway);
  return buildWorld(gateway);
}

/** The same context, a minute and more later: leases that somebody left behind have expired. */
export function laterContext(context: CommandContext, minutes = 5): CommandContext {
  const instant = new Date(context.clock.now().getTime() + minutes * 60_000);
  return { ...context, clock: { now: () => new Date(instant) } };
}

/** A database that does something between two units of work: before the one with this number, counted from zero. */
export function interrupted(database: Database, before: number, interruption: () => Promise<unknown>): Database {
  let count = 0;
  const between: Database = Object.create(database);
  between.write = async (work) => {
    if (count++ === before) await interruption();
    return database.write(work);
  };
  return between;
}

/** A database whose process falls silent after some units of work: nothing of it ends any more, until it is buried. */
export function dyingAfter(database: Database, unitsOfWork: number): { dying: Database; bury: () => void } {
  let left = unitsOfWork;
  let bury!: () => void;
  const silence = new Promise<never>((_resolve, reject) => { bury = () => reject(new Error('buried')); });
  silence.catch(() => undefined);
  const dying: Database = Object.create(database);
  dying.write = (work) => {
    left -= 1;
    return left >= 0 ? database.write(work) : silence;
  };
  return { dying, bury };
}

/** A database whose process ends before, or right after, the given unit of work commits. */
export function endingAt(database: Database, unitsOfWork: number, when: 'before' | 'after'): Database {
  let left = unitsOfWork;
  const ending: Database = Object.create(database);
  ending.write = async (work) => {
    if (left < 0) throw new Error('the process has ended');
    left -= 1;
    if (left >= 0) return database.write(work);
    if (when === 'after') await database.write(work);
    throw new Error('the process has ended');
  };
  return ending;
}

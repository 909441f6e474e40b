import { Actual, Milestone, ProformaInvoice, TransactionType } from '../../../../src/entities/dataverse';
import {
  MAP_FLOWS, SyncError, SyncErrorStatus, SyncLogEntry, SyncLogStatus, TABLE_MAPS, TableMapStatus, type MapFlow,
} from '../../../../src/entities/dual-write';
import { FinanceProject } from '../../../../src/entities/finance';
import { dismissSyncErrors } from '../../../../src/flow/3-sync/errors/dismiss-sync-errors.command';
import { retrySyncErrors } from '../../../../src/flow/3-sync/errors/retry-sync-errors.command';
import { CARRYING } from '../../../../src/flow/3-sync/operate/table-map.states';
import { insertRows, selectRows } from '../../../../src/stores/bulk';
import { readKeysOfChangeSet } from '../../../../src/stores/dual-write/source.store';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { raw, sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import type { World } from '../../../support/builders';
import type { TestGateway } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { change, deleteRows, endingAt, sync } from '../rungs';
import { operate, type Operation } from '../operate/operating';
import { preparedMaps, recordIn } from './model';

/** What happens, and a number that decides to which map, record or moment. */
export interface Step {
  readonly kind: keyof typeof CHANGES | keyof typeof DISTURBANCES;
  readonly pick: number;
}

const MAPS = Object.values(TABLE_MAPS);
const MODES = ['CATCH_UP', 'SKIP_TO_LIVE_KEEPING_QUEUE', 'SKIP_TO_LIVE_DISCARDING_QUEUE'] as const;

/** Somebody who changes records and operates table maps, and remembers which changes were given up on purpose. */
export class OrderDesk {
  readonly told: string[] = [];
  /** Records that were discarded or dismissed since their last change, as `recordIn` names them. */
  readonly lost = new Set<string>();
  private away: FinanceProject | null = null;

  constructor(readonly gateway: TestGateway, readonly world: World) {}

  private get reader() {
    return this.gateway.database.reader;
  }

  async perform({ kind, pick }: Step): Promise<void> {
    this.told.push(`${kind} ${pick}`);
    await ({ ...CHANGES, ...DISTURBANCES })[kind](this, pick);
  }

  async edit(entity: typeof Actual | typeof Milestone | typeof ProformaInvoice, pick: number, changed: object, flow: MapFlow): Promise<void> {
    // In the order in which they came to be, which is that of their ids: alike in every run of the same changes.
    const rows: { id: string; transactionType?: number }[] = await selectRows<{ id: string }>(this.reader, entity as never, raw(''));
    const candidates = rows.filter((row) => row.transactionType === undefined || row.transactionType === TransactionType.UNBILLED_SALES).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (candidates.length === 0) return;
    const { id } = candidates[pick % candidates.length]!;
    await change(this.gateway, entity as typeof Actual, id, changed, [flow]);
    this.lost.delete(recordIn(flow, id));
  }

  /** A map in one of the states; of all maps where none is, so that a refusal is met too. */
  private async mapIn(states: readonly TableMapStatus[], pick: number): Promise<string> {
    const maps = await readTableMaps(this.reader);
    const fitting = maps.filter((map) => states.includes(map.status));
    const candidates = (fitting.length > 0 ? fitting : maps).sort((a, b) => a.sequence - b.sequence);
    return candidates[pick % candidates.length]!.name;
  }

  async operate(operation: Operation, from: readonly TableMapStatus[], pick: number): Promise<void> {
    const map = await this.mapIn(from, pick);
    const { errors } = await operate(this.gateway, operation, [map]);
    this.told.push(`  ${map}: ${errors.length > 0 ? 'refused' : 'done'}`);
  }

  async resume(pick: number): Promise<void> {
    const map = await this.mapIn([TableMapStatus.PAUSED, TableMapStatus.RESUMING], pick);
    const mode = MODES[pick % MODES.length]!;
    const queued = mode === 'SKIP_TO_LIVE_DISCARDING_QUEUE' ? await this.queuedRecords(map) : [];
    const { errors } = await operate(this.gateway, 'resumeTableMaps', [map], { mode });
    this.told.push(`  ${map}: ${errors.length > 0 ? 'refused' : mode}`);
    if (errors.length === 0) for (const record of queued) this.lost.add(record);
  }

  /** Starts a map that stands still with a push of all its records; what is changed meanwhile waits behind. */
  async initialSync(pick: number): Promise<void> {
    const name = await this.mapIn([TableMapStatus.STOPPED, TableMapStatus.PAUSED], pick);
    const input = { tableMaps: [{ name, initialSync: true, ...(name === TABLE_MAPS.customerInvoices && { master: 'FINANCE' }) }] };
    const { runTableMaps } = await ask(this.gateway, `mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) { ${ERRORS} } }`, { input });
    this.told.push(`  ${name}: ${runTableMaps.errors.length > 0 ? 'refused' : 'pushed'}`);
  }

  private async queuedRecords(mapName: string): Promise<string[]> {
    const queued: string[] = [];
    for (const map of (await preparedMaps(this.reader)).filter(({ flow }) => flow.map === mapName)) {
      const entries = await selectRows(this.reader, SyncLogEntry, sql`
        WHERE t."gw_map" = ${mapName} AND t."gw_direction" = ${map.flow.direction} AND t."gw_status" = ${SyncLogStatus.OPEN}`);
      for (const { changeSetId } of entries) {
        queued.push(...(await readKeysOfChangeSet(this.reader, map.source, changeSetId, null, 10_000)).map((key) => recordIn(map.flow, key)));
      }
    }
    return queued;
  }

  /** A run that its process leaves after some units of work: before it stores the last one, or right behind. */
  async cutSync(pick: number): Promise<void> {
    const database = endingAt(this.gateway.database, 2 + (pick % 7), pick % 2 === 0 ? 'before' : 'after');
    await sync({ database, context: { ...this.gateway.context, database } }).then(() => undefined, (error: unknown) => {
      if (!(error instanceof Error && error.message === 'the process has ended')) throw error;
      this.told.push('  cut');
    });
  }

  async retry(pick: number): Promise<void> {
    const running = (await readTableMaps(this.reader)).filter((map) => CARRYING.includes(map.status));
    const errors = (await this.errors([SyncErrorStatus.OPEN, SyncErrorStatus.WAITING])).filter((error) => running.some((map) => map.name === error.mapName));
    const some = errors.slice(0, 1 + (pick % 3)).map((error) => error.id);
    const input = pick % 2 === 0 || some.length === 0 ? { all: true } : { errorIds: some };
    await retrySyncErrors(this.gateway.context, input, { mutation: 'retrySyncErrors', input });
  }

  async dismiss(pick: number): Promise<void> {
    const errors = (await this.errors([SyncErrorStatus.OPEN, SyncErrorStatus.WAITING])).slice(0, 1 + (pick % 2));
    const input = { errorIds: errors.map((error) => error.id) };
    if (errors.length > 0) await dismissSyncErrors(this.gateway.context, input, { mutation: 'dismissSyncErrors', input });
    for (const { mapName, direction, recordId } of errors) this.lost.add(recordIn({ map: mapName, direction }, recordId));
    this.told.push(errors.length > 0 ? '  dismissed' : '  nothing to dismiss');
  }

  private async errors(statuses: readonly SyncErrorStatus[]): Promise<SyncError[]> {
    return (await selectRows(this.reader, SyncError, raw('ORDER BY t."RecordIdentifier"'))).filter((error) => statuses.includes(error.status));
  }

  /** Finance lacks the project: nothing of it can arrive until it is there again. */
  async takeProjectAway(): Promise<void> {
    if (this.away) return;
    const { number } = this.world.facts.projects.timeAndMaterial;
    [this.away = null] = await selectRows(this.reader, FinanceProject, sql`WHERE t."ProjectId" = ${number}`);
    await deleteRows(this.gateway, 'Projects', 'ProjectId', number);
  }

  async bringProjectBack(): Promise<void> {
    const project = this.away;
    if (project) await this.gateway.database.write((work) => insertRows(work, FinanceProject, [project]));
    this.away = null;
  }

  /** Nothing is in the way any more: every map runs, every queue is carried, and every error is tried again. */
  async driveToTheEnd(): Promise<void> {
    await this.bringProjectBack();
    for (let round = 0; round < 3; round += 1) {
      const halted = (await readTableMaps(this.reader)).filter((map) => [TableMapStatus.PAUSED, TableMapStatus.STOPPED].includes(map.status));
      for (const map of halted) await operate(this.gateway, 'runTableMaps', [map.name]);
      await sync(this.gateway);
      await retrySyncErrors(this.gateway.context, { all: true }, { mutation: 'retrySyncErrors', input: { all: true } });
    }
  }

  /** What is left of the way to the end: maps that do not run, change sets that wait, errors that nobody gave up. */
  async leftOver(): Promise<string[]> {
    const maps = (await readTableMaps(this.reader)).filter((map) => map.status !== TableMapStatus.RUNNING);
    const entries = await selectRows(this.reader, SyncLogEntry, sql`WHERE t."gw_status" NOT IN (${SyncLogStatus.DONE}, ${SyncLogStatus.DISCARDED})`);
    const open = await this.errors([SyncErrorStatus.OPEN]);
    return [
      ...maps.map((map) => `${map.name} is ${TableMapStatus[map.status]}`), ...entries.map((entry) => `a change set of ${entry.mapName} is still logged`),
      ...open.map((error) => `${error.recordId} still fails: ${error.message}`),
    ];
  }

  /** Pushes every record, also those that were given up. */
  async pushEverything(): Promise<void> {
    await operate(this.gateway, 'stopTableMaps', MAPS);
    const tableMaps = [
      ...[TABLE_MAPS.invoices, TABLE_MAPS.actuals, TABLE_MAPS.milestones, TABLE_MAPS.connections].map((name) => ({ name, initialSync: true })),
      { name: TABLE_MAPS.customerInvoices, initialSync: true, master: 'FINANCE' },
    ];
    await this.runMaps(tableMaps);
    await operate(this.gateway, 'stopTableMaps', [TABLE_MAPS.actuals]);
    await this.runMaps([{ name: TABLE_MAPS.actuals, initialSync: true, master: 'FINANCE' }]);
    await sync(this.gateway);
  }

  private async runMaps(tableMaps: readonly object[]): Promise<void> {
    const { runTableMaps } = await ask(this.gateway, `mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) { run { status } ${ERRORS} } }`, { input: { tableMaps } });
    if (runTableMaps.errors.length > 0) throw new Error(JSON.stringify(runTableMaps.errors));
  }
}

type Perform = (desk: OrderDesk, pick: number) => Promise<unknown>;

/** What users change; the same in a run that nothing disturbs. */
export const CHANGES = {
  enterWork: (desk, pick) => desk.world.unbilledMany(1 + (pick % 4)),
  planMilestone: (desk, pick) => desk.world.milestone({ amount: String(1000 + pick) }),
  describeWork: (desk, pick) => desk.edit(Actual, pick, { description: `Described ${pick}` }, MAP_FLOWS.actuals),
  renameMilestone: (desk, pick) => desk.edit(Milestone, pick, { name: `Renamed ${pick}` }, MAP_FLOWS.milestones),
  renameProforma: (desk, pick) => desk.edit(ProformaInvoice, pick, { name: `Renamed ${pick}` }, MAP_FLOWS.invoices),
  bill: (desk) => desk.world.confirmedProformas().catch(refused(desk)),
} satisfies Record<string, Perform>;

/** What operators do, and what fails. */
export const DISTURBANCES = {
  sync: (desk) => sync(desk.gateway),
  syncTwice: (desk) => Promise.all([sync(desk.gateway), sync(desk.gateway)]),
  syncCut: (desk, pick) => desk.cutSync(pick),
  pause: (desk, pick) => desk.operate('pauseTableMaps', CARRYING, pick),
  pauseDuringSync: (desk, pick) => Promise.all([sync(desk.gateway), desk.operate('pauseTableMaps', CARRYING, pick)]),
  resume: (desk, pick) => desk.resume(pick),
  stop: (desk, pick) => desk.operate('stopTableMaps', CARRYING, pick),
  run: (desk, pick) => desk.operate('runTableMaps', [TableMapStatus.STOPPED, TableMapStatus.PAUSED], pick),
  initialSync: (desk, pick) => desk.initialSync(pick),
  retry: (desk, pick) => desk.retry(pick),
  dismiss: (desk, pick) => desk.dismiss(pick),
  takeProjectAway: (desk) => desk.takeProjectAway(),
  bringProjectBack: (desk) => desk.bringProjectBack(),
} satisfies Record<string, Perform>;

/** Nothing that is ready is no reason to fail: the sequence goes on. */
const refused = (desk: OrderDesk) => (error: unknown): void => {
  desk.told.push(`  refused: ${(error as Error).message}`);
};

export const isChange = ({ kind }: Step): boolean => kind in CHANGES;

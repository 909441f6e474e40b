import { setTimeout as pause } from 'node:timers/promises';
import { TABLE_MAPS, TableMap } from '../../../../src/entities/dual-write';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { changeRow } from '../../../../src/stores/change-row';
import { lockTableMaps, readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { query, sql, type UnitOfWork } from '../../../../src/stores/session';
import { Database } from '../../../../src/stores/unit-of-work';
import { contextOn, freshLocation, type TestGateway } from '../../../support/engines';
import { operated } from '../operate/operating';
import { exported, imported, importing } from './moving';

const { milestones } = TABLE_MAPS;
const POLL_MS = 20;

/** SQLite lets one unit of work write at a time, so that nothing comes between. */
describe('an import while somebody else makes a map of its document [postgres]', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const location = await freshLocation('postgres');
    const database = await Database.open(location);
    gateway = { engine: 'postgres', location, database, context: contextOn(database) };
    await ensureTableMaps(gateway.context);
  });
  afterAll(async () => gateway.database.close());

  /** Begins a unit of work that does something and stays open. Gives what ends it. */
  async function heldOpen(act: (work: UnitOfWork) => Promise<unknown>): Promise<() => Promise<void>> {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    let ended: Promise<void> = Promise.resolve();
    await new Promise<void>((resolve, reject) => {
      ended = gateway.database.write(async (work) => {
        await act(work);
        resolve();
        await released;
      });
      ended.catch(reject);
    });
    return async () => {
      release();
      await ended;
    };
  }

  async function untilSomebodyWaits(): Promise<void> {
    const waits = sql`SELECT 1 AS "waits" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await query(gateway.database.reader, waits)).length === 0) await pause(POLL_MS);
  }

  const mapCalled = async (name: string) => (await readTableMaps(gateway.database.reader)).find((map) => map.name === name)!;

  it('MAPEDIT-07 locks that one as well before it decides what to change', async () => {
    await operated(gateway, 'stopTableMaps', milestones);
    const document = await exported(gateway, [milestones]);
    const [shipped] = document.tableMaps;
    const own = (filter: string) => ({ ...shipped!, name: 'Just made', filter });
    const wanted = { ...document, tableMaps: [{ ...shipped!, filter: 'msdyn_amount gt 1' }, own('msdyn_amount gt 1')] };

    const { id } = await mapCalled(milestones);
    const endFirst = await heldOpen((work) => lockTableMaps(work, [id]));
    const answer = importing(gateway, wanted);
    await untilSomebodyWaits();
    await imported(gateway, { ...document, tableMaps: [own('msdyn_amount gt 2')] });
    const made = await mapCalled('Just made');
    const endSecond = await heldOpen((work) => changeRow(work, TableMap, { id: made.id, version: made.version, status: made.status }, { version: made.version + 1 }));
    await endFirst();
    await untilSomebodyWaits();
    await endSecond();
    expect(await answer).toMatchObject({ errors: [], tableMaps: [{ name: milestones, outcome: 'CHANGED' }, { name: 'Just made', outcome: 'CHANGED', tableMap: { version: made.version + 2 } }] });
  });
});

import { RunStatus, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { StagedActual } from '../../../../src/entities/finance';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import * as limits from '../../../../src/flow/3-sync/sync-limits';
import { selectRows } from '../../../../src/stores/bulk';
import { execute, raw, sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { actualRow, addChangeSet, freshWorld, interrupted, laterContext, reported, sync } from '../rungs';

const { actuals } = TABLE_MAPS;
/** Two chunks and a half. */
const RECORDS = 1200;

onBothEngines('a run that has lost its change set to another one', (gateway) => {
  it('SYNC-18 carries no other chunk of it, and says who holds it until when', async () => {
    await ensureTableMaps(gateway().context);
    const world = await freshWorld(gateway());
    await addChangeSet(gateway(), { actuals: Array.from({ length: RECORDS }, () => actualRow(gateway(), world)) });
    const staged = async () => (await selectRows(gateway().database.reader, StagedActual, raw(''))).length;
    const before = await staged();
    // It has been silent for so long that another run has taken over: the run, its report, the claim and a chunk are stored by then.
    const database = interrupted(gateway().database, 4, () => gateway().database.write((work) => execute(work, sql`
      UPDATE "gw_synclog" SET "gw_leaseowner" = 'another run', "gw_leaseexpires" = '2026-06-30T12:03:00.000Z' WHERE "gw_leaseowner" IS NOT NULL`)));
    const waitMax = jest.replaceProperty(limits, 'OTHER_RUN_WAIT_MS_MAX', 100 as never);
    try {
      const report = await sync({ database, context: { ...gateway().context, database } }, { maps: [actuals] });
      expect(report.run).toMatchObject({ status: RunStatus.FINISHED_WITH_ERRORS, message: expect.stringContaining('1 change set is held by another run until 12:03:00 UTC') });
      const flow = { map: actuals, direction: report.maps[0]!.direction };
      expect([await staged() - before, reported(report, flow)]).toEqual([500, { read: 500, written: 500, skipped: 0, failed: 0, waiting: 0 }]);
    } finally {
      waitMax.restore();
    }
    await sync({ database: gateway().database, context: laterContext(gateway().context) });
    expect(await staged() - before).toBe(RECORDS);
  });
});

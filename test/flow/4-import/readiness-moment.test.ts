import { TABLE_MAPS } from '../../../src/entities/dual-write';
import { loadReadiness } from '../../../src/flow/4-import/load-readiness';
import { lineBlockersOf } from '../../../src/flow/4-import/readiness.rules';
import { runSync } from '../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { buildWorld } from '../../support/builders';
import { onBothEngines, TEST_NOW } from '../../support/engines';

onBothEngines('the moment at which a proposal is found ready', (gateway) => {
  it('IMPORT-08 a billed actual that comes while readiness is looked at is not taken for one that waits for nothing', async () => {
    const { context, database } = gateway();
    await ensureTableMaps(context);
    const world = await buildWorld(gateway());
    await world.unbilled();
    const documentId = await world.confirmedProforma();
    const { number, billedActualCount, billedActualChecksum } = (await database.reader.manager.query(
      'SELECT "invoicenumber" AS "number", "gw_billedactualcount" AS "billedActualCount", "gw_billedactualchecksum" AS "billedActualChecksum" FROM "invoice"',
    ) as { number: string; billedActualCount: number; billedActualChecksum: string }[])[0]!;
    const subject = { number, documentId, expectedCount: Number(billedActualCount), expectedChecksum: billedActualChecksum, proposal: null };
    const readiness = await loadReadiness(database.reader, [subject], {
      now: TEST_NOW,
      findIssues: async () => {
        // Nothing is staged yet that could wait; then the sync brings it, and its connection later still.
        await runSync(context, { maps: [TABLE_MAPS.actuals] }, { mutation: 'sync', input: {} });
        return [];
      },
    });
    expect(lineBlockersOf(readiness.get(number)!).map(({ code }) => code)).toEqual(['ACTUALS_NOT_SYNCED']);
  });
});

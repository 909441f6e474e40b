import fc from 'fast-check';
import { sql } from '../../../../src/stores/session';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { onBothEngines } from '../../../support/engines';
import { changesBetween, snapshotOf } from '../../../support/whole-database';
import { ImportDesk } from '../../4-import/import-desk';
import { loseActual, quarantine, release } from './quarantine-desk';

const ROWS = 5;

onBothEngines('quarantine and release', (gateway) => {
  /** Everything that is stored, but for the log of what was done and how often a row was written. */
  async function substance() {
    const whole = [...await snapshotOf(gateway().database.reader)].filter(([table]) => table !== 'gw_activity');
    return new Map(whole.map(([table, text]) => [table, text.replace(/"RecVersion":"?\d+"?/g, '')]));
  }

  it('ORPHAN-05 leave everything as if nothing had happened, whichever sources were gone, however the rows were named, and import then takes up all of them', async () => {
    const desk = await ImportDesk.open(gateway());
    const actuals = (await desk.world.unbilledMany(ROWS, { cost: false })).map(({ unbilledId }) => unbilledId);
    await desk.sync();
    await desk.change(sql`DELETE FROM "msdyn_transactionorigin"`);
    const idOf = async (actualId: string) => globalIdOf('StagedActual', (await desk.staged(actualId)).id);
    await fc.assert(fc.asyncProperty(fc.subarray(actuals, { minLength: 1 }), fc.boolean(), fc.boolean(), async (lost, all, isBackFirst) => {
      const before = await substance();
      const back: (() => Promise<void>)[] = [];
      for (const id of lost) back.push(await loseActual(desk, id));
      const bringBack = async () => { for (const bring of back) await bring(); };
      const input = all ? { all } : { ids: await Promise.all(lost.map(idOf)) };
      expect(await quarantine(gateway(), input)).toMatchObject({ stagedActualCount: lost.length, errors: [] });
      if (isBackFirst) await bringBack();
      expect(await release(gateway(), { ...input, evenWithoutSource: !isBackFirst })).toMatchObject({ stagedActualCount: lost.length, errors: [] });
      if (!isBackFirst) await bringBack();
      expect(changesBetween(before, await substance())).toEqual([]);
    }), { numRuns: 6 });
    expect((await desk.import()).journalLineCount).toBe(ROWS);
  });
});

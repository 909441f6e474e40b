import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { timeOrderedIds } from '../../../src/kernel/ids';
import { Database } from '../../../src/stores/unit-of-work';
import { contextOn, ENGINES, freshLocation } from '../../support/engines';
import { load, smallCompany, sourcesOf } from './small-company';

/** Programs that load at the same time. */
const LOADERS = 4;

describe.each(ENGINES)('several loads at once [%s]', (engine) => {
  it('LOAD-20 of the same records one brings them, and the others find them unchanged', async () => {
    const location = await freshLocation(engine);
    const databases = await Promise.all(Array.from({ length: LOADERS }, () => Database.open(location)));
    try {
      await ensureTableMaps({ ...contextOn(databases[0]!), ids: timeOrderedIds() });
      const loads = databases.map((database) => load({ ...contextOn(database), ids: timeOrderedIds() }, sourcesOf(smallCompany())));
      const outcomes = (await Promise.all(loads)).map(({ sets, changeSetId }) => ({
        isLogged: changeSetId !== null, allNew: sets.every((set) => set.new === set.read), allUnchanged: sets.every((set) => set.unchanged === set.read),
      }));
      expect(outcomes.filter((outcome) => outcome.isLogged && outcome.allNew && !outcome.allUnchanged)).toHaveLength(1);
      expect(outcomes.filter((outcome) => !outcome.isLogged && outcome.allUnchanged)).toHaveLength(LOADERS - 1);
    } finally {
      await Promise.all(databases.map((database) => database.close()));
    }
  });
});

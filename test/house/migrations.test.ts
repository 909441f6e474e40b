import { createDataSource } from '../../ormconfig';
import { ENGINES, freshLocation } from '../support/engines';

describe.each(ENGINES)('the migrations [%s]', (engine) => {
  it('build exactly what the entities describe', async () => {
    const source = await createDataSource(await freshLocation(engine)).initialize();
    try {
      const difference = await source.driver.createSchemaBuilder().log();
      expect(difference.upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });
});

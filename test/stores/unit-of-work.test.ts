import { Company } from '../../src/entities/dataverse';
import { insertRows, selectRows, updateRows } from '../../src/stores/bulk';
import { raw } from '../../src/stores/session';
import { onBothEngines } from '../support/engines';

onBothEngines('a unit of work', (gateway) => {
  const company = (code: string) => ({ id: gateway().context.ids.next(), code, name: `Company ${code}` });

  it('stores all of its writes', async () => {
    const { database } = gateway();
    await database.write((work) => insertRows(work, Company, [company('AAA'), company('BBB')]));
    const stored = await selectRows(database.reader, Company, raw('ORDER BY "cdm_companycode"'));
    expect(stored.map((row) => [row.code, row.version])).toEqual([['AAA', 1], ['BBB', 1]]);
  });

  it('undoes all of its writes when it throws', async () => {
    const { database } = gateway();
    const failing = database.write(async (work) => {
      await insertRows(work, Company, [company('CCC')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await selectRows(database.reader, Company, raw(`WHERE "cdm_companycode" = 'CCC'`))).toEqual([]);
  });

  it('keeps a committed neighbour when another one running at the same time rolls back', async () => {
    const { database } = gateway();
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => database.write(async (work) => {
      await insertRows(work, Company, [company(`N${index}`)]);
      await new Promise((resolve) => setImmediate(resolve));
      if (index % 2 === 1) throw new Error('undone');
    })));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
    const stored = await selectRows(database.reader, Company, raw(`WHERE "cdm_companycode" LIKE 'N%'`));
    expect(stored.every((row) => Number(row.code.slice(1)) % 2 === 0)).toBe(true);
    expect(stored).toHaveLength(20);
  });

  it('refuses to begin inside another one', async () => {
    const { database } = gateway();
    await expect(database.write(() => database.write(async () => undefined))).rejects.toThrow('inside another');
  });

  it('is not seen by readers before it ends', async () => {
    const { database } = gateway();
    await database.write(async (work) => {
      await insertRows(work, Company, [company('DDD')]);
      expect(await selectRows(database.reader, Company, raw(`WHERE "cdm_companycode" = 'DDD'`))).toEqual([]);
    });
    expect(await selectRows(database.reader, Company, raw(`WHERE "cdm_companycode" = 'DDD'`))).toHaveLength(1);
  });

  it('counts the rows that an insert found absent and an update found present', async () => {
    const { database } = gateway();
    const row = company('EEE');
    await database.write(async (work) => {
      expect(await insertRows(work, Company, [row], { ifAbsent: true })).toBe(1);
      expect(await insertRows(work, Company, [row], { ifAbsent: true })).toBe(0);
      expect(await updateRows(work, Company, [{ id: row.id, name: 'Renamed' }, { id: company('FFF').id, name: 'Nobody' }])).toBe(1);
    });
  });
});

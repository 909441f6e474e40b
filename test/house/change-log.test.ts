import { Company } from '../../src/entities/dataverse';
import { insertRows, updateRows } from '../../src/stores/bulk';
import { execute, sql, type UnitOfWork } from '../../src/stores/session';
import { changesSince, lastChange, logChanges } from '../support/change-log';
import { onBothEngines } from '../support/engines';

onBothEngines('the log of changes, by which tests say that nothing changed', (gateway) => {
  const row = { id: '00000000-0000-7000-8000-000000000001', code: 'USPM', name: 'Contoso' };
  beforeAll(() => logChanges(gateway().database));

  const changesOf = async (act: (work: UnitOfWork) => Promise<unknown>) => {
    const { database } = gateway();
    const last = await lastChange(database.reader);
    await database.write(act).catch(() => undefined);
    return (await changesSince(database.reader, last)).map(({ table, was, is }) => [table, was?.includes(row.id) ?? null, is?.includes(row.id) ?? null]);
  };

  it('has every row that was inserted, updated or deleted', async () => {
    expect(await changesOf((work) => insertRows(work, Company, [row]))).toEqual([['cdm_company', null, true]]);
    expect(await changesOf((work) => updateRows(work, Company, [{ id: row.id, name: 'Fabrikam' }]))).toEqual([['cdm_company', true, true]]);
    expect(await changesOf((work) => execute(work, sql`DELETE FROM "cdm_company"`))).toEqual([['cdm_company', true, null]]);
  });

  it('has nothing of what was rolled back, or of an update to the same values', async () => {
    await gateway().database.write((work) => insertRows(work, Company, [row]));
    expect(await changesOf((work) => updateRows(work, Company, [{ id: row.id, name: row.name }]))).toEqual([]);
    const brokenOff = async (work: UnitOfWork) => {
      await execute(work, sql`DELETE FROM "cdm_company"`);
      throw new Error('Broken off');
    };
    expect(await changesOf(brokenOff)).toEqual([]);
  });
});

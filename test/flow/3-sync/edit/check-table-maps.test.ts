import { TABLE_MAPS, TableMapCheck, TableMapCheckOutcome, TableMapStatus } from '../../../../src/entities/dual-write';
import { checkTableMap } from '../../../../src/flow/3-sync/edit/check-table-maps';
import { execute, sql } from '../../../../src/stores/session';
import type { StoredTableMap } from '../../../../src/stores/dual-write/table-map.store';
import { ask, send } from '../../../support/api';
import { onBothEngines } from '../../../support/engines';
import { storedMaps } from '../stored-maps';

const { actuals, milestones, connections } = TABLE_MAPS;
const EVERY_CHECK = ['TABLES', 'INTEGRATION_KEY', 'PATHS', 'FILTERS', 'REFERENCES', 'FIELD_PAIRS', 'MANDATORY_COLUMNS'];

describe('the parts of a table map', () => {
  const stored = storedMaps();
  const mapNamed = (name: string) => stored.find((map) => map.name === name)!;
  const failedIn = (map: StoredTableMap, isKey = true) => checkTableMap(map, stored, () => isKey).checks
    .filter(({ outcome }) => outcome === TableMapCheckOutcome.FAILED).map(({ check, findings }) => [TableMapCheck[check], findings.map(({ code }) => code)]);

  it.each<[string, StoredTableMap, string, string]>([
    ['a table without versions', { ...mapNamed(milestones), financeTable: 'CustomersV3' }, 'TABLES', 'DIPV1019'],
    ['a key that is not mapped', { ...mapNamed(milestones), fields: mapNamed(milestones).fields.filter(({ target }) => target !== 'TransactionId') }, 'INTEGRATION_KEY', 'DIPV1014'],
    ['a path that leads nowhere', { ...mapNamed(milestones), companyPath: 'msdyn_nothing' }, 'PATHS', 'DIPV1007'],
    ['a filter over a column that is gone', { ...mapNamed(milestones), filter: 'gw_gone eq 1' }, 'FILTERS', 'DIPV1024'],
    ['a reference to a map that is gone', { ...mapNamed(connections), references: [{ column: 'msdyn_transaction1', map: 'Gone' }] }, 'REFERENCES', 'MAP_UNKNOWN'],
    ['a column without a pair', { ...mapNamed(milestones), fields: mapNamed(milestones).fields.filter(({ target }) => target !== 'Amount') }, 'MANDATORY_COLUMNS', 'DIPV1010'],
    ['a pair to a column that is gone', { ...mapNamed(milestones), fields: mapNamed(milestones).fields.map((field) => (field.target === 'Description' ? { ...field, target: 'Gone' } : field)) }, 'FIELD_PAIRS', 'DIPV1022'],
  ])('MAPEDIT-10 %s fails its own check', (_title, map, check, code) => {
    expect(failedIn(map)).toContainEqual([check, expect.arrayContaining([code])]);
  });

  it('MAPEDIT-10 cannot be checked without their table', () => {
    const { isHealthy, checks } = checkTableMap({ ...mapNamed(milestones), financeTable: 'Gone' }, stored, () => true);
    expect(isHealthy).toBe(false);
    expect(checks.map(({ outcome }) => TableMapCheckOutcome[outcome])).toEqual(['FAILED', ...Array.from({ length: 6 }, () => 'NOT_CHECKED')]);
  });

  it('MAPEDIT-10 are mended on a stopped map', () => {
    const broken = { ...mapNamed(milestones), filter: '((' };
    const remedyAt = (status: TableMapStatus) => checkTableMap({ ...broken, status }, stored, () => true).checks.flatMap(({ findings }) => findings)[0]!.whatToDo;
    expect(remedyAt(TableMapStatus.STOPPED)).toMatch(/^Write comparisons/);
    expect(remedyAt(TableMapStatus.PAUSED)).toMatch(/^Stop the map first\. Write comparisons/);
  });
});

onBothEngines('checking table maps', (gateway) => {
  const CHECKED = `name status isHealthy tableMap { mapVersion } checks { check outcome findings { code message whatToDo path fieldSequence } }`;

  it('MAPEDIT-10 finds nothing wrong with the shipped maps, and says what was checked', async () => {
    const { checkTableMaps } = await ask(gateway(), `{ checkTableMaps { ${CHECKED} } }`);
    expect(checkTableMaps).toHaveLength(5);
    expect(checkTableMaps[1]).toEqual({
      name: actuals, status: 'RUNNING', isHealthy: true, tableMap: { mapVersion: '1.0.0.22' },
      checks: EVERY_CHECK.map((check) => ({ check, outcome: 'PASSED', findings: [] })),
    });
    expect(checkTableMaps.every(({ isHealthy }: { isHealthy: boolean }) => isHealthy)).toBe(true);
  });

  it('MAPEDIT-10 says of a running map what does not fit any more, where, and what to do', async () => {
    await gateway().database.write((work) => execute(work, sql`UPDATE "DualWriteProjectFieldConfiguration" SET "gw_target" = 'UnitOfOldTimes' WHERE "gw_target" = 'UnitOfMeasure'`));
    const { tableMap } = await ask(gateway(), 'query ($name: String!) { tableMap(name: $name) { id fields(first: 100) { nodes { sequence target } } } }', { name: actuals });
    const { sequence } = tableMap.fields.nodes.find(({ target }: { target: string }) => target === 'UnitOfOldTimes');
    const { checkTableMaps } = await ask(gateway(), `query ($ids: [ID!]) { checkTableMaps(ids: $ids) { ${CHECKED} } }`, { ids: [tableMap.id] });
    expect(checkTableMaps).toMatchObject([{ name: actuals, status: 'RUNNING', isHealthy: false }]);
    expect(checkTableMaps[0].checks.filter(({ outcome }: { outcome: string }) => outcome !== 'PASSED')).toEqual([{
      check: 'FIELD_PAIRS', outcome: 'FAILED', findings: [{
        code: 'DIPV1022', message: 'ProjCDSActualsImport has no column UnitOfOldTimes.', path: ['fields', String(sequence - 1), 'target'], fieldSequence: sequence,
        whatToDo: 'Stop the map first. Name a column that the target has today, or remove the pair, with updateTableMap.',
      }],
    }]);
    expect((await send(gateway(), '{ checkTableMaps(names: ["Nothing"]) { name } }')).errors).toMatchObject([{ extensions: { reason: 'MAP_UNKNOWN', argument: ['names', '0'] } }]);
  });
});

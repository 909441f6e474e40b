import { Milestone, ProjectContractLine } from '../../../../src/entities/dataverse';
import { SyncLogEntry } from '../../../../src/entities/dual-write';
import { StagedMilestone } from '../../../../src/entities/finance';
import { copy, defaultTo, lookup, MASTERS, required } from '../../../../src/flow/3-sync/table-maps/definition';
import { selectRows } from '../../../../src/stores/bulk';
import { addTableMap } from '../../../../src/stores/dual-write/table-map.store';
import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { importContoso } from '../../../support/process';
import { change, sync } from '../rungs';
import { mapNamed, operated } from './operating';

const SIXTH = 'Contract lines as agreed amounts (salesorderdetails)';

/** Adds a map as an administrator would: by data. */
async function addSixthMap({ database, context: { ids } }: TestGateway): Promise<void> {
  const id = ids.next();
  const fields = [
    required(copy('salesorderdetailid', 'TransactionId')),
    required(copy('salesorderdetailid', 'ContractLineRef')),
    required(lookup('salesorderid.ordernumber', 'ProjectContractId', MASTERS.contract)),
    copy('salesorderdetailname', 'Description'),
    required(lookup('salesorderid.transactioncurrencyid.isocurrencycode', 'CurrencyId', MASTERS.currency)),
    required(defaultTo('InvoiceDate', '2026-12-31')),
    required(defaultTo('Amount', '0')),
  ];
  await database.write((work) => addTableMap(work, {
    id, name: SIXTH, mapVersion: '1.0.0.0', sequence: 6, dataverseTable: 'salesorderdetail', financeTable: 'ProjCDSContractLineMilestoneImport',
    integrationKey: { dataverse: 'salesorderdetailid', finance: 'TransactionId' }, companyPath: 'salesorderid.msdyn_company.cdm_companycode', filter: '',
    financeFilter: '', documentPath: null, references: [],
  }, fields.map((field, index) => ({ ...field, id: ids.next(), tableMapId: id, sequence: index + 1 }))));
}

onBothEngines('a table map that the product does not ship', (gateway) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(gateway());
    await addSixthMap(gateway());
  });

  const staged = async (id: string) => (await selectRows(gateway().database.reader, StagedMilestone, sql`WHERE t."TransactionId" = ${id}`))[0];

  it('MAP-19 pushes its records by an initial sync, and carries changes of its table live and after a pause', async () => {
    const { timeAndMaterial } = world.facts.lines;
    await sync(gateway());
    expect(await staged(timeAndMaterial)).toBeUndefined();
    await operated(gateway(), 'stopTableMaps', SIXTH);
    await ask(gateway(), 'mutation ($input: RunTableMapsInput!) { runTableMaps(input: $input) { errors { message } } }', { input: { tableMaps: [{ name: SIXTH, initialSync: true }] } });
    expect(await staged(timeAndMaterial)).toMatchObject({ sourceVersion: 1 });
    await change(gateway(), ProjectContractLine, timeAndMaterial, { name: 'Renamed' }, [{ map: SIXTH, direction: 0 }]);
    await sync(gateway());
    expect(await staged(timeAndMaterial)).toMatchObject({ description: 'Renamed', sourceVersion: 2 });
    await operated(gateway(), 'pauseTableMaps', SIXTH);
    await change(gateway(), ProjectContractLine, timeAndMaterial, { name: 'Renamed again' }, [{ map: SIXTH, direction: 0 }]);
    expect((await mapNamed(gateway(), SIXTH)).queue).toMatchObject({ changeSets: 1, records: 1 });
    await operated(gateway(), 'resumeTableMaps', SIXTH);
    await sync(gateway());
    expect(await staged(timeAndMaterial)).toMatchObject({ description: 'Renamed again', sourceVersion: 3 });
  });

  it('MAP-19 logs a change for every map of the touched table and for no other', async () => {
    const id = await world.milestone();
    const [milestone] = await selectRows(gateway().database.reader, Milestone, sql`WHERE t."msdyn_contractlinescheduleofvalueid" = ${id}`);
    const entries = await selectRows(gateway().database.reader, SyncLogEntry, sql`WHERE t."gw_changesetid" = ${milestone!.changeSetId}`);
    expect(entries.map((entry) => entry.mapName)).toEqual(['Project Operations integration contract line milestones (msdyn_contractlinescheduleofvalues)']);
  });
});

onBothEngines('a load under a table map that the product does not ship', (gateway) => {
  it('MAP-19 carries what is loaded into its table', async () => {
    await addSixthMap(gateway());
    await importContoso(gateway());
    await sync(gateway(), { maps: [SIXTH] });
    const { projectContractLines } = await ask(gateway(), '{ projectContractLines { totalCount } }');
    const arrived = await selectRows(gateway().database.reader, StagedMilestone, sql`WHERE t."InvoiceDate" = '2026-12-31'`);
    expect(arrived).toHaveLength(projectContractLines.totalCount);
    expect(arrived.length).toBeGreaterThan(3);
  });
});

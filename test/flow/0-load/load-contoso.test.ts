import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Account, Actual, BillingStatus, Company, Milestone, ProformaInvoice, ProformaInvoiceLineDetail, TransactionClassification, TransactionConnection,
  TransactionCurrency, TransactionType,
} from '../../../src/entities/dataverse';
import { MAP_FLOWS, SyncLogEntry } from '../../../src/entities/dual-write';
import { LegalEntity } from '../../../src/entities/finance';
import { tableOf, type EntityClass } from '../../../src/entities/columns';
import type { DataverseRecord } from '../../../src/entities/dataverse/dataverse-record';
import { ENTITY_SETS, loadRecords, readFolder, type LoadOutcome } from '../../../src/flow/0-load';
import { selectRows, updateRows } from '../../../src/stores/bulk';
import { takeNumber } from '../../../src/stores/number-sequence.store';
import { name, query, raw, sql } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { refusalsOf } from './small-company';

const CONTOSO = join(__dirname, '..', '..', '..', '..', 'samples', 'contoso');

function rowsOf(side: string, entitySet: string): Record<string, unknown>[] {
  const text = readFileSync(join(CONTOSO, side, `${entitySet}.json`), 'utf8');
  return (JSON.parse(text) as { value: Record<string, unknown>[] }).value;
}

onBothEngines('loading Contoso', (gateway) => {
  const load = async () => loadRecords(gateway().context, await readFolder(CONTOSO), { mutation: 'load', input: null });
  const count = async (entity: EntityClass) => {
    const [row] = await query<{ n: string | number }>(gateway().database.reader, sql`SELECT COUNT(*) AS n FROM ${name(tableOf(entity).table)}`);
    return Number(row!.n);
  };
  const contractOf = (number: string) => raw(`WHERE "msdyn_salescontract" = (SELECT "salesorderid" FROM "salesorder" WHERE "ordernumber" = '${number}') ORDER BY "msdyn_actualid"`);
  let first: LoadOutcome;
  beforeAll(async () => {
    first = await load();
  });

  it('LOAD-01 stores every row of every file', async () => {
    const sets = ENTITY_SETS.filter(({ side, name: entitySet }) => existsSync(join(CONTOSO, side, `${entitySet}.json`)));
    expect(first.sets.map((set) => set.name)).toEqual(sets.map((set) => set.name));
    for (const set of sets) {
      const rows = rowsOf(set.side, set.name).length;
      expect(first.sets.find((outcome) => outcome.name === set.name)).toEqual({ name: set.name, read: rows, new: rows, unchanged: 0 });
      expect([set.name, await count(set.entity)]).toEqual([set.name, rows]);
    }
  });

  it('tells of three legal entities with currencies of their own, one of them without decimals, and of every class of transaction', async () => {
    const { reader } = gateway().database;
    const entities = await selectRows(reader, LegalEntity, raw('ORDER BY "LegalEntityId"'));
    expect(entities.map((entity) => [entity.legalEntityId, entity.accountingCurrency])).toEqual([['GBPM', 'GBP'], ['JPPM', 'JPY'], ['USPM', 'USD']]);
    expect(await selectRows(reader, Company, raw('ORDER BY "cdm_companycode"'))).toHaveLength(3);
    const [yen] = await selectRows(reader, TransactionCurrency, raw(`WHERE "isocurrencycode" = 'JPY'`));
    expect(yen!.decimals).toBe(0);
    const actuals = await selectRows(reader, Actual, raw(''));
    const { TIME, EXPENSE, MATERIAL, FEE, MILESTONE } = TransactionClassification;
    expect(new Set(actuals.map((actual) => actual.classification))).toEqual(new Set([TIME, EXPENSE, MATERIAL, FEE, MILESTONE]));
    expect(actuals.length).toBeGreaterThan(480);
  });

  it('LOAD-09 holds the documented examples to the cent', async () => {
    const { reader } = gateway().database;
    const facts = async (contract: string) => (await selectRows(reader, Actual, contractOf(contract))).map((row) => [
      TransactionType[row.transactionType], row.quantity.toFixed(), row.price!.toFixed(), row.amount.toFixed(), row.billingStatus && BillingStatus[row.billingStatus],
    ]);
    expect(await facts('CON-10001')).toEqual([['COST', '8', '100', '800', null], ['UNBILLED_SALES', '8', '200', '1600', 'READY_TO_INVOICE']]);
    expect(await facts('CON-10002')).toEqual([['COST', '4', '120', '480', null], ['UNBILLED_SALES', '4', '250', '1000', 'READY_TO_INVOICE']]);
    expect(await facts('CON-10004')).toEqual([['COST', '1', '50', '50', null], ['UNBILLED_SALES', '1', '75', '75', 'READY_TO_INVOICE']]);
    const [goLive] = await selectRows(reader, Milestone, raw(`WHERE "msdyn_name" = 'Go-live'`));
    expect(goLive!.amount.toFixed()).toBe('5000');
  });

  it('LOAD-13 stamps actuals, connections, milestones and proformas and logs the change set once for each of their maps', async () => {
    const { reader } = gateway().database;
    const stamped: EntityClass<DataverseRecord>[] = [Actual, TransactionConnection, Milestone, ProformaInvoice];
    for (const entity of stamped) {
      const rows = await selectRows(reader, entity, raw(''));
      expect(new Set(rows.map((row) => [row.version, row.changeSetId].join(' ')))).toEqual(new Set([`1 ${first.changeSetId}`]));
    }
    const log = await selectRows(reader, SyncLogEntry, raw('ORDER BY "gw_map"'));
    expect(log.map((entry) => entry.changeSetId)).toEqual(Array.from({ length: 4 }, () => first.changeSetId));
    expect(log.map((entry) => entry.mapName).sort()).toEqual(
      [MAP_FLOWS.invoices, MAP_FLOWS.actuals, MAP_FLOWS.connections, MAP_FLOWS.milestones].map((flow) => flow.map).sort(),
    );
  });

  it('LOAD-14 counts the billed actuals of confirmed proformas, finds the actual behind each line detail, and keeps their numbers free of doubles', async () => {
    const { reader } = gateway().database;
    const invoices = await selectRows(reader, ProformaInvoice, raw('ORDER BY "invoicenumber"'));
    expect(invoices.map((invoice) => [invoice.number, invoice.billedActualCount])).toEqual([['PI-0000001', 19], ['PI-0000002', 1], ['PI-0000003', null]]);
    expect(invoices.map((invoice) => invoice.billedActualChecksum?.length ?? null)).toEqual([64, 64, null]);
    expect(invoices.every((invoice) => invoice.contractCustomerId !== null)).toBe(true);
    const details = await selectRows(reader, ProformaInvoiceLineDetail, raw(''));
    expect(details.every((detail) => (detail.unbilledActualId === null) === (detail.milestoneId !== null))).toBe(true);
    const billed = await selectRows(reader, Actual, sql`WHERE "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}`);
    expect(billed.every((actual) => actual.lineDetailId !== null)).toBe(true);
  });

  it('LOAD-08 changes nothing and logs nothing when the same folder is loaded again, even after its records were processed', async () => {
    const { database } = gateway();
    const [ready] = await selectRows(database.reader, Actual, contractOf('CON-10001'));
    await database.write((work) => updateRows(work, Actual, [{ id: ready!.id, voucherNumber: 'V-1', version: 2 }]));
    const again = await load();
    expect(again.changeSetId).toBeNull();
    expect(again.sets).toEqual(first.sets.map((set) => ({ ...set, new: 0, unchanged: set.read })));
    expect(await count(SyncLogEntry)).toBe(4);
    const [after] = await selectRows(database.reader, Actual, contractOf('CON-10001'));
    expect([after!.voucherNumber, after!.version]).toEqual(['V-1', 2]);
  });

  it('LOAD-08 refuses another source of a record that was loaded before', async () => {
    const rows = rowsOf('dataverse', 'accounts').map((row, index) => (index === 2 ? { ...row, name: 'Fabrikam, renamed' } : row));
    const refusals = await refusalsOf(loadRecords(gateway().context, { entitySets: [{ name: 'accounts', file: 'accounts.json', rows }] }, { mutation: 'load', input: null }));
    expect(refusals.map((refusal) => refusal.path)).toEqual([['accounts.json', '3', 'accountid']]);
    expect(refusals[0]!.message).toContain('CHANGED_SOURCE');
    expect(await selectRows(gateway().database.reader, Account, raw(`WHERE "name" = 'Fabrikam, renamed'`))).toEqual([]);
  });

  it('LOAD-14 gives the next proforma a number after the loaded ones', async () => {
    const { database } = gateway();
    const taking = database.write(async (work) => {
      const number = await takeNumber(work, 'DV', 'proformaInvoice');
      throw new Error(number);
    });
    await expect(taking).rejects.toThrow('PI-0000004');
  });
});

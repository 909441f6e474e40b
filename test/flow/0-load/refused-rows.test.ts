import { Company } from '../../../src/entities/dataverse';
import { LoadedRecord } from '../../../src/entities/gateway';
import type { EntitySetSource } from '../../../src/flow/0-load';
import { selectRows } from '../../../src/stores/bulk';
import { raw } from '../../../src/stores/session';
import { onBothEngines } from '../../support/engines';
import { guid, IDS, load, refusalsOf, smallCompany, sourcesOf, type Company as SmallCompany } from './small-company';

interface Case {
  readonly title: string;
  readonly spoil: (company: SmallCompany) => void;
  /** File, row, column and code of each refusal. */
  readonly refused: readonly (readonly [file: string, row: number, column: string, code: string])[];
}

const set = (entitySet: string, row: number, values: object) => (company: SmallCompany) => { Object.assign(company[entitySet]![row - 1]!, values); };
const actuals = (row: number, values: object) => set('msdyn_actuals', row, values);
const ACTUALS = 'msdyn_actuals.json';

const CASES: Case[] = [
  { title: 'LOAD-02 an entity set that nobody knows', spoil: (company) => { company.msdyn_nothing = []; }, refused: [['msdyn_nothing.json', 0, '', 'UNKNOWN_ENTITY_SET']] },
  {
    title: 'LOAD-04 a mandatory column without a value',
    spoil: actuals(1, { msdyn_quantity: null, msdyn_documentdate: undefined }),
    refused: [
      [ACTUALS, 1, 'msdyn_quantity', 'MANDATORY_COLUMN_MISSING'], [ACTUALS, 1, 'msdyn_transactiondate', 'MANDATORY_COLUMN_MISSING'],
      [ACTUALS, 1, 'msdyn_documentdate', 'MANDATORY_COLUMN_MISSING'], [ACTUALS, 1, 'msdyn_accountingdate', 'MANDATORY_COLUMN_MISSING'],
    ],
  },
  { title: 'LOAD-04 a mandatory text of finance that is empty', spoil: set('CustomersV3', 1, { OrganizationName: '' }), refused: [['CustomersV3.json', 1, 'OrganizationName', 'MANDATORY_COLUMN_MISSING']] },
  { title: 'LOAD-05 an option value that Dataverse does not define', spoil: actuals(2, { msdyn_billingtype: 192350009 }), refused: [[ACTUALS, 2, 'msdyn_billingtype', 'UNKNOWN_OPTION']] },
  { title: 'LOAD-05 an enum member that finance does not define', spoil: set('Projects', 1, { ProjectType: 'Sabbatical' }), refused: [['Projects.json', 1, 'ProjectType', 'UNKNOWN_OPTION']] },
  { title: 'LOAD-06 a lookup to nowhere', spoil: actuals(2, { _msdyn_project_value: guid(404) }), refused: [[ACTUALS, 2, '_msdyn_project_value', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-06 a connection to an actual that does not exist', spoil: set('msdyn_transactionconnections', 1, { msdyn_transaction2: guid(404) }), refused: [['msdyn_transactionconnections.json', 1, 'msdyn_transaction2', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-06 an origin that does not exist', spoil: set('msdyn_transactionorigins', 2, { msdyn_origin: guid(404) }), refused: [['msdyn_transactionorigins.json', 2, 'msdyn_origin', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-06 a line detail of an actual that does not exist', spoil: set('msdyn_invoicelinetransactions', 1, { gw_unbilledactual: guid(404) }), refused: [['msdyn_invoicelinetransactions.json', 1, '_gw_unbilledactual_value', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-06 a contract that finance does not know', spoil: set('Projects', 1, { ProjectContractId: 'CON-404' }), refused: [['Projects.json', 1, 'ProjectContractId', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-06 a legal entity that finance does not know', spoil: set('CustomersV3', 1, { dataAreaId: 'none' }), refused: [['CustomersV3.json', 1, 'dataAreaId', 'DANGLING_LOOKUP']] },
  {
    title: 'LOAD-07 a key that occurs twice with another content',
    spoil: (company) => { company.accounts!.push({ ...company.accounts![0], name: 'Somebody else' }); },
    refused: [['accounts.json', 2, 'accountid', 'DUPLICATE_KEY']],
  },
  {
    title: 'LOAD-07 a natural key that belongs to another record',
    spoil: (company) => { company.accounts!.push({ ...company.accounts![0], accountid: guid(99) }); },
    refused: [['accounts.json', 2, 'accountnumber', 'DUPLICATE_KEY']],
  },
  {
    title: 'LOAD-09 a profile whose cost of items stays out of the ledger',
    spoil: (company) => { company.ProjectCostAndRevenueProfiles = [{ dataAreaId: 'tiny', ProfileId: 'OWN', AccrueRevenue: 'No', PostCostsItem: 'NeverLedger' }]; },
    refused: [['ProjectCostAndRevenueProfiles.json', 1, 'PostCostsItem', 'OUT_OF_RANGE']],
  },
  {
    title: 'LOAD-06 a project group whose profile finance does not know',
    spoil: (company) => { company.ProjectGroups = [{ dataAreaId: 'tiny', ProjectGroup: 'TM', CostAndRevenueProfileId: 'NONE' }]; },
    refused: [['ProjectGroups.json', 1, 'CostAndRevenueProfileId', 'DANGLING_LOOKUP']],
  },
  { title: 'LOAD-09 an amount beyond a billion', spoil: actuals(2, { msdyn_amount: 1000000000.01 }), refused: [[ACTUALS, 2, 'msdyn_amount', 'OUT_OF_RANGE']] },
  { title: 'LOAD-09 an amount that the database cannot hold', spoil: set('invoices', 1, { totalamount: '922337203685477' }), refused: [['invoices.json', 1, 'totalamount', 'OUT_OF_RANGE']] },
  { title: 'LOAD-09 more decimals than the currency has', spoil: actuals(2, { msdyn_amount: 1600.005 }), refused: [[ACTUALS, 2, 'msdyn_amount', 'TOO_MANY_DECIMALS']] },
  { title: 'LOAD-09 decimals in yen', spoil: actuals(2, { _transactioncurrencyid_value: IDS.yen, msdyn_amount: 1600.5 }), refused: [[ACTUALS, 2, 'msdyn_amount', 'TOO_MANY_DECIMALS']] },
  { title: 'LOAD-09 more decimals than the column keeps', spoil: actuals(2, { msdyn_quantity: '8.1234567' }), refused: [[ACTUALS, 2, 'msdyn_quantity', 'TOO_MANY_DECIMALS']] },
  { title: 'LOAD-09 a currency with nine decimals', spoil: set('transactioncurrencies', 1, { currencyprecision: 9 }), refused: [['transactioncurrencies.json', 1, 'currencyprecision', 'OUT_OF_RANGE']] },
  { title: 'LOAD-09 a number that is none', spoil: actuals(2, { msdyn_amount: '1,600.00' }), refused: [[ACTUALS, 2, 'msdyn_amount', 'WRONG_TYPE']] },
  { title: 'LOAD-10 text that is too long', spoil: actuals(2, { msdyn_description: 'x'.repeat(201) }), refused: [[ACTUALS, 2, 'msdyn_description', 'TEXT_TOO_LONG']] },
  { title: 'LOAD-10 text with NUL', spoil: actuals(2, { msdyn_description: 'a\0b' }), refused: [[ACTUALS, 2, 'msdyn_description', 'INVALID_TEXT']] },
  { title: 'LOAD-10 text with half a character', spoil: actuals(2, { msdyn_description: 'a\ud83d' }), refused: [[ACTUALS, 2, 'msdyn_description', 'INVALID_TEXT']] },
  { title: 'LOAD-11 a day that the calendar does not have', spoil: actuals(2, { msdyn_documentdate: '2026-02-30' }), refused: [[ACTUALS, 2, 'msdyn_documentdate', 'INVALID_DATE']] },
  { title: 'LOAD-11 an instant that is none', spoil: actuals(2, { createdon: 'yesterday' }), refused: [[ACTUALS, 2, 'createdon', 'INVALID_DATE']] },
  { title: 'LOAD-11 an id that is no GUID', spoil: actuals(2, { _msdyn_project_value: 'PRJ-1' }), refused: [[ACTUALS, 2, '_msdyn_project_value', 'INVALID_GUID']] },
  { title: 'LOAD-12 a billed sales actual without its proforma', spoil: actuals(3, { _msdyn_invoice_value: null }), refused: [[ACTUALS, 3, '_msdyn_invoice_value', 'BILLED_WITHOUT_INVOICE']] },
  { title: 'LOAD-12 a billed sales actual whose proforma is not loaded', spoil: (company) => { actuals(3, { _msdyn_invoice_value: guid(404) })(company); }, refused: [[ACTUALS, 3, '_msdyn_invoice_value', 'DANGLING_LOOKUP']] },
  { title: 'LOAD-03 a row that is no object', spoil: (company) => { (company.accounts as unknown[]).push(7); }, refused: [['accounts.json', 2, '', 'NOT_A_RECORD']] },
  {
    title: 'LOAD-01 several bad rows in several files, all of them',
    spoil: (company) => {
      actuals(1, { msdyn_amount: 'much' })(company);
      actuals(4, { msdyn_documentdate: '2026-13-01', msdyn_billingtype: 1 })(company);
      set('Currencies', 1, { RoundingDecimals: 2.5 })(company);
    },
    refused: [
      ['Currencies.json', 1, 'RoundingDecimals', 'WRONG_TYPE'], [ACTUALS, 1, 'msdyn_amount', 'WRONG_TYPE'],
      [ACTUALS, 4, 'msdyn_billingtype', 'UNKNOWN_OPTION'], [ACTUALS, 4, 'msdyn_documentdate', 'INVALID_DATE'],
    ],
  },
];

onBothEngines('a load refuses as a whole', (gateway) => {
  const nothingLoaded = async () => {
    const { reader } = gateway().database;
    return (await selectRows(reader, Company, raw(''))).length + (await selectRows(reader, LoadedRecord, raw(''))).length === 0;
  };
  const facts = (refusals: Awaited<ReturnType<typeof refusalsOf>>) => refusals.map(({ path, message }) => [path![0], Number(path![1]), path![2], /\((\w+)\)$/.exec(message)![1]]);

  it.each(CASES)('$title', async ({ spoil, refused }) => {
    const company = smallCompany();
    spoil(company);
    const refusals = await refusalsOf(load(gateway().context, sourcesOf(company)));
    expect(facts(refusals)).toEqual(refused);
    for (const { code, message, path } of refusals) {
      expect(code).toBe('RECORDS_REFUSED');
      expect(message.startsWith(path![0]!)).toBe(true);
    }
    expect(await nothingLoaded()).toBe(true);
  });

  const broken: readonly (readonly [title: string, text: string | Buffer, row: number])[] = [
    ['is cut off', '{"value": [{"accountid": "x"}, {"accou', 2],
    ['has a comma too many', '{"value": [{"accountid": "x"},]}', 2],
    ['is empty', '', 1],
    ['is a list', '[{"accountid": "x"}]', 1],
    ['has no value', '{"@odata.context": "x"}', 1],
    ['has a value that is no list', '{"value": {"0": {}}}', 1],
    ['goes on after its end', '{"value": []} {}', 1],
    ['is not UTF-8', Buffer.concat([Buffer.from('{"value": [{"name": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}]}')]), 1],
  ];

  it.each(broken)('LOAD-03 a file that %s, by the row at which it breaks', async (_title, text, row) => {
    const sources = sourcesOf(smallCompany()).filter(({ name }) => name !== 'accounts');
    const content = typeof text === 'string' ? { text } : { open: async function* open() { yield text; } };
    const refusals = await refusalsOf(load(gateway().context, [...sources, { name: 'accounts', file: 'accounts.json', ...content } as EntitySetSource]));
    expect(facts(refusals).filter(([, , , code]) => code === 'INVALID_JSON')).toEqual([['accounts.json', row, '', 'INVALID_JSON']]);
    // Records that look the broken set's records up are not blamed.
    expect(facts(refusals).filter(([, , , code]) => code === 'DANGLING_LOOKUP')).toEqual([]);
    expect(await nothingLoaded()).toBe(true);
  });

  it('LOAD-01 in words that name the file, the row and the column, and quote the value', async () => {
    const company = smallCompany();
    actuals(2, { msdyn_billingtype: 192350009 })(company);
    const refusals = await refusalsOf(load(gateway().context, sourcesOf(company)));
    expect(refusals.map((refusal) => refusal.message)).toEqual([
      'msdyn_actuals.json, row 2, column msdyn_billingtype: 192350009 is not a value of BillingType: 192350000, 192350001, 192350002, 192350003 (UNKNOWN_OPTION)',
    ]);
  });

  it('LOAD-02 an entity set in the other side\'s folder', async () => {
    const sources = sourcesOf(smallCompany()).map((source) => (source.name === 'accounts' ? { ...source, side: 'finance' as const } : source));
    const refusals = await refusalsOf(load(gateway().context, sources));
    expect(facts(refusals)[0]).toEqual(['accounts.json', 0, '', 'UNKNOWN_ENTITY_SET']);
    expect(await nothingLoaded()).toBe(true);
  });
});

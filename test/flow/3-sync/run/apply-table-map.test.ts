import '../../../../ormconfig';
import { BillingType, TransactionClassification, TransactionType } from '../../../../src/entities/dataverse';
import { SyncDirection, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { ProjBillingType, ProjCdsTransType, ProjTransType } from '../../../../src/entities/finance';
import { applyTableMap, type TargetFacts } from '../../../../src/flow/3-sync/run/apply-table-map';
import type { PreparedMap } from '../../../../src/flow/3-sync/run/prepare-table-map';
import { decimal } from '../../../../src/kernel/decimal';
import { prepareTableMap, storedMaps } from '../stored-maps';

const { DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE } = SyncDirection;

function prepared(name: string, direction = DATAVERSE_TO_FINANCE, change: (map: ReturnType<typeof storedMaps>[number]) => object = () => ({})): PreparedMap {
  const maps = storedMaps();
  const map = maps.find((candidate) => candidate.name === name)!;
  return prepareTableMap({ ...map, ...change(map) }, direction, maps);
}

/** A target that has every master record, every referenced record, and nothing under any key. */
const EMPTY_TARGET: TargetFacts = { held: () => undefined, hasMaster: () => true, hasArrived: () => true };

const ACTUAL = {
  msdyn_actualid: 'a1', msdyn_transactiontypecode: TransactionType.UNBILLED_SALES, msdyn_transactionclassification: TransactionClassification.TIME,
  msdyn_billingtype: BillingType.CHARGEABLE, gw_skipsync: false, 'msdyn_salescontract.ordernumber': 'CON-1', msdyn_salescontractlineid: 'line1',
  'msdyn_salescontract.msdyn_company.cdm_companycode': 'USPM', 'msdyn_accountcustomer.accountnumber': 'C1', 'msdyn_project.msdynce_projectnumber': 'P1',
  'msdyn_transactioncategory.msdyn_name': 'Time', msdyn_accountingdate: '2026-06-10', msdyn_transactiondate: '2026-06-09', msdyn_quantity: decimal('8'),
  msdyn_price: decimal('200'), msdyn_amount: decimal('1600'), 'transactioncurrencyid.isocurrencycode': 'USD', msdyn_description: 'Work',
};

/** Everything that a map reads and that a test does not name is empty. */
function recordOf(map: PreparedMap, values: object, version = 3) {
  const given = values as Record<string, unknown>;
  return { key: String(given[map.key.source]), version, values: Object.fromEntries(map.paths.map(({ path }) => [path, given[path] ?? null])) };
}

describe('the actuals map', () => {
  const map = prepared(TABLE_MAPS.actuals);
  const decide = (changes: object = {}, target: Partial<TargetFacts> = {}) =>
    applyTableMap(map, recordOf(map, { ...ACTUAL, ...changes }), { ...EMPTY_TARGET, ...target });

  it('SYNC-12 turns an actual into a staged one by its field pairs and value maps', () => {
    const decision = decide();
    expect(decision).toMatchObject({
      kind: 'write',
      row: {
        key: 'a1', sourceVersion: 3, legalEntityId: 'USPM',
        values: {
          ActualId: 'a1', TransType: ProjCdsTransType.SALES, TransactionClassification: ProjTransType.HOUR, BillingType: ProjBillingType.CHARGEABLE,
          ContractId: 'CON-1', ContractLineId: 'line1', CustomerAccountNumber: 'C1', ProjectId: 'P1', AccountingDate: '2026-06-10',
          DocumentDate: '2026-06-09', TransactionCurrencyId: 'USD', InvoiceId: null, FundingSourceId: null,
        },
      },
    });
  });

  it('SYNC-02 skips an actual whose Skip Sync is true', () => {
    expect(decide({ gw_skipsync: true })).toEqual({ kind: 'skip', reason: 'FILTERED_OUT' });
  });

  it('SYNC-07 skips a version that the target holds, and takes a higher one', () => {
    const held = (sourceVersion: number) => ({ held: () => ({ sourceVersion, legalEntityId: 'USPM' }) });
    expect(decide({}, held(3))).toEqual({ kind: 'skip', reason: 'ALREADY_THERE' });
    expect(decide({}, held(4))).toEqual({ kind: 'skip', reason: 'ALREADY_THERE' });
    expect(decide({}, held(2)).kind).toBe('write');
  });

  it.each([
    [BillingType.NON_CHARGEABLE, ProjBillingType.NON_CHARGEABLE], [BillingType.COMPLIMENTARY, ProjBillingType.COMPLIMENTARY],
    [BillingType.NOT_AVAILABLE, ProjBillingType.NOT_AVAILABLE],
  ])('maps billing type %s to %s', (billingType, expected) => {
    expect(decide({ msdyn_billingtype: billingType })).toMatchObject({ row: { values: { BillingType: expected } } });
  });

  it('SYNC-13 fails when a master record is missing in the legal entity, and names it', () => {
    const hasMaster: TargetFacts['hasMaster'] = (lookup) => lookup.table.table !== 'Projects';
    expect(decide({}, { hasMaster })).toEqual({
      kind: 'fail', code: 'LOOKUP_NOT_FOUND', column: 'msdyn_project.msdynce_projectnumber',
      sentence: 'Projects has no row with ProjectId "P1" in legal entity USPM; create it there, then retry.',
    });
  });

  it('SYNC-14 fails without a legal entity, with one that finance does not have, and with another than before', () => {
    expect(decide({ 'msdyn_salescontract.msdyn_company.cdm_companycode': null })).toMatchObject({ kind: 'fail', code: 'COMPANY_MISSING' });
    expect(decide({}, { hasMaster: (lookup) => lookup.table.table !== 'LegalEntities' })).toMatchObject({ kind: 'fail', code: 'COMPANY_UNKNOWN' });
    const moved = { held: () => ({ sourceVersion: 1, legalEntityId: 'GBPM' }) };
    expect(decide({}, moved)).toMatchObject({ kind: 'fail', code: 'COMPANY_CHANGED', sentence: expect.stringContaining('GBPM') });
  });

  it.each<[string, object, object]>([
    ['a required value is missing', { msdyn_accountingdate: null }, { code: 'VALUE_MISSING', column: 'msdyn_accountingdate' }],
    ['a value has no counterpart', { msdyn_transactiontypecode: TransactionType.PROJECT_CONTRACT }, { code: 'VALUE_NOT_MAPPED', column: 'msdyn_transactiontypecode' }],
    ['a text is too long', { 'msdyn_salescontract.ordernumber': 'x'.repeat(101) }, { code: 'TEXT_TOO_LONG', sentence: 'msdyn_salescontract.ordernumber has 101 characters, but ContractId holds 100.' }],
    ['a currency code is too long', { 'transactioncurrencyid.isocurrencycode': 'USDX' }, { code: 'TEXT_TOO_LONG' }],
    ['an amount is too large', { msdyn_amount: decimal('900719925475') }, { code: 'AMOUNT_OUT_OF_RANGE', column: 'msdyn_amount' }],
    ['an amount has too many decimals', { msdyn_amount: decimal('0.00001') }, { code: 'TOO_MANY_DECIMALS', column: 'msdyn_amount' }],
  ])('SYNC-03 fails with code, sentence and column when %s', (_title, changes, expected) => {
    expect(decide(changes)).toMatchObject({ kind: 'fail', ...expected });
  });

  it('SYNC-03 counts characters as PostgreSQL does, so that a text of supplementary characters fits', () => {
    expect(decide({ 'msdyn_salescontract.ordernumber': '𝟘'.repeat(100) }).kind).toBe('write');
  });

  it('SYNC-03 reports the most urgent code when several values are wrong', () => {
    expect(decide({ 'msdyn_salescontract.ordernumber': 'x'.repeat(101), msdyn_quantity: null })).toMatchObject({ code: 'VALUE_MISSING' });
  });
});

describe('the connections map', () => {
  const map = prepared(TABLE_MAPS.connections);
  const CONNECTION = {
    msdyn_transactionconnectionid: 'c1', msdyn_transaction1: 'a1', msdyn_transaction1role: 'Billed Sales', msdyn_transaction1type: 'msdyn_actual',
    msdyn_transaction2: 'a2', msdyn_transaction2role: 'Unbilled Sales', msdyn_transaction2type: 'msdyn_actual',
    'msdyn_transaction1.msdyn_actualid': 'a1', 'msdyn_transaction2.msdyn_actualid': 'a2', 'msdyn_transaction1.gw_skipsync': false,
    'msdyn_transaction2.gw_skipsync': false, 'msdyn_transaction1.msdyn_salescontract.msdyn_company.cdm_companycode': 'USPM',
  };
  const decide = (changes: object = {}, target: Partial<TargetFacts> = {}) =>
    applyTableMap(map, recordOf(map, { ...CONNECTION, ...changes }), { ...EMPTY_TARGET, ...target });

  it('SYNC-05 goes when both ends have arrived, and waits for the one that has not', () => {
    expect(decide().kind).toBe('write');
    expect(decide({}, { hasArrived: (_reference, id) => id === 'a1' })).toMatchObject({
      kind: 'wait', code: 'REFERENCE_NOT_ARRIVED', waitsFor: 'a2', column: 'msdyn_transaction2',
      sentence: `msdyn_transaction2 names "a2", which ${TABLE_MAPS.actuals} has not carried yet.`,
    });
  });

  it('SYNC-15 is left out with an end that the actuals map leaves out, and fails with one that does not exist', () => {
    expect(decide({ 'msdyn_transaction2.gw_skipsync': true }, { hasArrived: () => false })).toEqual({ kind: 'skip', reason: 'REFERENCE_FILTERED_OUT' });
    expect(decide({ 'msdyn_transaction2.msdyn_actualid': null })).toMatchObject({ kind: 'fail', code: 'REFERENCE_MISSING', column: 'msdyn_transaction2' });
    expect(decide({ msdyn_transaction2type: 'msdyn_journalline' })).toEqual({ kind: 'skip', reason: 'FILTERED_OUT' });
  });
});

describe('the milestones map', () => {
  const map = prepared(TABLE_MAPS.milestones);

  it('takes the first of several sources that has a value', () => {
    const milestone = {
      msdyn_contractlinescheduleofvalueid: 'm1', msdyn_contractlineid: 'line1', 'msdyn_contract.ordernumber': 'CON-1', msdyn_milestonedate: '2026-06-15',
      'msdyn_contract.msdyn_company.cdm_companycode': 'USPM', 'transactioncurrencyid.isocurrencycode': 'USD', msdyn_amount: decimal('5000'),
      'msdyn_contract.customerid.accountnumber': 'C1',
    };
    const customerOf = (changes: object) => applyTableMap(map, recordOf(map, { ...milestone, ...changes }), EMPTY_TARGET);
    expect(customerOf({})).toMatchObject({ row: { values: { CustomerAccountNumber: 'C1' } } });
    expect(customerOf({ 'msdyn_accountcustomer.accountnumber': 'C2' })).toMatchObject({ row: { values: { CustomerAccountNumber: 'C2' } } });
  });
});

describe('the write-back', () => {
  it('WRITEBACK-06 fails when the record to be updated does not exist', () => {
    const map = prepared(TABLE_MAPS.customerInvoices, FINANCE_TO_DATAVERSE);
    const invoice = { ProposalId: 'PI-1', dataAreaId: 'USPM', ProjInvoiceId: 'INV-1', InvoiceDate: '2026-06-30', SumTax: decimal('0') };
    expect(applyTableMap(map, recordOf(map, invoice), EMPTY_TARGET)).toMatchObject({ kind: 'fail', code: 'TARGET_NOT_FOUND' });
    const held = () => ({ sourceVersion: 0, legalEntityId: null });
    expect(applyTableMap(map, recordOf(map, invoice), { ...EMPTY_TARGET, held })).toMatchObject({ kind: 'write', row: { key: 'PI-1' } });
  });

  it('WRITEBACK-01 leaves out what finance has not posted', () => {
    const map = prepared(TABLE_MAPS.actuals, FINANCE_TO_DATAVERSE);
    const staged = { ActualId: 'a1', dataAreaId: 'USPM', VoucherNumber: null };
    expect(applyTableMap(map, recordOf(map, staged), EMPTY_TARGET)).toEqual({ kind: 'skip', reason: 'FILTERED_OUT' });
  });
});

import '../../../../ormconfig';
import { FieldTransform, SyncDirection, TABLE_MAPS } from '../../../../src/entities/dual-write';
import { draftOf, type FieldDraft, type MapDraft } from '../../../../src/flow/3-sync/edit/map-draft';
import { validateTableMap } from '../../../../src/flow/3-sync/edit/validate-table-map.rules';
import { storedMaps } from '../stored-maps';

const { DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE } = SyncDirection;
const { COPY, DEFAULT, LOOKUP, VALUE_MAP } = FieldTransform;
const { actuals, invoices, milestones, customerInvoices, connections } = TABLE_MAPS;

const stored = storedMaps();
const draft = (name: string): MapDraft => draftOf(stored.find((map) => map.name === name)!);
const validate = (changed: MapDraft, isKey = () => true) => validateTableMap(changed, stored, isKey).findings;

const EMPTY: FieldDraft = {
  direction: DATAVERSE_TO_FINANCE, source: null, target: '', transform: COPY, valueMap: null, defaultValue: null, lookup: null, keep: null, required: false,
};
/** A shipped map with pairs added, and with those of some targets left out. */
const withFields = (name: string, added: readonly Partial<FieldDraft>[], without: readonly string[] = []): MapDraft => {
  const map = draft(name);
  return { ...map, fields: [...map.fields.filter((field) => !without.includes(field.target)), ...added.map((field) => ({ ...EMPTY, ...field }))] };
};
const back = { direction: FINANCE_TO_DATAVERSE };

describe('what is wrong with a table map', () => {
  it.each(stored.map((map) => [map.name, draftOf(map)] as const))('MAPEDIT-02 nothing with the shipped %s', (_name, map) => {
    expect(validate(map)).toEqual([]);
  });

  it.each<[code: string, title: string, draft: MapDraft, place: string]>([
    ['DIPV1003', 'a key column that is not there', { ...draft(actuals), integrationKey: { dataverse: 'actualid', finance: 'ActualId' } }, 'integrationKey.dataverse'],
    ['DIPV1004', 'a key that is mapped one way only in a map with both', withFields(actuals, [], ['msdyn_actualid']), 'fields'],
    ['DIPV1007', 'no path to the legal entity', { ...draft(actuals), companyPath: null }, 'companyPath'],
    ['DIPV1007', 'a path to the legal entity that leads nowhere', { ...draft(actuals), companyPath: 'msdyn_company.code' }, 'companyPath'],
    ['DIPV1010', 'a mandatory column that is not mapped', withFields(actuals, [], ['Quantity']), 'fields'],
    ['DIPV1011', 'a column that its system gives', withFields(actuals, [{ source: 'versionnumber', target: 'RecVersion' }]), 'fields.last.target'],
    ['DIPV1011', 'the key of a row', withFields(customerInvoices, [{ ...back, source: 'ProposalId', target: 'invoiceid' }]), 'fields.last.target'],
    ['DIPV1012', 'a filter that is no OData', { ...draft(invoices), filter: 'statecode eq' }, 'filter'],
    ['DIPV1012', 'a filter of the way back', { ...draft(actuals), financeFilter: 'VoucherNumber is null' }, 'financeFilter'],
    ['DIPV1014', 'a key that does not go to finance', withFields(milestones, [{ source: 'msdyn_name', target: 'TransactionId' }], ['TransactionId']), 'fields'],
    ['DIPV1015', 'a key that does not come back', withFields(customerInvoices, [], ['invoicenumber']), 'fields'],
    ['DIPV1018', 'a Dataverse table that is not there', { ...draft(milestones), dataverseTable: 'msdyn_milestones' }, 'dataverseTable'],
    ['DIPV1019', 'a target without row versions', { ...draft(milestones), financeTable: 'CustomersV3' }, 'financeTable'],
    ['DIPV1020', 'a finance table that is not there', { ...draft(milestones), financeTable: 'ProjMilestones' }, 'financeTable'],
    ['DIPV1021', 'a source column that is not there', withFields(actuals, [{ source: 'msdyn_nothing', target: 'TaskId' }]), 'fields.last.source'],
    ['DIPV1021', 'a pair without a source', withFields(actuals, [{ target: 'TaskId' }]), 'fields.last.source'],
    ['DIPV1022', 'a target column that is not there', withFields(actuals, [{ source: 'msdyn_task', target: 'Task' }]), 'fields.last.target'],
    ['DIPV1023', 'one pair twice', withFields(actuals, [{ source: 'msdyn_task', target: 'TaskId' }]), 'fields.last.target'],
    ['DIPV1024', 'a filter over a column that is not there', { ...draft(invoices), filter: 'status eq 1' }, 'filter'],
    ['DIPV1026', 'a pair behind a default', withFields(actuals, [{ target: 'UnitOfMeasure', transform: DEFAULT, defaultValue: 'h' }, { source: 'msdyn_unit.name', target: 'UnitOfMeasure' }], ['UnitOfMeasure']), 'fields.last.target'],
    ['DIPV1027', 'a lookup that names no master', withFields(actuals, [{ source: 'msdyn_description', target: 'TaskId', transform: LOOKUP }]), 'fields.last.lookup'],
    ['DIPV1028', 'a master table that is not there', withFields(actuals, [{ source: 'msdyn_description', target: 'TaskId', transform: LOOKUP, lookup: { table: 'Tasks', column: 'Id' } }]), 'fields.last.lookup.table'],
    ['DIPV1028', 'a master key that is not there', withFields(actuals, [{ source: 'msdyn_description', target: 'TaskId', transform: LOOKUP, lookup: { table: 'Projects', column: 'Id' } }]), 'fields.last.lookup.column'],
    ['DIPV1029', 'a value that is translated twice', withFields(invoices, [{ source: 'name', target: 'gw_invoiceheadertext', transform: VALUE_MAP, valueMap: [{ from: 'a', to: 'b' }, { from: 'a', to: 'c' }] }], ['gw_invoiceheadertext']), 'fields.last.valueMap.1.from'],
    ['DIPV1030', 'a type that the target does not take', withFields(actuals, [{ source: 'msdyn_amount', target: 'TaskId' }]), 'fields.last.source'],
    ['DIPV1030', 'an option that the source does not have', withFields(actuals, [{ source: 'msdyn_billingtype', target: 'TaskId', transform: VALUE_MAP, valueMap: [{ from: '7', to: 'x' }] }]), 'fields.last.valueMap.0.from'],
    ['DIPV1030', 'an option that the target does not have', withFields(actuals, [{ source: 'msdyn_task', target: 'BillingType', transform: VALUE_MAP, valueMap: [{ from: 'y', to: '1' }, { from: 'x', to: '77' }] }]), 'fields.last.valueMap.1.to'],
    ['DIPV1030', 'a default that is no day', withFields(milestones, [{ target: 'InvoiceDate', transform: DEFAULT, defaultValue: '2026-02-30' }], ['InvoiceDate']), 'fields.last.defaultValue'],
    ['DIPV1030', 'a default with too many decimals', withFields(milestones, [{ target: 'Amount', transform: DEFAULT, defaultValue: '0.00001' }], ['Amount']), 'fields.last.defaultValue'],
    ['DIPV1030', 'a filter that compares money with a text', { ...draft(actuals), filter: "msdyn_amount gt '5'" }, 'filter'],
    ['DIPV1030', 'a filter that compares a text with a number', { ...draft(actuals), filter: 'not (msdyn_description eq 5)' }, 'filter'],
    ['DIPV1030', 'a filter that compares yes or no with a number', { ...draft(actuals), filter: 'gw_skipsync eq 0' }, 'filter'],
    ['DIPV1030', 'a filter by an option that there is not', { ...draft(invoices), filter: 'msdyn_projectinvoicestatus ne 7' }, 'filter'],
    ['DIPV1030', 'a filter of the way back by another type', { ...draft(actuals), financeFilter: 'VoucherNumber ne 5' }, 'financeFilter'],
    ['DIPV1030', 'money that is kept by value', withFields(actuals, [{ source: 'msdyn_amount', target: 'UnitPrice', keep: ['1'] }]), 'fields.last.keep.0'],
    ['DIPV1031', 'a default without a value', withFields(actuals, [{ target: 'TaskId', transform: DEFAULT }]), 'fields.last.defaultValue'],
    ['DIPV1031', 'a value map without lines', withFields(actuals, [{ source: 'msdyn_description', target: 'TaskId', transform: VALUE_MAP, valueMap: [] }]), 'fields.last.valueMap'],
    ['MAP_UNKNOWN', 'a reference to a map that is not there', { ...draft(connections), references: [{ column: 'msdyn_transaction1', map: 'Nothing' }] }, 'references.0.map'],
    ['INVALID_INPUT', 'a text that is too long to be kept', { ...draft(invoices), filter: `name eq '${'x'.repeat(1000)}'` }, 'filter'],
  ])('MAPEDIT-02 %s: %s', (code, _title, changed, place) => {
    expect(validate(changed).map((finding) => [finding.code, finding.path.join('.')])).toContainEqual([code, place.replace('last', String(changed.fields.length - 1))]);
  });

  it('MAPEDIT-02 DIPV1003: a key that identifies no row of the table that is written', () => {
    expect(validate(draft(milestones), () => false)).toMatchObject([{ code: 'DIPV1003', path: ['integrationKey', 'finance'] }]);
  });

  it('MAPEDIT-02 lists all of it at once, each thing once', () => {
    const changed = { ...draft(actuals), filter: '((', financeTable: 'Nothing', references: [{ column: 'msdyn_project', map: 'Nothing' }] };
    const codes = validate(changed).map((finding) => finding.code);
    expect(codes.filter((code) => ['DIPV1012', 'DIPV1020', 'MAP_UNKNOWN'].includes(code)).sort()).toEqual(['DIPV1012', 'DIPV1020', 'MAP_UNKNOWN']);
  });

  it.each<[string, MapDraft, string]>([
    ['Dataverse does not write the voucher', withFields(actuals, [{ source: 'msdyn_description', target: 'VoucherNumber' }]), 'finance'],
    ['Dataverse does not write the status of a proposal', withFields(invoices, [{ target: 'LineProperty', transform: DEFAULT, defaultValue: '1' }]), 'finance'],
    ['Dataverse does not write journals', { ...draft(milestones), financeTable: 'ProjAdvancedJournalLine' }, 'finance'],
    ['finance does not write the amount of an actual', withFields(actuals, [{ ...back, source: 'Amount', target: 'msdyn_amount' }]), 'Dataverse'],
    ['finance does not write the total of a proforma', withFields(customerInvoices, [{ ...back, source: 'SumTax', target: 'totalamount' }]), 'Dataverse'],
  ])('MAPEDIT-03 %s', (_title, changed, owner) => {
    expect(validate(changed)).toContainEqual(expect.objectContaining({ code: 'ONE_WAY_DIRECTION', owner }));
  });
});

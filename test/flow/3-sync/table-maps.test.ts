import '../../../ormconfig';
import { tableNamed } from '../../../src/entities/columns';
import { FieldTransform, SyncDirection, TABLE_MAPS } from '../../../src/entities/dual-write';
import { TABLE_MAP_DEFINITIONS, type TableMapDefinition } from '../../../src/flow/3-sync/table-maps';
import { PROPOSAL_FIELDS_OF_DATAVERSE } from '../../../src/flow/3-sync/one-way.rules';
import type { StoredTableMap } from '../../../src/stores/dual-write/table-map.store';
import { prepareTableMap, storedMaps } from './stored-maps';

const { DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE } = SyncDirection;

function directionsOf(definition: TableMapDefinition): SyncDirection[] {
  return [DATAVERSE_TO_FINANCE, FINANCE_TO_DATAVERSE].filter((direction) => definition.fields.some((field) => field.direction === direction));
}

describe('the shipped table maps', () => {
  it('are the five of the product, run in the order of their dependencies', () => {
    expect(TABLE_MAP_DEFINITIONS.map((map) => [map.sequence, map.name])).toEqual([
      [1, TABLE_MAPS.invoices], [2, TABLE_MAPS.actuals], [3, TABLE_MAPS.milestones], [4, TABLE_MAPS.connections], [5, TABLE_MAPS.customerInvoices],
    ]);
  });

  it.each(TABLE_MAP_DEFINITIONS.flatMap((map) => directionsOf(map).map((direction) => [map.name, SyncDirection[direction], direction] as const)))(
    'SYNC-12 %s (%s) names only tables, columns, filters and values that exist', (name, _way, direction) => {
      const maps = storedMaps();
      const prepared = prepareTableMap(maps.find((map) => map.name === name)!, direction, maps);
      expect(prepared.pairs.length).toBeGreaterThan(0);
    });

  it.each(TABLE_MAP_DEFINITIONS.map((map) => [map.name, map] as const))('%s has complete transforms', (_name, map) => {
    for (const field of map.fields) {
      expect(field.source === null).toBe(field.transform === FieldTransform.DEFAULT);
      expect(field.valueMap !== null).toBe(field.transform === FieldTransform.VALUE_MAP);
      expect(field.defaultValue !== null).toBe(field.transform === FieldTransform.DEFAULT);
      expect(field.lookup !== null).toBe(field.transform === FieldTransform.LOOKUP);
    }
  });

  it.each(TABLE_MAP_DEFINITIONS.filter((map) => directionsOf(map).includes(DATAVERSE_TO_FINANCE)).map((map) => [map.name, map] as const))(
    '%s gives every column that the target cannot do without', (_name, map) => {
      const target = tableNamed(map.financeTable)!;
      const given = new Set(map.fields.filter((field) => field.direction === DATAVERSE_TO_FINANCE).map((field) => field.target));
      const systemColumns = ['gw_id', 'dataAreaId', 'RecVersion', 'gw_sourceversion'];
      const missing = target.columns.filter((column) => !column.nullable && !column.hasDefault && !systemColumns.includes(column.column) && !given.has(column.column));
      expect(missing).toEqual([]);
    });

  it('maps every value of an option set to one of the target’s', () => {
    for (const map of TABLE_MAP_DEFINITIONS) {
      for (const field of map.fields.filter((candidate) => candidate.valueMap)) {
        const options = Object.values(tableNamed(map.financeTable)!.column(field.target)!.options!);
        for (const value of Object.values(field.valueMap!)) expect(options).toContain(value);
      }
    }
  });

  it('ONEWAY-03 every proposal column that is mapped for good is one that finance may not change', () => {
    const proposal = tableNamed('ProjProposalJour')!;
    const invoices = TABLE_MAP_DEFINITIONS.find((map) => map.name === TABLE_MAPS.invoices)!;
    const properties = invoices.fields.filter((field) => !field.keep).map((field) => proposal.column(field.target)!.property);
    expect(Object.keys(PROPOSAL_FIELDS_OF_DATAVERSE)).toEqual(expect.arrayContaining(properties));
  });
});

describe('a table map that cannot run', () => {
  const [invoices, ...others] = storedMaps();
  const prepare = (changes: Partial<StoredTableMap>) => prepareTableMap({ ...invoices!, ...changes }, DATAVERSE_TO_FINANCE, [invoices!, ...others]);
  const field = invoices!.fields[0]!;

  it.each<[string, Partial<StoredTableMap>, string]>([
    ['an unknown table', { dataverseTable: 'invoices' }, 'There is no table invoices'],
    ['a path that leads nowhere', { companyPath: 'salesorderid.company' }, 'invoice has no column at salesorderid.company'],
    ['a filter that is no OData', { filter: 'statecode = 0' }, 'Unexpected "="'],
    ['a filter over an unknown column', { filter: 'status eq 1' }, 'invoice has no column status to filter by'],
    ['an unknown target column', { fields: [{ ...field, target: 'Proposal' }] }, 'ProjProposalJour has no column Proposal'],
    ['an unmapped integration key', { fields: [] }, 'The integration key invoicenumber is not mapped to ProposalId'],
    ['columns of kinds that do not fit', { fields: [{ ...field, source: 'totalamount' }] }, 'totalamount (money) cannot go to ProposalId (text)'],
    ['a reference to an unknown map', { references: [{ column: 'salesorderid', map: 'Contracts' }] }, 'refers to the table map Contracts'],
  ])('says so: %s', (_title, changes, problem) => {
    expect(() => prepare(changes)).toThrow(problem);
  });
});

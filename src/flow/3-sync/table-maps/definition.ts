import { FieldTransform, SyncDirection, type TableMap, type TableMapField } from '../../../entities/dual-write';

/** A pair of columns as a definition gives it: the sequence comes from its place in the list. */
export type FieldPairDefinition = Omit<TableMapField, 'id' | 'tableMapId' | 'sequence'>;

/** A table map as the product ships it. Copied into the database once; the engine reads it there and never here. */
export interface TableMapDefinition extends Omit<TableMap, 'id' | 'status' | 'version' | 'catchUpTo'> {
  readonly fields: readonly FieldPairDefinition[];
}

const EMPTY: Omit<FieldPairDefinition, 'target' | 'transform'> = {
  direction: SyncDirection.DATAVERSE_TO_FINANCE, source: null, valueMap: null, defaultValue: null, lookup: null, keep: null, required: false,
};

/** The target gets the source's value. */
export function copy(source: string, target: string): FieldPairDefinition {
  return { ...EMPTY, source, target, transform: FieldTransform.COPY };
}

/** The target gets the value that stands beside the source's value; `*` stands for every other one. */
export function valueMap(source: string, target: string, map: Record<string | number, number>): FieldPairDefinition {
  return { ...EMPTY, source, target, transform: FieldTransform.VALUE_MAP, valueMap: map };
}

/** The target gets the source's value, which must be the key of a master record on the target side. */
export function lookup(source: string, target: string, master: { table: string; column: string }): FieldPairDefinition {
  return { ...EMPTY, source, target, transform: FieldTransform.LOOKUP, lookup: master };
}

/** The target gets a value that stands in the map, unless it holds one of `keep`. */
export function defaultTo(target: string, defaultValue: string | number, keep: (string | number)[] | null = null): FieldPairDefinition {
  return { ...EMPTY, target, transform: FieldTransform.DEFAULT, defaultValue: String(defaultValue), keep };
}

/** A record without a value here cannot be carried. */
export function required(pair: FieldPairDefinition): FieldPairDefinition {
  return { ...pair, required: true };
}

/** The target is set when its row is inserted; from then on it is the target side's own. */
export function onInsertOnly(pair: FieldPairDefinition): FieldPairDefinition {
  return { ...pair, keep: ['*'] };
}

/** Pairs of the way back, from finance to Dataverse. */
export function writtenBack(...pairs: FieldPairDefinition[]): FieldPairDefinition[] {
  return pairs.map((pair) => ({ ...pair, direction: SyncDirection.FINANCE_TO_DATAVERSE }));
}

/** Master records of finance that the maps look up, by their public keys. */
export const MASTERS = {
  contract: { table: 'ProjectContractHeaders', column: 'ProjectContractId' },
  contractLine: { table: 'ProjectContractLines', column: 'ContractLineId' },
  fundingSource: { table: 'ProjectFundingSources', column: 'FundingSourceId' },
  customer: { table: 'CustomersV3', column: 'CustomerAccount' },
  project: { table: 'Projects', column: 'ProjectId' },
  category: { table: 'ProjectCategories', column: 'CategoryId' },
  currency: { table: 'Currencies', column: 'CurrencyCode' },
  paymentTerms: { table: 'PaymentTerms', column: 'Name' },
} as const;

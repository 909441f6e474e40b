import type { EntityClass } from '../../entities/columns';
import {
  FinanceCustomer, FinanceFundingSource, FinanceProject, FinanceProjectContract, FinanceProjectContractLine, ReleasedProduct,
} from '../../entities/finance';
import { selectRows } from '../bulk';
import { inList, name, raw, sql, type Session } from '../session';

/** The masters that a chunk of rows names, by the natural keys that both systems share. Nulls are left out. */
export interface MasterKeys {
  readonly legalEntityIds: readonly string[];
  readonly contractIds?: readonly (string | null)[];
  readonly contractLineIds?: readonly (string | null)[];
  readonly projectIds?: readonly (string | null)[];
  readonly customerAccounts?: readonly (string | null)[];
  readonly productNumbers?: readonly (string | null)[];
}

/** The masters of a chunk. Every look-up is within one legal entity. */
export interface FinanceMasters {
  contract(legalEntityId: string, projectContractId: string): FinanceProjectContract | undefined;
  contractLine(legalEntityId: string, contractLineId: string): FinanceProjectContractLine | undefined;
  project(legalEntityId: string, projectId: string): FinanceProject | undefined;
  customer(legalEntityId: string, customerAccount: string): FinanceCustomer | undefined;
  product(legalEntityId: string, productNumber: string): ReleasedProduct | undefined;
  fundingSource(legalEntityId: string, projectContractId: string, fundingSourceId: string): FinanceFundingSource | undefined;
}

/** Reads the customers, contracts with their funding sources, contract lines, projects and products that the keys name: six statements. */
export async function loadFinanceMasters(session: Session, keys: MasterKeys): Promise<FinanceMasters> {
  const legalEntityIds = [...new Set(keys.legalEntityIds)];
  const read = async <Row>(entity: EntityClass<Row>, column: string, values: readonly (string | null)[] | undefined): Promise<Row[]> => {
    const named = [...new Set(values ?? [])].filter((value): value is string => value !== null);
    if (named.length === 0) return [];
    return selectRows(session, entity, sql`WHERE ${inList(session, raw('t."dataAreaId"'), legalEntityIds)}
      AND ${inList(session, sql`t.${name(column)}`, named)}`);
  };
  const contracts = byKey(await read(FinanceProjectContract, 'ProjectContractId', keys.contractIds), (row) => [row.projectContractId]);
  const funding = byKey(await read(FinanceFundingSource, 'ProjectContractId', keys.contractIds),
    (row) => [row.projectContractId, row.fundingSourceId]);
  const lines = byKey(await read(FinanceProjectContractLine, 'ContractLineId', keys.contractLineIds), (row) => [row.contractLineId]);
  const projects = byKey(await read(FinanceProject, 'ProjectId', keys.projectIds), (row) => [row.projectId]);
  const customers = byKey(await read(FinanceCustomer, 'CustomerAccount', keys.customerAccounts), (row) => [row.customerAccount]);
  const products = byKey(await read(ReleasedProduct, 'ItemNumber', keys.productNumbers), (row) => [row.itemNumber]);
  return Object.freeze<FinanceMasters>({
    contract: contracts, contractLine: lines, project: projects, customer: customers, product: products, fundingSource: funding,
  });
}

function byKey<Row extends { legalEntityId: string }>(
  rows: readonly Row[], key: (row: Row) => readonly string[],
): (legalEntityId: string, ...parts: string[]) => Row | undefined {
  const index = new Map(rows.map((row) => [[row.legalEntityId, ...key(row)].join('\u001f'), row]));
  return (legalEntityId, ...parts) => index.get([legalEntityId, ...parts].join('\u001f'));
}

import { ask } from '../../../support/api';
import type { TestGateway } from '../../../support/engines';
import { ERRORS, type AnsweredError } from '../../../support/process';

/** A document as the API gives it, to be changed as people change it in an editor. */
export interface AnsweredDocument {
  format: string;
  formatVersion: number;
  tableMaps: {
    name: string;
    version?: string | null;
    filter: string;
    fields: { direction: string; source?: string; target: string; transform: string; valueMap?: { from: string; to: string | null }[]; [property: string]: unknown }[];
    [property: string]: unknown;
  }[];
}

export async function exported(gateway: TestGateway, names?: readonly string[]): Promise<AnsweredDocument> {
  return (await ask(gateway, 'query ($names: [String!]) { exportTableMaps(names: $names) }', { names })).exportTableMaps;
}

export interface AnsweredImport {
  readonly name: string;
  readonly outcome: 'CREATED' | 'CHANGED' | 'UNCHANGED';
  readonly versionBefore: string | null;
  readonly version: string;
  readonly differences: readonly { property: string; target: string | null; before: unknown; after: unknown }[];
  readonly tableMap: { readonly status: string; readonly version: number } | null;
}

/** Imports a document by the API, and gives what became of its maps and the errors that came back. */
export async function importing(
  gateway: TestGateway, document: unknown, more: object = {}, actor?: string,
): Promise<{ tableMaps: AnsweredImport[]; errors: AnsweredError[] }> {
  const answered = await ask(gateway, `mutation ($input: ImportTableMapsInput!) {
    importTableMaps(input: $input) { tableMaps { name outcome versionBefore version differences { property target before after } tableMap { status version } } ${ERRORS} }
  }`, { input: { document, ...more } }, actor);
  return answered.importTableMaps;
}

/** The same where it must not be refused. */
export async function imported(gateway: TestGateway, document: unknown, more: object = {}): Promise<AnsweredImport[]> {
  const { tableMaps, errors } = await importing(gateway, document, more);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return tableMaps;
}

export const codesOf = (errors: readonly AnsweredError[]): [code: string, place: string][] => errors.map(({ code, path }) => [code, path!.join('.')]);

/** What an administrator may add: contract lines, each as the milestone of an agreed amount. */
export const SIXTH_MAP = {
  name: 'Contract lines as agreed amounts (salesorderdetails)', dataverseTable: 'salesorderdetail', financeTable: 'ProjCDSContractLineMilestoneImport',
  integrationKey: { dataverse: 'salesorderdetailid', finance: 'TransactionId' }, companyPath: 'salesorderid.msdyn_company.cdm_companycode',
  fields: [
    { source: 'salesorderdetailid', target: 'TransactionId', required: true },
    { source: 'salesorderdetailid', target: 'ContractLineRef', required: true },
    { source: 'salesorderid.ordernumber', target: 'ProjectContractId', transform: 'LOOKUP', lookup: { table: 'ProjectContractHeaders', column: 'ProjectContractId' }, required: true },
    { source: 'salesorderdetailname', target: 'Description' },
    { source: 'salesorderid.transactioncurrencyid.isocurrencycode', target: 'CurrencyId', transform: 'LOOKUP', lookup: { table: 'Currencies', column: 'CurrencyCode' }, required: true },
    { target: 'InvoiceDate', transform: 'DEFAULT', defaultValue: '2026-12-31', required: true },
    { target: 'Amount', transform: 'DEFAULT', defaultValue: '0', required: true },
  ],
};

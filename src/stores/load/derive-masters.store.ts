import { FinanceFundingSource, FinanceProjectContractLine, ProjContractBillingMethod } from '../../entities/finance';
import { LoadedRecord } from '../../entities/gateway';
import { BillingMethod } from '../../entities/dataverse';
import type { EntityClass } from '../../entities/columns';
import { chunksOf, insertRows } from '../bulk';
import { columnDefaults, DERIVED_SOURCE, loadedRecordId } from '../load.store';
import { inList, query, raw, sql, type UnitOfWork } from '../session';

/** Dataverse and finance number the two billing methods the other way round. */
const BILLING_METHODS: Record<BillingMethod, ProjContractBillingMethod> = {
  [BillingMethod.TIME_AND_MATERIAL]: ProjContractBillingMethod.TIME_MATERIAL,
  [BillingMethod.FIXED_PRICE]: ProjContractBillingMethod.FIXED_PRICE,
};

interface DerivedRow {
  /** The key as loads spell it: its columns' values with bars in between. */
  readonly key: readonly string[];
  readonly values: Record<string, unknown>;
}

async function insertDerived(work: UnitOfWork, entitySet: string, entity: EntityClass, rows: readonly DerivedRow[], nextId: () => string): Promise<void> {
  const defaults = columnDefaults(work, entity);
  const records = rows.map(({ key, values }) => ({ key: key.map((part) => part.replaceAll('|', '\\|')).join('|'), values: { ...defaults, ...values, id: nextId() } }));
  // What finance has already, it keeps, and so does the memory of where it came from.
  await insertRows(work, entity, records.map(({ values }) => values), { ifAbsent: true });
  await insertRows(work, LoadedRecord, records.map(({ key }) => ({ id: loadedRecordId(entitySet, key), entitySet, key, hash: DERIVED_SOURCE })), { ifAbsent: true });
}

/** Finance's contract lines of Dataverse's, where finance has none. */
export async function deriveContractLines(work: UnitOfWork, entitySet: string, contractLineIds: readonly string[], nextId: () => string): Promise<void> {
  for (const ids of chunksOf(contractLineIds)) {
    const lines = await query<{ id: string; company: string; contract: string; project: string | null; method: BillingMethod }>(work, sql`
      SELECT l."salesorderdetailid" AS id, c."cdm_companycode" AS company, o."ordernumber" AS contract, p."msdynce_projectnumber" AS project,
        l."msdyn_billingmethod" AS method
      FROM "salesorderdetail" l JOIN "salesorder" o ON o."salesorderid" = l."salesorderid"
        JOIN "cdm_company" c ON c."cdm_companyid" = o."msdyn_company"
        LEFT JOIN "msdyn_project" p ON p."msdyn_projectid" = l."msdyn_project"
      WHERE ${inList(work, raw('l."salesorderdetailid"'), ids)} ORDER BY l."salesorderdetailid"`);
    await insertDerived(work, entitySet, FinanceProjectContractLine, lines.map(({ id, company, contract, project, method }) => ({
      key: [company, id],
      values: { legalEntityId: company, contractLineId: id, projectContractId: contract, projectId: project, billingMethod: BILLING_METHODS[method] },
    })), nextId);
  }
}

/** Finance's funding sources of Dataverse's contract customers, where finance has none; of several with one name, the first by id. */
export async function deriveFundingSources(work: UnitOfWork, entitySet: string, contractCustomerIds: readonly string[], nextId: () => string): Promise<void> {
  for (const ids of chunksOf(contractCustomerIds)) {
    const customers = await query<{ name: string; company: string; contract: string; account: string }>(work, sql`
      SELECT r."msdyn_name" AS name, c."cdm_companycode" AS company, o."ordernumber" AS contract, a."accountnumber" AS account
      FROM "msdyn_projectcontractsplitbillingrule" r JOIN "salesorder" o ON o."salesorderid" = r."msdyn_projectcontract"
        JOIN "cdm_company" c ON c."cdm_companyid" = o."msdyn_company"
        JOIN "account" a ON a."accountid" = r."msdyn_accountcustomer"
      WHERE ${inList(work, raw('r."msdyn_projectcontractsplitbillingruleid"'), ids)} ORDER BY r."msdyn_projectcontractsplitbillingruleid"`);
    await insertDerived(work, entitySet, FinanceFundingSource, customers.map(({ name, company, contract, account }) => ({
      key: [company, contract, name],
      values: { legalEntityId: company, projectContractId: contract, fundingSourceId: name, customerAccount: account },
    })), nextId);
  }
}

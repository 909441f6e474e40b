import { Account, OrganizationalUnit, ProjectContract, ProjectContractCustomer, ProjectContractLine, TransactionCurrency } from '../../entities/dataverse';
import { groupBy } from '../../kernel/group-by';
import { selectRows } from '../bulk';
import { forUpdate, inList, raw, sql, type UnitOfWork } from '../session';

/**
 * Locks contracts in key order until the unit of work ends. A contract is the root of its billing backlog: marking and
 * creating proformas wait for each other here.
 */
export async function lockContracts(work: UnitOfWork, contractIds: readonly string[]): Promise<Map<string, ProjectContract>> {
  const rows = await selectRows(
    work,
    ProjectContract,
    sql`
    WHERE ${inList(work, raw('t."salesorderid"'), contractIds)} ORDER BY t."salesorderid"${forUpdate(work)}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function contractLinesOf(work: UnitOfWork, contractId: string): Promise<ProjectContractLine[]> {
  return selectRows(
    work,
    ProjectContractLine,
    sql`WHERE t."salesorderid" = ${contractId} ORDER BY t."lineitemnumber", t."salesorderdetailid"`,
  );
}

export async function contractLineOf(work: UnitOfWork, contractLineId: string): Promise<ProjectContractLine | null> {
  const [row] = await selectRows(work, ProjectContractLine, sql`WHERE t."salesorderdetailid" = ${contractLineId}`);
  return row ?? null;
}

/** The contract customers of a contract, those of the whole contract before those of single lines. */
export async function contractCustomersOf(work: UnitOfWork, contractId: string): Promise<ProjectContractCustomer[]> {
  return (await customersOfContracts(work, [contractId])).get(contractId) ?? [];
}

/** The same of several contracts, by contract. */
export async function customersOfContracts(work: UnitOfWork, contractIds: readonly string[]): Promise<Map<string, ProjectContractCustomer[]>> {
  const rows = await selectRows(
    work,
    ProjectContractCustomer,
    sql`WHERE ${inList(work, raw('t."msdyn_projectcontract"'), contractIds)}
    ORDER BY CASE WHEN t."msdyn_contractline" IS NULL THEN 0 ELSE 1 END, t."msdyn_projectcontractsplitbillingruleid"`,
  );
  return groupBy(rows, ({ contractId }) => contractId);
}

/** The given accounts, by account number. */
export async function accountsInOrder(work: UnitOfWork, accountIds: readonly string[]): Promise<Account[]> {
  return selectRows(
    work,
    Account,
    sql`WHERE ${inList(work, raw('t."accountid"'), accountIds)} ORDER BY t."accountnumber", t."accountid"`,
  );
}

/** Digits after the point of amounts in a currency. */
export async function currencyDecimalsOf(work: UnitOfWork, currencyId: string): Promise<number> {
  return (await work.manager.findOneByOrFail(TransactionCurrency, { id: currencyId })).decimals;
}

/** The same of several currencies, by currency. */
export async function decimalsOfCurrencies(work: UnitOfWork, currencyIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await selectRows(work, TransactionCurrency, sql`WHERE ${inList(work, raw('t."transactioncurrencyid"'), currencyIds)}`);
  return new Map(rows.map(({ id, decimals }) => [id, decimals]));
}

/** The currencies in which contracting or resourcing units keep their cost, by unit; null for those that name none. */
export async function currenciesOfUnits(work: UnitOfWork, unitIds: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await selectRows(work, OrganizationalUnit, sql`WHERE ${inList(work, raw('t."msdyn_organizationalunitid"'), unitIds)}`);
  return new Map(rows.map(({ id, currencyId }) => [id, currencyId]));
}

/** The contracting unit of a contract. */
export async function contractingUnitOf(work: UnitOfWork, contractId: string): Promise<string | null> {
  const contract = await work.manager.findOneByOrFail(ProjectContract, { id: contractId });
  return contract.contractingUnitId;
}

import { moneyFromSum } from '../../entities/columns';
import { PostingType, ProjTransStatus } from '../../entities/finance';
import type { Decimal } from '../../kernel/decimal';
import { inList, join, name, query, raw, sql, type Session, type Sql } from '../session';

/** Which entries are summed up; what is left out does not matter. */
export interface BalanceFilter {
  readonly legalEntityId?: string | null;
  /** The project contract's number. */
  readonly contractId?: string | null;
  /** The project's number; in the project subledger only. */
  readonly projectId?: string | null;
  readonly postingTypes?: readonly PostingType[] | null;
  readonly mainAccountIds?: readonly string[] | null;
  /** First and last accounting date, both included. */
  readonly fromDate?: string | null;
  readonly throughDate?: string | null;
}

/** The sum of entries of one legal entity, posting type, main account and transaction currency. Debit is positive, credit negative. */
export interface LedgerBalance {
  readonly legalEntityId: string;
  readonly postingType: PostingType;
  readonly mainAccountId: string;
  readonly mainAccountName: string | null;
  readonly currencyCode: string;
  readonly amount: Decimal;
  readonly accountingCurrencyCode: string;
  readonly accountingAmount: Decimal;
  /** Both without sign, in accounting currency. */
  readonly accountingDebit: Decimal;
  readonly accountingCredit: Decimal;
  readonly entryCount: number;
}

/** Where entries stand: the ledger, or the ledger trace of the project subledger. */
interface Books {
  readonly table: string;
  readonly voucher: string;
  readonly currency: string;
  readonly amount: string;
  readonly accounting: string;
  readonly ofContract: (contractId: string) => Sql;
}

export const LEDGER: Books = {
  table: 'GeneralJournalAccountEntry',
  voucher: 'GeneralJournalEntry',
  currency: 'TransactionCurrencyCode',
  amount: 'TransactionCurrencyAmount',
  accounting: 'AccountingCurrencyAmount',
  ofContract: (contractId) => sql`e."GeneralJournalEntry" IN (
    SELECT "gw_generaljournalentry" FROM "ProjAdvancedJournalLine" WHERE "gw_contractid" = ${contractId}
    UNION ALL SELECT "gw_generaljournalentry" FROM "ProjInvoiceJour" WHERE "ProjInvoiceProjId" = ${contractId})`,
};

export const PROJECT_SUBLEDGER: Books = {
  table: 'ProjTransPosting',
  voucher: 'gw_generaljournalentry',
  currency: 'CurrencyId',
  amount: 'AmountCur',
  accounting: 'AmountMst',
  ofContract: (contractId) => sql`e."gw_contractid" = ${contractId}`,
};

/** Sums come as text: those of many rows are beyond what a number holds exactly. */
function sumAs(column: Sql, alias: string): Sql {
  return sql`CAST(SUM(${column}) AS TEXT) AS ${name(alias)}`;
}

function conditionsOf(session: Session, books: Books, filter: BalanceFilter): Sql {
  const { legalEntityId, contractId, projectId, postingTypes, mainAccountIds, fromDate, throughDate } = filter;
  return join([
    raw('1 = 1'),
    ...(legalEntityId ? [sql`e."dataAreaId" = ${legalEntityId}`] : []),
    ...(contractId ? [books.ofContract(contractId)] : []),
    ...(projectId ? [sql`e."ProjId" = ${projectId}`] : []),
    ...(postingTypes ? [inList(session, raw('e."PostingType"'), postingTypes)] : []),
    ...(mainAccountIds ? [inList(session, raw('e."MainAccount"'), mainAccountIds)] : []),
    ...(fromDate ? [sql`v."AccountingDate" >= ${fromDate}`] : []),
    ...(throughDate ? [sql`v."AccountingDate" <= ${throughDate}`] : []),
  ], ' AND ');
}

interface BalanceRow {
  voucher?: string; entity: string; type: number; account: string; account_name: string | null; currency: string; accounting_currency: string;
  amount: string; accounting: string; debit: string; credit: string; entries: string | number;
}

function balancesSql(books: Books, condition: Sql, groupedBy: Sql): Sql {
  const accounting = sql`e.${name(books.accounting)}`;
  return sql`SELECT ${groupedBy} e."dataAreaId" AS "entity", e."PostingType" AS "type", e."MainAccount" AS "account", m."Name" AS "account_name",
      e.${name(books.currency)} AS "currency", v."AccountingCurrency" AS "accounting_currency",
      ${sumAs(sql`e.${name(books.amount)}`, 'amount')}, ${sumAs(accounting, 'accounting')},
      ${sumAs(sql`CASE WHEN ${accounting} > 0 THEN ${accounting} ELSE 0 END`, 'debit')},
      ${sumAs(sql`CASE WHEN ${accounting} < 0 THEN -${accounting} ELSE 0 END`, 'credit')}, COUNT(*) AS "entries"
    FROM ${name(books.table)} e JOIN "GeneralJournalEntry" v ON v."gw_id" = e.${name(books.voucher)}
    LEFT JOIN "MainAccounts" m ON m."MainAccountId" = e."MainAccount"
    WHERE ${condition}`;
}

function balanceOf(row: BalanceRow): LedgerBalance {
  return {
    legalEntityId: row.entity,
    postingType: Number(row.type),
    mainAccountId: row.account,
    mainAccountName: row.account_name,
    currencyCode: row.currency,
    amount: moneyFromSum(row.amount),
    accountingCurrencyCode: row.accounting_currency,
    accountingAmount: moneyFromSum(row.accounting),
    accountingDebit: moneyFromSum(row.debit),
    accountingCredit: moneyFromSum(row.credit),
    entryCount: Number(row.entries),
  };
}

/** Sums by legal entity, posting type, account and currency, in this order, at most `limit`. */
export async function balancesIn(session: Session, books: Books, filter: BalanceFilter, limit: number): Promise<LedgerBalance[]> {
  const rows = await query<BalanceRow>(session, sql`${balancesSql(books, conditionsOf(session, books, filter), raw(''))}
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 5 LIMIT ${limit}`);
  return rows.map(balanceOf);
}

/** The same per voucher, by the vouchers' ids. */
export async function balancesOfVouchers(session: Session, voucherIds: readonly string[]): Promise<Map<string, LedgerBalance[]>> {
  const condition = inList(session, raw('e."GeneralJournalEntry"'), voucherIds);
  const rows = await query<BalanceRow & { voucher: string }>(session, sql`${balancesSql(LEDGER, condition, raw('v."gw_id" AS "voucher",'))}
    GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 3, 4, 6`);
  const found = new Map<string, LedgerBalance[]>();
  for (const row of rows) found.set(row.voucher, [...(found.get(row.voucher) ?? []), balanceOf(row)]);
  return found;
}

/** Work in progress of a contract in one currency. */
export interface WipSum {
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly currencyCode: string;
  readonly amount: Decimal;
  readonly accountingAmount: Decimal;
}

interface WipRow {
  entity: string; contract: string; currency: string; amount: string; accounting: string;
}

function wipOf({ entity, contract, currency, amount, accounting }: WipRow): WipSum {
  return {
    legalEntityId: entity, contractId: contract, currencyCode: currency, amount: moneyFromSum(amount), accountingAmount: moneyFromSum(accounting),
  };
}

function ofScope({ legalEntityId, contractId }: Pick<BalanceFilter, 'legalEntityId' | 'contractId'>, entity: Sql, contract: Sql): Sql {
  return join([
    raw('1 = 1'), ...(legalEntityId ? [sql`${entity} = ${legalEntityId}`] : []), ...(contractId ? [sql`${contract} = ${contractId}`] : []),
  ], ' AND ');
}

/** What the ledger holds as WIP - sales value, by the contract of the journal line or customer invoice that each voucher posted. */
export async function wipInLedger(session: Session, filter: Pick<BalanceFilter, 'legalEntityId' | 'contractId'>): Promise<WipSum[]> {
  const rows = await query<WipRow>(session, sql`
    SELECT e."dataAreaId" AS "entity", d."contract", e."TransactionCurrencyCode" AS "currency",
      ${sumAs(raw('e."TransactionCurrencyAmount"'), 'amount')}, ${sumAs(raw('e."AccountingCurrencyAmount"'), 'accounting')}
    FROM "GeneralJournalAccountEntry" e JOIN (
      SELECT "gw_generaljournalentry" AS "voucher", "gw_contractid" AS "contract" FROM "ProjAdvancedJournalLine" WHERE "gw_generaljournalentry" IS NOT NULL
      UNION ALL SELECT "gw_generaljournalentry", "ProjInvoiceProjId" FROM "ProjInvoiceJour"
    ) AS d ON d."voucher" = e."GeneralJournalEntry"
    WHERE e."PostingType" = ${PostingType.WIP_SALES_VALUE} AND ${ofScope(filter, raw('e."dataAreaId"'), raw('d."contract"'))}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  return rows.map(wipOf);
}

/** What the project subledger says is WIP: the accrued sales value of posted transactions that no invoice has released. */
export async function wipInSubledger(session: Session, filter: Pick<BalanceFilter, 'legalEntityId' | 'contractId'>): Promise<WipSum[]> {
  const rows = await query<WipRow>(session, sql`
    SELECT p."dataAreaId" AS "entity", p."gw_contractid" AS "contract", p."CurrencyId" AS "currency",
      ${sumAs(raw('p."AmountCur"'), 'amount')}, ${sumAs(raw('p."AmountMst"'), 'accounting')}
    FROM "ProjTransPosting" p JOIN "gw_ProjTrans" t ON t."gw_projadvancedjournalline" = p."gw_projadvancedjournalline"
    WHERE p."PostingType" = ${PostingType.WIP_SALES_VALUE} AND t."TransStatus" = ${ProjTransStatus.POSTED}
      AND ${ofScope(filter, raw('p."dataAreaId"'), raw('p."gw_contractid"'))}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  return rows.map(wipOf);
}

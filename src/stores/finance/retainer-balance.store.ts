import { moneyFromSum } from '../../entities/columns';
import { PostingType, ProjTransType } from '../../entities/finance';
import { Decimal } from '../../kernel/decimal';
import { InternalError } from '../../kernel/refusal';
import { forUpdate, inList, query, raw, sql, type Session } from '../session';

/** What customer invoices have credited of a retainer on account and not released yet: credit, so negative. */
export interface RetainerOnAccount {
  readonly postingType: PostingType;
  readonly mainAccountId: string;
  readonly currencyCode: string;
  readonly amount: Decimal;
  readonly accountingAmount: Decimal;
  /** Sales tax that invoices have taken on the retainer and not given back yet, by code and rate. */
  readonly taxes: readonly TaxOnAccount[];
}

/** Sales tax of one code and rate on what a retainer still has on account, in transaction currency. */
export interface TaxOnAccount {
  readonly taxCode: string;
  readonly ratePercent: Decimal;
  readonly taxAmount: Decimal;
  /** How many invoice lines it comes from, each rounded by itself. */
  readonly lineCount: number;
}

/** The retainers of proposal lines, by the staged actuals that the lines are made of; lines without one are left out. */
export async function retainersOfLines(session: Session, stagedActualIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ staged: string; retainer: string }>(
    session,
    sql`SELECT s."gw_id" AS staged, s."gw_retainerid" AS retainer FROM "ProjCDSActualsImport" s
    WHERE ${inList(session, raw('s."gw_id"'), stagedActualIds)} AND s."gw_retainerid" IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.staged, row.retainer]));
}

/** What the lines of a proposal deduct of a retainer together. */
export interface ProposalDeduction {
  readonly proposalId: string;
  readonly retainerId: string;
  readonly amount: Decimal;
  /** The proposal that invoices the retainer; null while none of it has lines. */
  readonly invoicedBy: string | null;
}

/** What proposals deduct of retainers, by proposal and retainer: one statement, however many lines they have. */
export async function deductionsOf(session: Session, proposalIds: readonly string[]): Promise<ProposalDeduction[]> {
  const rows = await query<{ proposal: string; retainer: string; amount: unknown; invoiced: string | null }>(
    session,
    sql`SELECT l."gw_projproposaljour" AS proposal, s."gw_retainerid" AS retainer, -SUM(l."LineAmount") AS amount, (
        SELECT MIN(i."InvoiceId") FROM "ProjCDSActualsImport" i WHERE i."gw_retainerid" = s."gw_retainerid" AND i."Amount" > 0
      ) AS invoiced
    FROM "gw_ProjProposalTrans" l JOIN "ProjCDSActualsImport" s ON s."gw_id" = l."gw_projcdsactualsimport"
    WHERE ${inList(session, raw('l."gw_projproposaljour"'), proposalIds)} AND l."LineAmount" < 0
      AND l."TransType" = ${ProjTransType.ON_ACCOUNT} AND s."gw_retainerid" IS NOT NULL
    GROUP BY 1, 2, s."gw_retainerid" ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    proposalId: row.proposal,
    retainerId: row.retainer,
    amount: moneyFromSum(row.amount),
    invoicedBy: row.invoiced,
  }));
}

/**
 * What each retainer has on account, by retainer. A unit of work locks the staged rows of the retainers first, so that two invoices that release
 * the same one do so one after the other, and all parts together are the whole to the cent.
 */
export async function lockRetainersOnAccount(
  session: Session,
  retainerIds: readonly string[],
): Promise<Map<string, RetainerOnAccount>> {
  if (retainerIds.length === 0) return new Map();
  await query(
    session,
    sql`SELECT "gw_id" FROM "ProjCDSActualsImport" WHERE ${inList(session, raw('"gw_retainerid"'), retainerIds)}
    ORDER BY "gw_id"${forUpdate(session)}`,
  );
  const types = [PostingType.INVOICED_REVENUE_ON_ACCOUNT, PostingType.WIP_INVOICED_ON_ACCOUNT];
  const rows = await query<{ retainer: string; type: number; account: string; currency: string; amount: unknown; accounting: unknown }>(
    session,
    sql`SELECT s."gw_retainerid" AS retainer, p."PostingType" AS type, p."MainAccount" AS account, p."CurrencyId" AS currency,
      SUM(p."AmountCur") AS amount, SUM(p."AmountMst") AS accounting
    FROM "ProjCDSActualsImport" s
    JOIN "gw_ProjInvoiceTrans" l ON l."gw_actualid" = s."ActualId"
    JOIN "ProjTransPosting" p ON p."gw_projinvoicetrans" = l."gw_id" AND ${inList(session, raw('p."PostingType"'), types)}
    WHERE ${inList(session, raw('s."gw_retainerid"'), retainerIds)} GROUP BY 1, 2, 3, 4`,
  );
  const taxes = await taxesOnAccount(session, retainerIds);
  const found = new Map<string, RetainerOnAccount>();
  for (const row of rows) {
    const [amount, accountingAmount] = [moneyFromSum(row.amount), moneyFromSum(row.accounting)];
    if (amount.isZero() && accountingAmount.isZero() && rows.some((other) => other !== row && other.retainer === row.retainer)) continue;
    if (found.has(row.retainer)) throw new InternalError(`The retainer ${row.retainer} stands on more than one account`);
    found.set(row.retainer, {
      postingType: Number(row.type),
      mainAccountId: row.account,
      currencyCode: row.currency,
      amount,
      accountingAmount,
      taxes: taxes.get(row.retainer) ?? [],
    });
  }
  return found;
}

async function taxesOnAccount(session: Session, retainerIds: readonly string[]): Promise<Map<string, TaxOnAccount[]>> {
  const rows = await query<{ retainer: string; code: string; rate: string; amount: unknown; lines: unknown }>(
    session,
    sql`SELECT s."gw_retainerid" AS retainer, t."TaxCode" AS code, t."TaxValue" AS rate, SUM(t."TaxAmountCur") AS amount, COUNT(*) AS lines
    FROM "ProjCDSActualsImport" s
    JOIN "gw_ProjInvoiceTrans" l ON l."gw_actualid" = s."ActualId"
    JOIN "TaxTrans" t ON t."gw_projinvoicetrans" = l."gw_id"
    WHERE ${inList(session, raw('s."gw_retainerid"'), retainerIds)} GROUP BY 1, 2, 3`,
  );
  const found = new Map<string, TaxOnAccount[]>();
  for (const { retainer, code, rate, amount, lines } of rows) {
    const tax = { taxCode: code, ratePercent: new Decimal(rate), taxAmount: moneyFromSum(amount), lineCount: Number(lines) };
    found.set(retainer, [...(found.get(retainer) ?? []), tax]);
  }
  return found;
}

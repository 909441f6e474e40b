import {
  Account, Company, ProformaInvoice, ProjectContract, TransactionCurrency,
} from '../../entities/dataverse';
import {
  CustomerInvoice, FinanceCurrency, InvoiceProposal, LegalEntity, SalesTaxCode,
} from '../../entities/finance';
import { moneyFromSum } from '../../entities/columns';
import { Decimal } from '../../kernel/decimal';
import { selectRows } from '../bulk';
import type { DocumentKind } from './document-lines.store';
import { query, sql, type Session, type Sql } from '../session';

/** What the documents of a legal entity and a customer have on their heads. */
export interface DocumentParties {
  readonly legalEntity: LegalEntity | null;
  /** The customer as Dataverse has it, where the addresses are. */
  readonly account: Account | null;
  readonly contractName: string | null;
  /** Decimals of the currency; null when neither system lists it. */
  readonly currencyDecimals: number | null;
}

export async function documentParties(
  session: Session,
  named: { readonly legalEntityId: string; readonly customerAccount: string; readonly contractNumber: string; readonly currencyCode: string },
): Promise<DocumentParties> {
  const [legalEntity] = await selectRows(session, LegalEntity, sql`WHERE t."LegalEntityId" = ${named.legalEntityId}`);
  const [account] = await selectRows(session, Account, sql`JOIN "cdm_company" c ON c."cdm_companyid" = t."msdyn_company"
    WHERE c."cdm_companycode" = ${named.legalEntityId} AND t."accountnumber" = ${named.customerAccount}`);
  const [contract] = await selectRows(session, ProjectContract, sql`WHERE t."ordernumber" = ${named.contractNumber}`);
  const [finance] = await selectRows(session, FinanceCurrency, sql`WHERE t."CurrencyCode" = ${named.currencyCode}`);
  const [dataverse] = await selectRows(session, TransactionCurrency, sql`WHERE t."isocurrencycode" = ${named.currencyCode}`);
  return {
    legalEntity: legalEntity ?? null,
    account: account ?? null,
    contractName: contract?.name ?? null,
    currencyDecimals: finance?.decimals ?? dataverse?.decimals ?? null,
  };
}

/** Decimals of a currency as finance lists it; null when it does not. */
export async function financeDecimalsOf(session: Session, currencyCode: string): Promise<number | null> {
  const [currency] = await selectRows(session, FinanceCurrency, sql`WHERE t."CurrencyCode" = ${currencyCode}`);
  return currency?.decimals ?? null;
}

export async function customerInvoiceById(session: Session, id: string): Promise<CustomerInvoice | null> {
  return (await selectRows(session, CustomerInvoice, sql`WHERE t."gw_id" = ${id}`))[0] ?? null;
}

export async function invoiceProposalById(session: Session, id: string): Promise<InvoiceProposal | null> {
  return (await selectRows(session, InvoiceProposal, sql`WHERE t."gw_id" = ${id}`))[0] ?? null;
}

/** A proforma with what a document says of its neighbours. */
export interface ProformaFacts {
  readonly proforma: ProformaInvoice;
  readonly contract: ProjectContract;
  readonly company: Company;
  readonly account: Account;
  readonly currency: TransactionCurrency;
}

export async function proformaInvoiceById(session: Session, id: string): Promise<ProformaFacts | null> {
  const [proforma] = await selectRows(session, ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`);
  if (!proforma) return null;
  const [contract] = await selectRows(session, ProjectContract, sql`WHERE t."salesorderid" = ${proforma.contractId}`);
  const [company] = await selectRows(session, Company, sql`WHERE t."cdm_companyid" = ${contract!.companyId}`);
  const [account] = await selectRows(session, Account, sql`WHERE t."accountid" = ${proforma.customerId}`);
  const [currency] = await selectRows(session, TransactionCurrency, sql`WHERE t."transactioncurrencyid" = ${proforma.currencyId}`);
  return { proforma, contract: contract!, company: company!, account: account!, currency: currency! };
}

/** Sales tax of a document by tax code and rate. */
export interface DocumentTax {
  readonly taxCode: string;
  readonly ratePercent: Decimal;
  readonly baseAmount: Decimal;
  readonly taxAmount: Decimal;
}

/** Posted sales tax of a customer invoice by tax code and rate, in code order. */
export async function postedTaxes(session: Session, customerInvoiceId: string): Promise<DocumentTax[]> {
  const rows = await query<{ code: string; rate: string; base: unknown; tax: unknown }>(session, sql`SELECT "TaxCode" AS "code", "TaxValue" AS "rate",
      CAST(sum("TaxBaseAmountCur") AS text) AS "base", CAST(sum("TaxAmountCur") AS text) AS "tax"
    FROM "TaxTrans" WHERE "gw_projinvoicejour" = ${customerInvoiceId} GROUP BY "TaxCode", "TaxValue" ORDER BY "TaxCode", "TaxValue"`);
  return rows.map(({ code, rate, base, tax }) => ({
    taxCode: code, ratePercent: new Decimal(rate), baseAmount: moneyFromSum(base), taxAmount: moneyFromSum(tax),
  }));
}

/** Names of a legal entity's sales tax codes. */
export async function taxCodeNames(session: Session, legalEntityId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await selectRows(session, SalesTaxCode, sql`WHERE t."dataAreaId" = ${legalEntityId}`);
  return new Map(rows.map((row) => [row.taxCode, row.name]));
}

/** The customer invoices that a document credits; of a proforma, those that finance has posted of what it corrects. */
function creditedInvoices(kind: DocumentKind, id: string): Sql {
  switch (kind) {
    case 'CustomerInvoice':
      return sql`SELECT c."gw_creditedinvoice" FROM "gw_ProjInvoiceCredit" c WHERE c."gw_projinvoicejour" = ${id}`;
    case 'InvoiceProposal':
      return sql`SELECT o."gw_projinvoicejour" FROM "gw_ProjProposalTrans" l JOIN "gw_ProjInvoiceTrans" o ON o."gw_id" = l."gw_creditedinvoicetrans"
        WHERE l."gw_projproposaljour" = ${id}`;
    case 'ProformaInvoice':
      return sql`SELECT o."gw_projinvoicejour" FROM "msdyn_invoicelinetransaction" l JOIN "gw_ProjInvoiceTrans" o ON o."gw_actualid" = l."gw_originalbilledactual"
        WHERE l."msdyn_invoice" = ${id}`;
  }
}

/** Numbers of the earlier invoices that a document credits, or would once it is posted, in order; at most `limit`. */
export async function creditedInvoiceNumbers(session: Session, kind: DocumentKind, id: string, limit: number): Promise<string[]> {
  const rows = await query<{ number: string }>(session, sql`SELECT i."ProjInvoiceId" AS "number" FROM "ProjInvoiceJour" i
    WHERE i."gw_id" IN (${creditedInvoices(kind, id)}) ORDER BY i."ProjInvoiceId" LIMIT ${limit}`);
  return rows.map((row) => row.number);
}

/** The version that a document's record has now; null when it is gone. */
export async function documentVersion(session: Session, kind: DocumentKind, id: string): Promise<number | null> {
  switch (kind) {
    case 'CustomerInvoice': return (await customerInvoiceById(session, id))?.version ?? null;
    case 'InvoiceProposal': return (await invoiceProposalById(session, id))?.version ?? null;
    case 'ProformaInvoice': return (await selectRows(session, ProformaInvoice, sql`WHERE t."invoiceid" = ${id}`))[0]?.version ?? null;
  }
}

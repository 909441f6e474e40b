import type { InvoiceProposal } from '../../../entities/finance';
import { ZERO, type Decimal } from '../../../kernel/decimal';
import { notFound, refuse, Refused, stale, type Refusal } from '../../../kernel/refusal';
import { readProposal } from '../../../stores/finance/proposal.store';
import type { Session } from '../../../stores/session';
import type { InvoiceHeader } from './invoice-header.decision';
import type { PostedLineTax } from './invoice-line.decision';
import { addLines, NO_LINES_YET } from './invoice-voucher.decision';
import { beginPosting, decidedChunks, voucherOf, type DecidedLine, type ProposalPosting } from './proposal-posting';
import type { LedgerPosting } from '../voucher-balance.rules';

/** What stands on a preview where the customer invoice will have its number. */
export const PRO_FORMA = 'Pro forma';

/** Sales tax of a whole invoice by tax code and rate. */
export type TaxTotal = Omit<PostedLineTax, 'payableMainAccountId'>;

/** A ledger entry of the preview with the account's name in the chart of accounts. */
export interface PreviewedEntry extends LedgerPosting {
  readonly mainAccountName: string | null;
}

/** What the lines add up to. */
export interface PreviewedTotals {
  readonly netAmount: Decimal;
  readonly taxAmount: Decimal;
  readonly invoiceAmount: Decimal;
  readonly accountingInvoiceAmount: Decimal;
}

export interface PreviewedInvoice extends PreviewedTotals {
  readonly proposal: InvoiceProposal;
  readonly header: InvoiceHeader;
  readonly accountingCurrencyCode: string;
  readonly lineCount: number;
  readonly taxes: readonly TaxTotal[];
  readonly entries: readonly PreviewedEntry[];
}

/** Either the invoice that posting would make, or why posting would refuse. */
export interface PostingPreview {
  readonly invoice: PreviewedInvoice | null;
  readonly refusals: readonly Refusal[];
}

/**
 * What posting a proposal would write, without writing it and without taking numbers: the *Pro forma* of finance (domain facts 6.7). The
 * lines go to `see` chunk by chunk in line order, so that no invoice is in memory whole. Refuses what posting would refuse; a proposal
 * that somebody changes meanwhile is refused as stale.
 */
export async function previewPosting(
  session: Session,
  proposalId: string,
  invoiceDate: string | null,
  see: (lines: readonly DecidedLine[]) => void | Promise<void>,
): Promise<PostingPreview> {
  try {
    return { invoice: await preview(session, proposalId, invoiceDate, see), refusals: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { invoice: null, refusals: error.refusals };
  }
}

async function preview(
  session: Session,
  proposalId: string,
  invoiceDate: string | null,
  see: (lines: readonly DecidedLine[]) => void | Promise<void>,
): Promise<PreviewedInvoice> {
  const proposal = await readProposal(session, proposalId);
  if (!proposal) refuse(notFound('invoice proposal', proposalId));
  const posting = await beginPosting(session, proposal, { invoiceDate, expectedVersion: null });
  let totals = NO_LINES_YET;
  let taxes: ReadonlyMap<string, TaxTotal> = new Map();
  for await (const lines of decidedChunks(session, posting)) {
    totals = addLines(totals, posting.header.terms, lines);
    taxes = addTaxes(taxes, lines);
    await see(lines);
  }
  if ((await readProposal(session, proposalId))?.version !== proposal.version) refuse(stale(`Invoice proposal ${proposal.number}`, null, null));
  const { netAmount, taxAmount, lineCount } = totals;
  const { entries, invoiceAmount, accountingInvoiceAmount } = voucherOf(posting, totals, PRO_FORMA);
  return {
    proposal,
    header: posting.header,
    accountingCurrencyCode: posting.legalEntity.accountingCurrency,
    lineCount,
    netAmount,
    taxAmount,
    invoiceAmount,
    accountingInvoiceAmount,
    taxes: [...taxes.values()],
    entries: entries.map((entry) => ({ ...entry, mainAccountName: nameOf(posting, entry) })),
  };
}

function nameOf({ setup }: ProposalPosting, { mainAccountId }: LedgerPosting): string | null {
  return setup.mainAccountName(mainAccountId) ?? null;
}

/** Adds the tax of lines to what each tax code has so far, in the order in which each first appeared. */
function addTaxes(sofar: ReadonlyMap<string, TaxTotal>, lines: readonly DecidedLine[]): Map<string, TaxTotal> {
  const taxes = new Map(sofar);
  for (const { taxCode, ratePercent, ...tax } of lines.flatMap((line) => line.taxes)) {
    const key = `${taxCode} ${ratePercent.toFixed()}`;
    const { baseAmount = ZERO, taxAmount = ZERO, accountingTaxAmount = ZERO } = taxes.get(key) ?? {};
    taxes.set(key, {
      taxCode,
      ratePercent,
      baseAmount: baseAmount.plus(tax.baseAmount),
      taxAmount: taxAmount.plus(tax.taxAmount),
      accountingTaxAmount: accountingTaxAmount.plus(tax.accountingTaxAmount),
    });
  }
  return taxes;
}

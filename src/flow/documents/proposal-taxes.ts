import type { InvoiceProposal } from '../../entities/finance';
import { breather } from '../../kernel/yielding';
import type { DocumentTax } from '../../stores/documents/document-facts.store';
import { proposalLinesAfter } from '../../stores/finance/proposal.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import type { Session } from '../../stores/session';
import { taxesOfLine } from '../5-post/proposals/invoice-line.decision';
import { postingSetupOf } from '../5-post/posting-setup';

/** Sales tax of an open proposal by tax code and rate, as posting would compute it at its invoice date, in code order. */
export async function proposalTaxes(
  session: Session,
  setup: FinanceSetup,
  proposal: InvoiceProposal,
  terms: { readonly invoiceDate: string; readonly currencyDecimals: number },
): Promise<DocumentTax[]> {
  const breath = breather();
  const byCode = new Map<string, DocumentTax>();
  const postingSetup = postingSetupOf(setup, null, proposal.legalEntityId);
  for (let after = -1; ; ) {
    const lines = await proposalLinesAfter(session, proposal.id, after);
    if (lines.length === 0) break;
    after = lines.at(-1)!.lineNumber;
    for (const { taxCode, ratePercent, baseAmount, taxAmount } of lines.flatMap((line) => taxesOfLine(line, terms, postingSetup).taxes)) {
      const key = `${taxCode} ${ratePercent.toFixed()}`;
      const earlier = byCode.get(key);
      byCode.set(key, {
        taxCode, ratePercent,
        baseAmount: earlier ? earlier.baseAmount.plus(baseAmount) : baseAmount,
        taxAmount: earlier ? earlier.taxAmount.plus(taxAmount) : taxAmount,
      });
    }
    await breath();
  }
  return [...byCode.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tax]) => tax);
}

import type { InvoiceProposalLine } from '../../../entities/finance';
import { invalid, refuse } from '../../../kernel/refusal';
import { journalLinesById } from '../../../stores/finance/journal.store';
import { onAccountTransactionsOf } from '../../../stores/finance/posting.store';
import { stagedActualsOfLines } from '../../../stores/finance/proposal.store';
import { loadFinanceMasters } from '../../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../../stores/finance/setup.store';
import type { UnitOfWork } from '../../../stores/session';
import { defaultsOf } from '../../4-import/defaulting.rules';
import { masterKeysOf } from '../../4-import/load-readiness';

/**
 * The sales tax group that import would give each line of a proposal without a group of its own, by line: that of its on-account
 * transaction or posted journal line, else the set-up's. Refused: set-up that is missing meanwhile.
 */
export async function loadDefaultTaxGroups(
  work: UnitOfWork,
  setup: FinanceSetup,
  lines: readonly InvoiceProposalLine[],
): Promise<Map<string, string | null>> {
  const staged = await stagedActualsOfLines(work, lines);
  const masters = await loadFinanceMasters(work, masterKeysOf([...staged.values()]));
  const onAccount = await onAccountTransactionsOf(
    work,
    lines.flatMap((line) => line.onAccountTransactionId ?? []),
  );
  const journalLines = await journalLinesById(
    work,
    lines.flatMap((line) => line.journalLineId ?? []),
  );
  return new Map(
    lines.map((line) => {
      const own = onAccount.get(line.onAccountTransactionId ?? '') ?? journalLines.get(line.journalLineId ?? '');
      if (own) return [line.id, own.salesTaxGroup];
      const defaulted = defaultsOf(staged.get(line.stagedActualId)!, setup, masters);
      if (defaulted.problem) refuse(invalid('SETUP_MISSING', defaulted.problem.message));
      return [line.id, defaulted.defaults.salesTaxGroup];
    }),
  );
}

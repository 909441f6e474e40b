import type { InvoiceProposalLine } from '../../entities/finance';
import { invalid, refuse } from '../../kernel/refusal';
import { onAccountTransactionsOf } from '../../stores/finance/posting.store';
import { stagedActualsOfLines } from '../../stores/finance/proposal.store';
import { loadFinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import type { UnitOfWork } from '../../stores/session';
import { defaultsOf } from '../4-import/defaulting.rules';
import { masterKeysOf } from '../4-import/load-readiness';

/**
 * The sales tax group that import would give each line of a proposal without a group of its own, by line: its on-account
 * transaction's, else the set-up's. Refused: set-up that is missing meanwhile.
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
  return new Map(
    lines.map((line) => {
      const transaction = onAccount.get(line.onAccountTransactionId ?? '');
      if (transaction) return [line.id, transaction.salesTaxGroup];
      const defaulted = defaultsOf(staged.get(line.stagedActualId)!, setup, masters);
      if (defaulted.problem) refuse(invalid('SETUP_MISSING', defaulted.problem.message));
      return [line.id, defaulted.defaults.salesTaxGroup];
    }),
  );
}

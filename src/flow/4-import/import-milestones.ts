import type { CommandContext } from '../../context';
import type { OnAccountTransaction, StagedMilestone } from '../../entities/finance';
import { loadFinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import {
  claimChangedMilestones, insertOnAccountTransactions, markMilestonesProcessed, onAccountTransactionsOf, renewOnAccountTransactions,
  type OnAccountRenewal, type StagingScope,
} from '../../stores/finance/staging.store';
import type { UnitOfWork } from '../../stores/session';
import { stopHere } from '../stop';
import { onAccountColumnsOf, onAccountOf } from './on-account.decision';

/** Makes or renews the on-account transactions of staged milestones, a chunk per unit of work; says how many are new. */
export async function importMilestones(context: CommandContext, scope: StagingScope, setup: FinanceSetup): Promise<number> {
  let added = 0;
  for (let after: string | null = ''; after !== null;) {
    stopHere(context);
    const chunk: { added: number; last: string | null } = await context.database.write((work) => importChunk(context, work, scope, setup, after!));
    added += chunk.added;
    after = chunk.last;
  }
  return added;
}

async function importChunk(
  context: CommandContext, work: UnitOfWork, scope: StagingScope, setup: FinanceSetup, after: string,
): Promise<{ added: number; last: string | null }> {
  const staged = await claimChangedMilestones(work, scope, after);
  if (staged.length === 0) return { added: 0, last: null };
  const masters = await loadFinanceMasters(work, {
    legalEntityIds: [scope.legalEntityId],
    contractIds: staged.map((milestone) => milestone.contractId),
    projectIds: staged.map((milestone) => milestone.projectId),
    customerAccounts: staged.map((milestone) => milestone.customerAccount),
  });
  const existing = new Map((await onAccountTransactionsOf(work, staged.map((milestone) => milestone.milestoneId)))
    .map((transaction) => [transaction.milestoneId, transaction]));
  const added = await insertOnAccountTransactions(work, staged
    .filter((milestone) => !existing.has(milestone.milestoneId))
    .map((milestone) => ({ id: context.ids.next(), ...onAccountOf(milestone, setup, masters) })));
  await renewOnAccountTransactions(work, staged.flatMap((milestone) => renewed(milestone, existing.get(milestone.milestoneId))));
  await markMilestonesProcessed(work, staged.map((milestone) => milestone.id));
  return { added, last: staged.at(-1)!.id };
}

function renewed(milestone: StagedMilestone, transaction: OnAccountTransaction | undefined): OnAccountRenewal[] {
  return transaction ? [{ ...onAccountColumnsOf(milestone), id: transaction.id, sourceVersion: milestone.sourceVersion }] : [];
}

import type { CommandContext } from '../../context';
import { RunKind, RunStatus } from '../../entities/dual-write';
import { notFound, refuse } from '../../kernel/refusal';
import { breather } from '../../kernel/yielding';
import { many } from '../../kernel/many';
import { readProposal } from '../../stores/finance/proposal.store';
import { loadFinanceSetup } from '../../stores/finance/setup.store';
import { legalEntitiesWithStagedRows, type StagingScope } from '../../stores/finance/staging.store';
import type { CommandRequest } from '../command';
import { startRun, type StartedRun } from '../runs';
import { importJournalLines } from './import-journal-lines';
import { importMilestones } from './import-milestones';
import { importProposalLines } from './import-proposal-lines';

export interface ImportFromStagingInput {
  /** Only this legal entity's rows. */
  readonly legalEntityId?: string | null;
  /** Only this proposal: its milestones, its unbilled sales actuals and its lines. */
  readonly proposalId?: string | null;
}

/** What an import did: counts, and the ids of what it made. */
export interface ImportOutcome {
  readonly milestoneCount: number;
  readonly journalLineCount: number;
  readonly proposalsWithLinesCount: number;
  /** Proposals that still have no lines; their blockers say why. */
  readonly waitingProposalCount: number;
  /** Staged rows that could not be taken up; each holds its own error. */
  readonly rowsWithErrorsCount: number;
  readonly journalIds: readonly string[];
  readonly proposalIds: readonly string[];
}

/** Starts an import as a run of its own. Refused before anything starts: a legal entity or proposal that does not exist. */
export async function importFromStaging(
  context: CommandContext, input: ImportFromStagingInput, request: CommandRequest,
): Promise<StartedRun> {
  await scopesOf(context, input);
  return startRun(context, RunKind.IMPORT, request, async () => {
    const outcome = await performImport(context, input);
    return {
      status: outcome.rowsWithErrorsCount > 0 ? RunStatus.FINISHED_WITH_ERRORS : RunStatus.SUCCEEDED,
      message: sentenceOf(outcome),
      outcome,
    };
  });
}

/** What an import did, for people. */
export function sentenceOf(outcome: ImportOutcome): string {
  return `Made ${many(outcome.milestoneCount, 'on-account transaction')}, ${many(outcome.journalLineCount, 'line')} in `
    + `${many(outcome.journalIds.length, 'integration journal')}, and the lines of ${many(outcome.proposalsWithLinesCount, 'proposal')}; `
    + `${many(outcome.waitingProposalCount, 'proposal')} wait, ${many(outcome.rowsWithErrorsCount, 'row')} could not be taken up.`;
}

/**
 * *Import from staging*, the periodic process of finance: staged milestones become on-account transactions, staged cost and unbilled
 * sales actuals integration journal lines, and the billed actuals of each complete and ready proposal its lines. Each journal and
 * each proposal is a unit of work of its own, so that an import that is killed has lost and doubled nothing; the next one goes on.
 */
export async function performImport(context: CommandContext, input: ImportFromStagingInput): Promise<ImportOutcome> {
  const breath = breather();
  const journalIds: string[] = [];
  const proposalIds: string[] = [];
  const counts = { milestoneCount: 0, journalLineCount: 0, proposalsWithLinesCount: 0, waitingProposalCount: 0, rowsWithErrorsCount: 0 };
  for (const scope of await scopesOf(context, input)) {
    const setup = await loadFinanceSetup(context.database.reader, [scope.legalEntityId]);
    counts.milestoneCount += await importMilestones(context, scope, setup);
    const journals = await importJournalLines(context, scope, setup, breath);
    const proposals = await importProposalLines(context, scope, setup, breath);
    counts.journalLineCount += journals.lines;
    counts.rowsWithErrorsCount += journals.rowsWithErrors;
    counts.proposalsWithLinesCount += proposals.proposalIds.length;
    counts.waitingProposalCount += proposals.waiting;
    journalIds.push(...journals.journalIds);
    proposalIds.push(...proposals.proposalIds);
  }
  return { ...counts, journalIds, proposalIds };
}

/** The legal entities to import, or the one proposal. Refused: a legal entity or proposal that does not exist. */
async function scopesOf(context: CommandContext, { legalEntityId, proposalId }: ImportFromStagingInput): Promise<StagingScope[]> {
  const { reader } = context.database;
  if (proposalId) {
    const proposal = await readProposal(reader, proposalId);
    if (!proposal || (legalEntityId && proposal.legalEntityId !== legalEntityId)) {
      refuse(notFound('invoice proposal', proposalId, ['input', 'proposalId']));
    }
    return [{ legalEntityId: proposal.legalEntityId, proposalNumber: proposal.number }];
  }
  if (legalEntityId) {
    const setup = await loadFinanceSetup(reader, [legalEntityId]);
    if (!setup.legalEntity(legalEntityId)) refuse(notFound('legal entity', legalEntityId, ['input', 'legalEntityId']));
    return [{ legalEntityId }];
  }
  return (await legalEntitiesWithStagedRows(reader)).map((id) => ({ legalEntityId: id }));
}

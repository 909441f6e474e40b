import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { importFromStaging, type ImportOutcome } from '../../flow/4-import/import-from-staging.command';
import { ImportFromStagingInput } from '../../schema/finance/import.input';
import { ImportFromStagingPayload } from '../../schema/finance/import.payload';
import { PAGE_ROWS_MAX } from '../../stores/reading/plan';
import { invoiceProposalSource } from '../../stores/reading/sources';
import { optionalNamedRecord, PROPOSAL_FIELDS } from '../loaders/named-records';
import { outcomeWithin } from '../long-work';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NOTHING_IMPORTED = {
  run: null as string | null,
  onAccountTransactionCount: null as number | null,
  journalLineCount: null as number | null,
  invoiceProposalCount: null as number | null,
  waitingProposalCount: null as number | null,
  errorRowCount: null as number | null,
  integrationJournalCount: null as number | null,
  integrationJournals: [] as string[],
  invoiceProposals: [] as string[],
};

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportFromStagingPayload, { description: 'Imports from staging: integration journal lines of cost and unbilled sales, on-account transactions of milestones, and proposal lines of billed sales. A proposal gets all of its lines, or none until everything is ready; its blockers say what is missing.' })
  importFromStaging(@Arg('input', { description: 'What to import.' }) input: ImportFromStagingInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING_IMPORTED, async () => {
      const { waitMs, proposalNumber, ...rest } = input;
      const named = { id: input.proposalId, number: proposalNumber };
      const wanted = { ...rest, proposalId: await optionalNamedRecord(command.database.reader, invoiceProposalSource, named, PROPOSAL_FIELDS) };
      const run = await importFromStaging(command, wanted, requestOf('importFromStaging', wanted));
      const { runId, outcome } = await outcomeWithin<ImportOutcome>(command, run, waitMs);
      if (!outcome) return { ...NOTHING_IMPORTED, run: runId };
      return {
        run: runId,
        onAccountTransactionCount: outcome.milestoneCount,
        journalLineCount: outcome.journalLineCount,
        invoiceProposalCount: outcome.proposalsWithLinesCount,
        waitingProposalCount: outcome.waitingProposalCount,
        errorRowCount: outcome.rowsWithErrorsCount,
        integrationJournalCount: outcome.journalIds.length,
        integrationJournals: outcome.journalIds.slice(0, PAGE_ROWS_MAX),
        invoiceProposals: outcome.proposalIds.slice(0, PAGE_ROWS_MAX),
      };
    });
  }
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RunKind } from '../../entities/dual-write/enums';
import { POSTED_JOURNALS_MAX } from '../../flow/5-post/journals/journal.limits';
import { postIntegrationJournals } from '../../flow/5-post/journals/post-integration-journals.command';
import { postInvoiceProposals } from '../../flow/5-post/proposals/post-invoice-proposals.command';
import { POSTED_PROPOSALS_MAX } from '../../flow/5-post/proposals/proposal.limits';
import { PostIntegrationJournalsInput, PostInvoiceProposalsInput } from '../../schema/finance/posting.input';
import { PostIntegrationJournalsPayload, PostInvoiceProposalsPayload } from '../../schema/finance/posting.payload';
import { integrationJournalSource, invoiceProposalSource } from '../../stores/reading/sources';
import { namedRecords } from '../loaders/named-records';
import { longWork, pluralResult } from '../long-work';
import { answer, requestOf, userErrorsOf, workOf } from '../mutation';
import type { RequestContext } from '../request-context';

const JOURNALS = { ids: 'journalIds', numbers: 'journalNumbers' };
const PROPOSALS = { ids: 'proposalIds', numbers: 'proposalNumbers' };

@Resolver()
export class PostingResolver {
  @Mutation(() => PostIntegrationJournalsPayload, { description: 'Posts integration journals: a voucher per line, the project subledger, and the ledger. One result per journal.' })
  postIntegrationJournals(@Arg('input', { description: 'Which journals.' }) input: PostIntegrationJournalsInput, @Ctx() { command }: RequestContext) {
    return answer({ run: null as string | null, results: [] as object[] | null }, async () => {
      const { waitMs: _waitMs, journalNumbers, ...rest } = input;
      const named = { ids: input.journalIds, numbers: journalNumbers };
      const wanted = { ...rest, journalIds: await namedRecords(command.database.reader, integrationJournalSource, named, JOURNALS, POSTED_JOURNALS_MAX) };
      const request = requestOf('postIntegrationJournals', wanted);
      const { runId, outcome } = await longWork(command, RunKind.POST_JOURNALS, request, input, async () =>
        pluralResult(input, await postIntegrationJournals(command, wanted, workOf(request))));
      return {
        run: runId,
        results: outcome?.map(({ id, outcome: posted, refusals }) => ({
          integrationJournal: id,
          postedLineCount: posted?.postedLineCount ?? 0,
          failedLineCount: posted?.failedLineCount ?? 0,
          errorJournal: posted?.errorJournalId ?? null,
          errors: userErrorsOf(refusals),
        })) ?? null,
      };
    });
  }

  @Mutation(() => PostInvoiceProposalsPayload, { description: 'Posts invoice proposals: a customer invoice with its number and voucher, sales tax, subledgers and ledger. One result per proposal. Refused without lines, in a closed period, or without an exchange rate.' })
  postInvoiceProposals(@Arg('input', { description: 'Which proposals.' }) input: PostInvoiceProposalsInput, @Ctx() { command }: RequestContext) {
    return answer({ run: null as string | null, results: [] as object[] | null }, async () => {
      const { waitMs: _waitMs, proposalNumbers, ...rest } = input;
      const named = { ids: input.proposalIds, numbers: proposalNumbers };
      const wanted = { ...rest, proposalIds: await namedRecords(command.database.reader, invoiceProposalSource, named, PROPOSALS, POSTED_PROPOSALS_MAX) };
      const request = requestOf('postInvoiceProposals', wanted);
      const { runId, outcome } = await longWork(command, RunKind.POST_PROPOSALS, request, input, async () =>
        pluralResult(input, await postInvoiceProposals(command, wanted, workOf(request))));
      return {
        run: runId,
        results: outcome?.map(({ id, outcome: posted, refusals }) => ({
          invoiceProposal: id, customerInvoice: posted?.customerInvoiceId ?? null, errors: userErrorsOf(refusals),
        })) ?? null,
      };
    });
  }
}

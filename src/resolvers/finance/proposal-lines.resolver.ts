import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { refuseLineFieldsOfDataverse } from '../../flow/3-sync/one-way.rules';
import { deleteInvoiceProposalLines } from '../../flow/5-post/proposals/delete-invoice-proposal-lines.command';
import { updateInvoiceProposalLines } from '../../flow/5-post/proposals/update-invoice-proposal-lines.command';
import { refuseAny } from '../../kernel/refusal';
import { DeleteInvoiceProposalLinesPayload, UpdateInvoiceProposalLinesPayload } from '../../schema/finance/posting.payload';
import { DeleteInvoiceProposalLinesInput, UpdateInvoiceProposalLinesInput, type ProposalLinesInput } from '../../schema/finance/proposal-lines.input';
import { keyOf } from '../../stores/reading/global-id';
import { invoiceProposalSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { namedRecord, PROPOSAL_FIELDS } from '../loaders/named-records';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

/** The input with its proposal named by key. */
async function withProposal<Input extends ProposalLinesInput>(session: Session, input: Input): Promise<Omit<Input, 'proposalNumber' | 'proposalId'> & { proposalId: string }> {
  const { proposalNumber: number, proposalId: id, ...rest } = input;
  return { ...rest, proposalId: await namedRecord(session, invoiceProposalSource, { id, number }, PROPOSAL_FIELDS) };
}

/** Lines of invoice proposals between import and posting. */
@Resolver()
export class ProposalLinesResolver {
  @Mutation(() => UpdateInvoiceProposalLinesPayload, { description: 'Gives lines of an open proposal other sales tax groups and item sales tax groups, all or none, and computes their tax and the totals anew. Each field that Dataverse owns is refused by name.' })
  updateInvoiceProposalLines(@Arg('input', { description: 'Which lines, and their groups.' }) input: UpdateInvoiceProposalLinesInput, @Ctx() { command }: RequestContext) {
    return answer({ invoiceProposal: null as string | null, changedLineCount: 0 }, async () => {
      refuseAny(input.lines.flatMap((line, index) => refuseLineFieldsOfDataverse(line, ['input', 'lines', String(index)])));
      const lines = input.lines.map(({ lineId, ...line }, index) =>
        ({ ...line, lineId: lineId ? keyOf('InvoiceProposalLine', lineId, ['input', 'lines', String(index), 'lineId']) : null }));
      const wanted = { ...(await withProposal(command.database.reader, input)), lines };
      const { proposalId, changedLineCount } = await updateInvoiceProposalLines(command, wanted, requestOf('updateInvoiceProposalLines', wanted));
      return { invoiceProposal: proposalId as string | null, changedLineCount };
    });
  }

  @Mutation(() => DeleteInvoiceProposalLinesPayload, { description: 'Deletes all lines of an open proposal (*Delete all*): milestones are released, billed actuals are staged again, and the next import makes the lines anew with the set-up of then. Refused once it is posted.' })
  deleteInvoiceProposalLines(@Arg('input', { description: 'Which proposal.' }) input: DeleteInvoiceProposalLinesInput, @Ctx() { command }: RequestContext) {
    return answer({ invoiceProposal: null as string | null, deletedLineCount: 0 }, async () => {
      const wanted = await withProposal(command.database.reader, input);
      const { proposalId, deletedLineCount } = await deleteInvoiceProposalLines(command, wanted, requestOf('deleteInvoiceProposalLines', wanted));
      return { invoiceProposal: proposalId as string | null, deletedLineCount };
    });
  }
}

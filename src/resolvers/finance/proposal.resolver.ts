import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { refusalOfCreateInvoiceProposal, refusalOfDeleteInvoiceProposal, refuseFieldsOfDataverse } from '../../flow/3-sync/one-way.rules';
import { updateInvoiceProposal } from '../../flow/5-post/proposals/update-invoice-proposal.command';
import { stageAndBlockersOfProposals } from '../../flow/stage/stage-and-blockers';
import { refuse, refuseAny } from '../../kernel/refusal';
import { InvoiceProposal } from '../../schema/finance/invoice-proposal.type';
import { CreateInvoiceProposalInput, DeleteInvoiceProposalInput, UpdateInvoiceProposalInput } from '../../schema/finance/posting.input';
import { InvoiceProposalPayload } from '../../schema/finance/posting.payload';
import { Blocker, ProposalStage } from '../../schema/shared/blocker.type';
import type { GraphRow } from '../../stores/reading/plan';
import { invoiceProposalSource } from '../../stores/reading/sources';
import { namedRecord, PROPOSAL_FIELDS } from '../loaders/named-records';
import { blockersOf, standing } from '../loaders/standing';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NO_PROPOSAL = { invoiceProposal: null as string | null };

@Resolver(() => InvoiceProposal)
export class ProposalResolver {
  @FieldResolver(() => ProposalStage, { description: 'Where the proposal stands.' })
  async stage(@Root() proposal: GraphRow, @Ctx() context: RequestContext): Promise<ProposalStage> {
    return (await standing(context, stageAndBlockersOfProposals, proposal)).stage as string as ProposalStage;
  }

  @FieldResolver(() => [Blocker], { description: 'What holds the proposal back, the first thing first; empty when nothing does.' })
  async blockers(@Root() proposal: GraphRow, @Ctx() context: RequestContext): Promise<Blocker[]> {
    return blockersOf(await standing(context, stageAndBlockersOfProposals, proposal));
  }

  @Mutation(() => InvoiceProposalPayload, { description: 'Always refused with OneWayDirectionError: a proposal comes of a confirmed proforma, through the table map.' })
  createInvoiceProposal(@Arg('input', { description: 'What the proposal would be.' }) _input: CreateInvoiceProposalInput) {
    return answer(NO_PROPOSAL, async () => refuse(refusalOfCreateInvoiceProposal()));
  }

  @Mutation(() => InvoiceProposalPayload, { description: 'Always refused with OneWayDirectionError: a proposal is never deleted; the proforma is corrected instead.' })
  deleteInvoiceProposal(@Arg('input', { description: 'Which proposal.' }) _input: DeleteInvoiceProposalInput) {
    return answer(NO_PROPOSAL, async () => refuse(refusalOfDeleteInvoiceProposal()));
  }

  @Mutation(() => InvoiceProposalPayload, { description: 'Changes what finance owns of an open proposal: sales tax group, dates, terms of payment, posting profile, dimensions. Each field that Dataverse owns is refused by name.' })
  updateInvoiceProposal(@Arg('input', { description: 'What to change.' }) input: UpdateInvoiceProposalInput, @Ctx() { command }: RequestContext) {
    return answer(NO_PROPOSAL, async () => {
      refuseAny(refuseFieldsOfDataverse(input));
      const { proposalNumber, ...rest } = input;
      const named = { id: input.proposalId, number: proposalNumber };
      const wanted = { ...rest, proposalId: await namedRecord(command.database.reader, invoiceProposalSource, named, PROPOSAL_FIELDS) };
      const { proposalId } = await updateInvoiceProposal(command, wanted, requestOf('updateInvoiceProposal', wanted));
      return { invoiceProposal: proposalId as string | null };
    });
  }
}

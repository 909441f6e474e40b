import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { CommandContext } from '../../context';
import { CONTRACTS_MAX } from '../../flow/1-bill/bill.limits';
import { createProformaInvoices } from '../../flow/1-bill/draft/create-proforma-invoices.command';
import { deleteProformaInvoice, type DeleteProformaInvoiceOutcome } from '../../flow/1-bill/draft/delete-proforma-invoice.command';
import { markNotReadyToInvoice, markReadyToInvoice, type MarkTransactionsOutcome } from '../../flow/1-bill/backlog/mark-transactions.command';
import { runCommand } from '../../flow/command';
import { CreateProformaInvoicesInput, DeleteProformaInvoiceInput, MarkTransactionsInput } from '../../schema/dataverse/billing.input';
import { CreateProformaInvoicesPayload, DeleteProformaInvoicePayload, MarkTransactionsPayload } from '../../schema/dataverse/billing.payload';
import { globalIdOf } from '../../stores/reading/global-id';
import { proformaInvoiceSource, projectContractSource } from '../../stores/reading/sources';
import type { Session } from '../../stores/session';
import { CONTRACT_LIST_FIELDS, namedRecord, namedRecords, PROFORMA_FIELDS } from '../loaders/named-records';
import { answer, keysOf, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

const NOTHING_MARKED = { actualCount: 0, milestoneCount: 0, retainerCount: 0, failedActualCount: 0, actuals: [], milestones: [], retainers: [] };

/** The billing backlog and draft proformas. */
@Resolver()
export class BillingResolver {
  @Mutation(() => MarkTransactionsPayload, { description: 'Marks transactions of the billing backlog as ready to invoice. Refused for adjusted, unadjustable and not-to-exceed-failed actuals; then nothing is marked.' })
  markReadyToInvoice(@Arg('input', { description: 'What to mark.' }) input: MarkTransactionsInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING_MARKED, async () => {
      const wanted = await transactionsOf(command.database.reader, input);
      return marked(await markReadyToInvoice(command, wanted, requestOf('markReadyToInvoice', wanted)));
    });
  }

  @Mutation(() => MarkTransactionsPayload, { description: 'Takes the mark back from transactions that are on no proforma.' })
  markNotReadyToInvoice(@Arg('input', { description: 'What to mark.' }) input: MarkTransactionsInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING_MARKED, async () => {
      const wanted = await transactionsOf(command.database.reader, input);
      return marked(await markNotReadyToInvoice(command, wanted, requestOf('markNotReadyToInvoice', wanted)));
    });
  }

  @Mutation(() => CreateProformaInvoicesPayload, { description: 'Creates draft proformas out of what is ready: one per contract and contract customer, a line per contract line, a detail per transaction. One result per contract.' })
  createProformaInvoices(@Arg('input', { description: 'For which contracts.' }) input: CreateProformaInvoicesInput, @Ctx() { command }: RequestContext) {
    return answer({ results: [] as object[] }, async () => {
      const { contractNumbers: _numbers, ...rest } = input;
      const wanted = { ...rest, contractIds: await contractsOf(command.database.reader, input) ?? [] };
      const items = await createProformaInvoices(command, wanted, requestOf('createProformaInvoices', wanted));
      return {
        results: items.map((item) => ({ contract: item.contractId, proformaInvoices: item.proformaInvoiceIds, errors: userErrorsOf(item.refusals) })),
      };
    });
  }

  @Mutation(() => DeleteProformaInvoicePayload, { description: 'Deletes a proforma that is not confirmed; its transactions go back to the billing backlog, ready. A confirmed proforma is refused: it is corrected, not deleted.' })
  deleteProformaInvoice(@Arg('input', { description: 'Which proforma.' }) input: DeleteProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return answer({ deletedProformaInvoiceId: null as string | null }, async () => {
      const { proformaInvoiceId } = await deleteNamedProforma(command, input);
      return { deletedProformaInvoiceId: globalIdOf('ProformaInvoice', proformaInvoiceId) };
    });
  }
}

/**
 * The request is kept as the caller put it: once the proforma is deleted, its number leads nowhere any more, and a repetition
 * still finds what was stored under its key.
 */
async function deleteNamedProforma(command: CommandContext, input: DeleteProformaInvoiceInput): Promise<DeleteProformaInvoiceOutcome> {
  const request = requestOf('deleteProformaInvoice', input);
  const { proformaInvoiceId: id, proformaInvoiceNumber: number, ...rest } = input;
  let proformaInvoiceId: string;
  try {
    proformaInvoiceId = await namedRecord(command.database.reader, proformaInvoiceSource, { id, number }, PROFORMA_FIELDS);
  } catch (refused) {
    return runCommand<DeleteProformaInvoiceOutcome>(command, request, () => Promise.reject(refused));
  }
  return deleteProformaInvoice(command, { ...rest, proformaInvoiceId }, request);
}

async function transactionsOf(session: Session, input: MarkTransactionsInput) {
  const { contractNumbers: _numbers, ...rest } = input;
  return {
    ...rest,
    actualIds: keysOf('Actual', input.actualIds, 'actualIds'),
    milestoneIds: keysOf('Milestone', input.milestoneIds, 'milestoneIds'),
    retainerIds: keysOf('Retainer', input.retainerIds, 'retainerIds'),
    contractIds: await contractsOf(session, input),
  };
}

function contractsOf(session: Session, { contractIds, contractNumbers }: { contractIds?: string[] | null; contractNumbers?: string[] | null }) {
  return namedRecords(session, projectContractSource, { ids: contractIds, numbers: contractNumbers }, CONTRACT_LIST_FIELDS, CONTRACTS_MAX);
}

function marked({ actualIds, milestoneIds, retainerIds, ...counts }: MarkTransactionsOutcome) {
  return { ...counts, actuals: actualIds as never[], milestones: milestoneIds as never[], retainers: retainerIds as never[] };
}

import type { CommandContext } from '../../../context';
import type { ReadyScope } from '../../../stores/dataverse/billing-backlog.store';
import { runCommand, type CommandRequest } from '../../command';
import { addReadyRetainers, addReadyTransactions } from './add-ready-transactions';
import { addToTotals, lockDraft, totalsOf } from './change-draft';
import { lockContractOf, type ProformaInvoiceReference } from './lock-proforma';
import { completedDetailFactsOf } from './open-draft';
import { payWithRetainers } from '../retainers/pay-with-retainers';
import type { ProformaTotals } from './proforma-totals';

export interface RefreshProformaInvoiceInput extends ProformaInvoiceReference {
  /** Only transactions up to this day, and on it; today unless given. */
  readonly transactionsThrough?: string | null;
}

/**
 * Brings a draft up to date: what has become ready since, is not in the future, and its customer pays, arrives as details (domain
 * facts 6.2), and the retainers that have become available since pay for what is unpaid. A draft with corrections takes no retainers. What is on it already stays as it was edited.
 */
export async function refreshProformaInvoice(
  context: CommandContext,
  input: RefreshProformaInvoiceInput,
  request: CommandRequest,
): Promise<{ readonly proformaInvoiceId: string }> {
  return runCommand(context, request, async (work) => {
    const contract = await lockContractOf(work, input);
    const proforma = await lockDraft(work, input);
    const facts = await completedDetailFactsOf(work, context, proforma, contract);
    const scope: ReadyScope = {
      contractId: contract.id,
      contractCustomerAccountId: contract.customerId,
      transactionsThrough: input.transactionsThrough ?? facts.today,
    };
    const added = new Map<string, ProformaTotals>();
    await addReadyTransactions(work, scope, facts, added);
    if (!proforma.hasCorrections) {
      await addReadyRetainers(work, scope, facts, added);
      totalsOf(await payWithRetainers(work, facts), added);
    }
    await addToTotals(work, proforma, added);
    return { proformaInvoiceId: proforma.id };
  });
}

import type { CommandContext } from '../../../context';
import type { Account, ProformaInvoice, ProjectContract } from '../../../entities/dataverse';
import { timestampOf, todayOf } from '../../../kernel/clock';
import { invoicedAmountsOf } from '../../../stores/dataverse/billing-backlog.store';
import { addProformaInvoice, linesOf, lockProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { contractCustomersOf, contractLinesOf, currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import { takeNumber } from '../../../stores/number-sequence.store';
import type { UnitOfWork } from '../../../stores/session';
import { decideDraft, type DraftFacts } from './draft.decision';
import type { RetainerDetailFacts } from '../retainers/retainer-detail.decision';

/** What the drafts of one contract have in common. */
export type ContractFacts = Omit<DraftFacts, 'payer' | 'number'>;

export async function contractFactsOf(work: UnitOfWork, context: CommandContext, contract: ProjectContract): Promise<ContractFacts> {
  return {
    contract,
    lines: await contractLinesOf(work, contract.id),
    customers: await contractCustomersOf(work, contract.id),
    invoiced: await invoicedAmountsOf(work, contract.id),
    now: timestampOf(context.clock),
    newId: () => context.ids.next(),
  };
}

/** Adds a draft for one payer under the next number, with its lines and no details yet. The caller holds the contract's lock. */
export async function openDraft(work: UnitOfWork, facts: ContractFacts, payer: Account): Promise<ProformaInvoice> {
  const { header, lines } = decideDraft({ ...facts, payer, number: await takeNumber(work, 'DV', 'proformaInvoice') });
  await addProformaInvoice(work, header, lines);
  return (await lockProformaInvoice(work, header.id))!;
}

/** What the details of a draft are decided with. */
export async function detailFactsOf(
  work: UnitOfWork,
  context: CommandContext,
  proforma: ProformaInvoice,
  contract: ProjectContract,
): Promise<RetainerDetailFacts> {
  return {
    contract,
    proformaInvoiceId: proforma.id,
    payerId: proforma.customerId,
    lineIds: new Map((await linesOf(work, proforma.id)).map((line) => [line.contractLineId, line.id])),
    newId: () => context.ids.next(),
    today: todayOf(context.clock),
    currencyDecimals: await currencyDecimalsOf(work, proforma.currencyId),
  };
}

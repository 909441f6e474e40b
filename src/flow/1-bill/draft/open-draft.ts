import type { CommandContext } from '../../../context';
import type { Account, ProformaInvoice, ProjectContract } from '../../../entities/dataverse';
import { timestampOf, todayOf } from '../../../kernel/clock';
import { invoicedAmountsOf } from '../../../stores/dataverse/billing-backlog.store';
import { addProformaInvoice, addProformaLines, linesOf, lockProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { contractCustomersOf, contractLinesOf, currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import { takeNumber } from '../../../stores/number-sequence.store';
import type { UnitOfWork } from '../../../stores/session';
import { decideDraft, linesFor, type DraftFacts } from './draft.decision';
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

/** Gives a draft the lines of contract lines that came after it. The caller holds the contract's lock and the draft's. */
async function completeLines(work: UnitOfWork, context: CommandContext, draft: ProformaInvoice, contract: ProjectContract): Promise<void> {
  const own = await linesOf(work, draft.id);
  const covered = new Set(own.map((line) => line.contractLineId));
  const lines = (await contractLinesOf(work, contract.id)).filter((line) => !covered.has(line.id));
  if (lines.length === 0) return;
  const firstNumber = 1 + Math.max(0, ...own.map((line) => line.lineNumber));
  await addProformaLines(work, linesFor({ lines, invoiced: await invoicedAmountsOf(work, contract.id), newId: () => context.ids.next() }, draft.id, firstNumber));
}

/** What the details of a draft that takes up more are decided with: it gets the lines first that its contract has got since. */
export async function completedDetailFactsOf(
  work: UnitOfWork,
  context: CommandContext,
  proforma: ProformaInvoice,
  contract: ProjectContract,
): Promise<RetainerDetailFacts> {
  await completeLines(work, context, proforma, contract);
  return detailFactsOf(work, context, proforma, contract);
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

import type { CommandContext } from '../../../context';
import {
  ProformaInvoiceStatus,
  type ProformaInvoice,
  type ProformaInvoiceLineDetail,
  type ProjectContract,
  type ProjectContractLine,
} from '../../../entities/dataverse';
import { invalid, notFound, refuse, refuseAny, wrongStateTo, type Refusal } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { breather } from '../../../kernel/yielding';
import { chunksOf, CHUNK_ROWS } from '../../../stores/bulk';
import { detailsById } from '../../../stores/dataverse/correction.store';
import { accountsInOrder, contractLinesOf } from '../../../stores/dataverse/project-contract.store';
import { addDetails, detailsOf, lockProformaInvoice } from '../../../stores/dataverse/proforma-invoice.store';
import { addConnections } from '../../../stores/dataverse/transaction-link.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { REVISED_DETAILS_MAX } from '../bill.limits';
import { addToTotals, totalsOf } from '../draft/change-draft';
import { decideCorrectionDetail, refusalOfCorrection } from './correction.decision';
import type { DetailFacts } from '../draft/draft.decision';
import { loadCorrectable } from './load-correctable';
import { lockContractOf, lockReferenced, type ProformaInvoiceReference } from '../draft/lock-proforma';
import { contractFactsOf, completedDetailFactsOf, openDraft } from '../draft/open-draft';
import { PROFORMA_INVOICE_STATES } from '../draft/proforma-invoice.states';
import type { ProformaTotals } from '../draft/proforma-totals';

export interface ReviseProformaInvoiceInput extends ProformaInvoiceReference {
  /** These details only; all that can still be corrected when left out. */
  readonly lineDetailIds?: readonly string[] | null;
  /** Adds the corrections to this draft of the same contract and customer, instead of a new one. */
  readonly intoProformaInvoiceId?: string | null;
}

export interface ReviseProformaInvoiceOutcome {
  /** The draft that holds the corrections. */
  readonly proformaInvoiceId: string;
  readonly correctionCount: number;
}

/**
 * Revises a confirmed, posted or paid proforma: puts a correction of each of its details on a draft, at first a full credit
 * (domain facts 6.3 and 6.8 E). The revised proforma stays as it is. Named details are corrected all or none; without names every
 * one is that can still be corrected. Refused: a proforma that is not confirmed, details of another proforma, details that were
 * credited in full, that another draft corrects, or that are not corrected this way, and a draft of another contract or customer.
 */
export async function reviseProformaInvoice(
  context: CommandContext,
  input: ReviseProformaInvoiceInput,
  request: CommandRequest,
): Promise<ReviseProformaInvoiceOutcome> {
  const { lineDetailIds } = input;
  const pathOf = (index: number) => ['input', 'lineDetailIds', String(index)];
  if (lineDetailIds) refuseAny(refusalsOfNames(lineDetailIds, { noun: ['line detail', 'line details'], max: REVISED_DETAILS_MAX, pathOf }));
  return runCommand(context, request, async (work) => {
    const contract = await lockContractOf(work, input);
    const original = await lockReferenced(work, input);
    refuseUnconfirmed(original);
    const contractLines = await contractLinesOf(work, contract.id);
    const draft = await draftFor(work, context, { original, contract }, input.intoProformaInvoiceId ?? null);
    const { added, inProgress } = await addCorrections(work, { original, contractLines, draft, named: input.lineDetailIds ?? null });
    if (added === 0) {
      const sentence = `Nothing of the proforma ${original.number} is left to correct.${inProgress ? ` ${inProgress.message}` : ''}`;
      refuse(invalid('NOTHING_TO_CORRECT', sentence, ['input', 'proformaInvoiceId']));
    }
    await addToTotals(work, draft.header, draft.added, { hasCorrections: true });
    return { proformaInvoiceId: draft.header.id, correctionCount: added };
  });
}

function refuseUnconfirmed({ number, status }: ProformaInvoice): void {
  const { table } = PROFORMA_INVOICE_STATES;
  if (table[status].revise !== undefined) return;
  const from = ProformaInvoiceStatus[status];
  const allowed = statesAllowing(table, 'revise').map((state) => ProformaInvoiceStatus[Number(state)]!);
  const message = `The proforma ${number} is ${from}: only a confirmed one is revised; an unconfirmed one is changed itself.`;
  refuse(wrongStateTo({ what: `The proforma ${number}`, from, done: 'revised', allowed, path: ['input', 'proformaInvoiceId'], message }));
}

/** The draft that corrections are added to. */
interface OpenDraft {
  readonly header: ProformaInvoice;
  readonly detailFacts: DetailFacts;
  /** What the corrections add to the totals, by proforma line: the difference to what was billed before. */
  readonly added: Map<string, ProformaTotals>;
}

interface Revised {
  readonly original: ProformaInvoice;
  readonly contract: ProjectContract;
}

/** The named draft, or a new one for the customer of the revised proforma. */
async function draftFor(work: UnitOfWork, context: CommandContext, revised: Revised, draftId: string | null): Promise<OpenDraft> {
  const { original, contract } = revised;
  const header = draftId === null ? await newDraft(work, context, revised) : await lockNamedDraft(work, original, draftId);
  return { header, detailFacts: await completedDetailFactsOf(work, context, header, contract), added: new Map() };
}

async function newDraft(work: UnitOfWork, context: CommandContext, { original, contract }: Revised): Promise<ProformaInvoice> {
  const [payer] = await accountsInOrder(work, [original.customerId]);
  return openDraft(work, await contractFactsOf(work, context, contract), payer!);
}

async function lockNamedDraft(work: UnitOfWork, original: ProformaInvoice, draftId: string): Promise<ProformaInvoice> {
  const path = ['input', 'intoProformaInvoiceId'];
  const draft = (await lockProformaInvoice(work, draftId)) ?? refuse(notFound('proforma invoice', draftId, path));
  if (draft.status !== ProformaInvoiceStatus.DRAFT) {
    const from = ProformaInvoiceStatus[draft.status];
    const message = `The proforma ${draft.number} is ${from}: corrections are added to a draft.`;
    refuse(wrongStateTo({ what: `The proforma ${draft.number}`, from, done: 'added to', allowed: ['DRAFT'], path, message }));
  }
  if (draft.contractId !== original.contractId || draft.customerId !== original.customerId) {
    refuse(invalid('INVALID_INPUT', `The draft ${draft.number} has another contract or customer than ${original.number}.`, path));
  }
  return draft;
}

interface Correcting {
  readonly original: ProformaInvoice;
  readonly contractLines: readonly ProjectContractLine[];
  readonly draft: OpenDraft;
  /** The details to correct; null for all that can be. */
  readonly named: readonly string[] | null;
}

interface Added {
  readonly added: number;
  /** A detail that was left out because another draft corrects it already; null when there was none. */
  readonly inProgress: Refusal | null;
}

/** Adds the corrections, a chunk of the revised details at a time. */
async function addCorrections(work: UnitOfWork, { original, contractLines, draft, named }: Correcting): Promise<Added> {
  const breath = breather();
  const lines = new Map(contractLines.map((line) => [line.id, line]));
  let added = 0;
  let inProgress: Refusal | null = null;
  for await (const chunk of named === null ? allDetails(work, original) : namedDetails(work, original, named)) {
    const correctable = await loadCorrectable(work, chunk.details, lines);
    const refusals = correctable.map((facts, index) => refusalOfCorrection(facts, chunk.pathOf(index)));
    if (named !== null) refuseAny(refusals.flatMap((refusal) => refusal ?? []));
    inProgress ??= refusals.find((refusal) => refusal?.code === 'CORRECTION_IN_PROGRESS') ?? null;
    const billed = correctable.filter((_, index) => refusals[index] === null).flatMap(({ newest }) => newest);
    const decided = billed.map((actual) => decideCorrectionDetail(draft.detailFacts, actual));
    refuseAny(decided.filter((decision): decision is Refusal => 'kind' in decision));
    const corrections = decided.filter((decision) => 'detail' in decision);
    await addDetails(work, corrections.map(({ detail }) => detail));
    await addConnections(work, corrections.flatMap(({ connection }) => connection ?? []));
    totalsOf(corrections.map(({ detail }) => detail), draft.added);
    added += corrections.length;
    await breath();
  }
  return { added, inProgress };
}

/** Some of the details of the revised proforma, and where the input names each. */
interface RevisedChunk {
  readonly details: readonly ProformaInvoiceLineDetail[];
  pathOf(index: number): string[];
}

async function* allDetails(work: UnitOfWork, original: ProformaInvoice): AsyncGenerator<RevisedChunk> {
  const next = (after: string | null) => detailsOf(work, original.id, { after, limit: CHUNK_ROWS });
  for (let details = await next(null); details.length > 0; details = await next(details[details.length - 1]!.id)) {
    yield { details, pathOf: () => ['input', 'proformaInvoiceId'] };
  }
}

async function* namedDetails(work: UnitOfWork, original: ProformaInvoice, named: readonly string[]): AsyncGenerator<RevisedChunk> {
  for (const [chunkIndex, ids] of chunksOf(named).entries()) {
    const found = await detailsById(work, original.id, ids);
    const pathOf = (index: number) => ['input', 'lineDetailIds', String(chunkIndex * CHUNK_ROWS + index)];
    refuseAny(ids.flatMap((id, index) =>
      found.has(id) ? [] : [notFound(`line detail of the proforma ${original.number}`, id, pathOf(index))]));
    yield { details: ids.map((id) => found.get(id)!), pathOf };
  }
}

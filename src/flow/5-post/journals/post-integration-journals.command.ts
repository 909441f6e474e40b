import type { CommandContext } from '../../../context';
import { IntegrationJournalLineStatus, IntegrationJournalStatus, NoYes, StagedActual, type IntegrationJournal, type IntegrationJournalLine } from '../../../entities/finance';
import { ZERO } from '../../../kernel/decimal';
import { InternalError, invalid, refuse } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import { breather } from '../../../kernel/yielding';
import { actualIdsInDataverse, brokenConnectionsOf } from '../../../stores/dual-write/orphan.store';
import { logChangeSet } from '../../../stores/dual-write/sync-log.store';
import { countJournalLines, journalLinesAfter, selectJournalIds, updateJournalLines } from '../../../stores/finance/journal.store';
import { insertLedgerEntries, insertProjectPostings, insertVouchers } from '../../../stores/finance/ledger.store';
import { insertProjectTransactions, stampStagedActuals } from '../../../stores/finance/posting.store';
import { loadFinanceSetup, type FinanceSetup } from '../../../stores/finance/setup.store';
import { takeNumbers } from '../../../stores/number-sequence.store';
import type { UnitOfWork } from '../../../stores/session';
import type { CommandRequest } from '../../command';
import { closeJournal, moveErrorLines } from './close-journal';
import { INTEGRATION_JOURNAL_LINE_STATES, INTEGRATION_JOURNAL_STATES } from './integration-journal.states';
import { journalPostingRows, type AcceptedLine } from './journal-posting.rows';
import { decideReversal, valuedAsTakenBack } from './journal-reversal.decision';
import { brokenConnection, decideJournalLine, invalidActuals, type JournalLineDecision } from './journal-voucher.decision';
import { loadOriginals } from '../proposals/load-originals';
import { lockJournalFor } from './lock-journal';
import { postEach, type PostingResult } from '../post-each';
import { postingSetupOf, type PostingSetup } from '../posting-setup';
import { POSTED_JOURNALS_MAX } from './journal.limits';

/** Longest text of `PostError`. */
const POST_ERROR_LENGTH_MAX = 500;

export interface PostIntegrationJournalsInput {
  /** These journals, or … */
  readonly journalIds?: readonly string[] | null;
  /** … all that are not posted yet (Draft and Error), … */
  readonly allDraft?: boolean | null;
  /** … perhaps of one legal entity only. */
  readonly legalEntityId?: string | null;
}

export interface PostedJournal {
  readonly journalId: string;
  readonly status: IntegrationJournalStatus;
  readonly postedLineCount: number;
  /** Lines that are in error now, each with its reason in `postError`. */
  readonly failedLineCount: number;
  /** The new journal that took the lines which could not be posted; null when they stay. */
  readonly errorJournalId: string | null;
}

/**
 * Posts integration journals, each as one unit of work (domain facts 6.6, 7.1 and 7.2). Refused for a journal that does not
 * exist, is posted already, or has no lines. Lines that cannot be posted are in error and say why; the rest is posted.
 */
export async function postIntegrationJournals(
  context: CommandContext,
  input: PostIntegrationJournalsInput,
  request: CommandRequest,
): Promise<PostingResult<PostedJournal>[]> {
  const { journalIds, legalEntityId } = input;
  if (Boolean(journalIds) === Boolean(input.allDraft)) {
    refuse(invalid('INVALID_INPUT', 'Give either journals, by id or by number, or allDraft.', ['input']));
  }
  if ((journalIds?.length ?? 0) > POSTED_JOURNALS_MAX) {
    refuse(invalid('INVALID_INPUT', `At most ${POSTED_JOURNALS_MAX} journals can be named; post larger sets by allDraft.`, ['input', 'journalIds']));
  }
  const postable = statesAllowing(INTEGRATION_JOURNAL_STATES, 'post').map(Number);
  return postEach(
    context,
    request,
    { field: 'journalIds', ids: journalIds ?? null },
    { select: (session) => selectJournalIds(session, postable, legalEntityId ?? undefined) },
    (work, journalId) => postJournal(work, context, journalId),
  );
}

async function postJournal(work: UnitOfWork, context: CommandContext, journalId: string): Promise<PostedJournal> {
  const becomes = IntegrationJournalStatus[IntegrationJournalStatus.POSTED];
  const journal = await lockJournalFor(work, { journalId }, { action: 'post', becomes });
  const financeSetup = await setupFor(work, journal);
  const setup = postingSetupOf(financeSetup, null, journal.legalEntityId);
  const changeSetId = context.ids.next();
  const breath = breather();
  const lineStates = statesAllowing(INTEGRATION_JOURNAL_LINE_STATES, 'post').map(Number);
  let postedLineCount = 0;
  let failedLineCount = 0;
  for (let after = -1; ; ) {
    const lines = await journalLinesAfter(work, journal.id, after, lineStates);
    if (lines.length === 0) break;
    after = lines.at(-1)!.lineNumber;
    const { posted, failed } = await postLines(work, context, { journal, setup, changeSetId, lines, breath });
    postedLineCount += posted;
    failedLineCount += failed;
    await breath();
  }
  if (postedLineCount > 0) await logChangeSet(work, context, changeSetId, [StagedActual]);
  const movesErrors = financeSetup.parameters(journal.legalEntityId)?.moveErrorLinesToNewJournal === NoYes.YES;
  const errorJournalId = movesErrors ? await moveErrorLines(work, context, journal) : null;
  const status = await closeJournal(work, context, journal, INTEGRATION_JOURNAL_STATES[journal.status].fail!);
  return { journalId, status, postedLineCount, failedLineCount, errorJournalId };
}

async function setupFor(work: UnitOfWork, journal: IntegrationJournal): Promise<FinanceSetup> {
  const { lines } = await countJournalLines(work, journal.id);
  if (lines === 0) refuse(invalid('BLOCKED', `Integration journal ${journal.number} has no lines, so there is nothing to post.`));
  const setup = await loadFinanceSetup(work, [journal.legalEntityId]);
  if (!setup.legalEntity(journal.legalEntityId)) {
    refuse(invalid('SETUP_MISSING', `Legal entity ${journal.legalEntityId} is not set up in finance.`));
  }
  return setup;
}

interface JournalChunk {
  readonly journal: IntegrationJournal;
  readonly setup: PostingSetup;
  readonly changeSetId: string;
  readonly lines: readonly IntegrationJournalLine[];
  /** Lets other requests in between two steps of the chunk. */
  readonly breath: () => Promise<void>;
}

interface DecidedLine {
  readonly line: IntegrationJournalLine;
  readonly decision: JournalLineDecision;
}

/** Decides each line of a chunk, reversals by the line that they take back, which may stand before them in the same chunk. */
async function decideLines(work: UnitOfWork, { lines, setup }: JournalChunk): Promise<DecidedLine[]> {
  const actualIds = await actualIdsInDataverse(work, lines.map((line) => line.actualId));
  const broken = await brokenConnectionsOf(work, lines.map((line) => line.actualId));
  const originals = await loadOriginals(work, lines);
  return lines.map((read) => {
    const originalId = originals.ids.get(read.actualId);
    const original = originals.lines.get(originalId ?? '') ?? null;
    const line = valuedAsTakenBack(read, original);
    if (!actualIds.has(line.actualId)) return { line, decision: invalidActuals(line) };
    const connection = broken.get(line.actualId);
    if (connection) return { line, decision: brokenConnection(connection) };
    const decision = originalId === undefined ? decideJournalLine(line, setup) : decideReversal(line, original, setup);
    if (decision.outcome === 'post' && originals.lines.has(line.actualId)) {
      originals.lines.set(line.actualId, { line: { ...line, status: IntegrationJournalLineStatus.POSTED }, entries: decision.entries });
    }
    return { line, decision };
  });
}

/** Decides each line of a chunk and writes it: the posted ones with a voucher each, the others with their error. */
async function postLines(
  work: UnitOfWork,
  context: CommandContext,
  chunk: JournalChunk,
): Promise<{ posted: number; failed: number }> {
  const accepted: Omit<AcceptedLine, 'voucherNumber'>[] = [];
  const failed: Partial<IntegrationJournalLine>[] = [];
  for (const { line, decision } of await decideLines(work, chunk)) {
    if (decision.outcome === 'post') accepted.push({ line, entries: decision.entries, accountingDate: decision.accountingDate });
    else {
      const postError = `${decision.refusal.code}: ${decision.refusal.message}`.slice(0, POST_ERROR_LENGTH_MAX);
      const status = INTEGRATION_JOURNAL_LINE_STATES[line.status][decision.outcome]!;
      failed.push({ id: line.id, status, postError, version: line.version + 1 });
    }
  }
  await updateJournalLines(work, failed);
  if (accepted.length === 0) return { posted: 0, failed: failed.length };
  const numbers = await takeNumbers(work, chunk.journal.legalEntityId, 'projectVoucher', accepted.length);
  const rows = accepted.map((item, index) => journalPostingRows(context, chunk, { ...item, voucherNumber: numbers[index]! }));
  await chunk.breath();
  await insertVouchers(
    work,
    rows.map((row) => row.voucher),
  );
  await insertLedgerEntries(
    work,
    rows.flatMap((row) => row.ledgerEntries),
  );
  await chunk.breath();
  await insertProjectPostings(
    work,
    rows.flatMap((row) => row.postings),
  );
  await insertProjectTransactions(
    work,
    rows.map((row) => row.transaction),
  );
  await chunk.breath();
  await updateJournalLines(
    work,
    rows.map((row) => row.line),
  );
  const stamped = await stampStagedActuals(
    work,
    accepted.map(({ line }, index) => ({
      id: line.stagedActualId,
      voucherNumber: numbers[index]!,
      accountingAmount: line.accountingAmount,
      accountingExchangeRate: line.exchangeRate,
      salesTaxAmount: ZERO,
    })),
    chunk.changeSetId,
  );
  if (stamped !== accepted.length)
    throw new InternalError(`${accepted.length} lines were posted, but ${stamped} staged actuals stamped`);
  return { posted: accepted.length, failed: failed.length };
}

import type { CommandContext } from '../../context';
import { IntegrationJournalStatus, JournalGrouping, type StagedActual } from '../../entities/finance';
import { timestampOf, todayOf } from '../../kernel/clock';
import { refuse, stale } from '../../kernel/refusal';
import { CHUNK_ROWS } from '../../stores/bulk';
import { actualsById, brokenConnectionsOf } from '../../stores/dual-write/orphan.store';
import { loadExchangeRates } from '../../stores/finance/exchange-rate.store';
import { insertIntegrationJournal, insertIntegrationJournalLines } from '../../stores/finance/import-journal.store';
import { journalLinesOfActuals, originalsTakenBack, reversalsWithoutConnection, type OriginalIds } from '../../stores/finance/reversal.store';
import { loadFinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import {
  claimUnprocessedActuals, markProcessed, nextUnprocessedDate, recordImportErrors, type StagingScope,
} from '../../stores/finance/staging.store';
import { takeNumber } from '../../stores/number-sequence.store';
import type { UnitOfWork } from '../../stores/session';
import { stopHere } from '../stop';
import {
  decideJournalLine, decideReversalLine, rateQuestionOf, type JournalLineContent, type OriginalAwaited, type Valuation,
} from './journal-line.decision';
import { journalPeriodOf, type JournalPeriod } from './journal-period.rules';
import { masterKeysOf } from './load-readiness';
import { prevalidationProblemOf, type PrevalidationProblem } from './prevalidation.rules';
import type { ImportProblem } from './defaulting.rules';

/** Lines of a journal in a legal entity without parameters (the product's own default; domain facts 6.6). */
const LINES_PER_JOURNAL = 200;
/** Refused rows after which a unit of work ends, so that a table full of them does not make it endless. */
const REFUSED_ROWS_MAX = 5_000;

export interface ImportedJournalLines {
  readonly lines: number;
  readonly journalIds: readonly string[];
  readonly rowsWithErrors: number;
}

/** One journal's worth of work. */
interface Filled {
  readonly journalId: string | null;
  readonly lines: number;
  readonly refused: number;
  /** Refused rows that only wait: for their prevalidation, or for the original that they take back. */
  readonly waiting: number;
  /** Those of them that wait for their original. */
  readonly reversals: number;
  /** Key of the last row that was looked at; null when there is none left. */
  readonly last: string | null;
}

/**
 * Makes integration journal lines of staged cost and unbilled sales actuals. A reversal that stands before its original, because this one
 * arrived later or belongs to a later period, is met again once the originals have their lines.
 */
export async function importJournalLines(
  context: CommandContext, scope: StagingScope, setup: FinanceSetup, breath: () => Promise<void>,
): Promise<ImportedJournalLines> {
  const first = await importOnce(context, scope, setup, breath);
  if (first.reversals === 0 || first.lines === 0) return first;
  const second = await importOnce(context, scope, setup, breath);
  return {
    lines: first.lines + second.lines, journalIds: [...first.journalIds, ...second.journalIds], rowsWithErrors: second.rowsWithErrors,
  };
}

/** Period by period as the parameters group them, one journal per unit of work, in key order. */
async function importOnce(
  context: CommandContext, scope: StagingScope, setup: FinanceSetup, breath: () => Promise<void>,
): Promise<ImportedJournalLines & Pick<Filled, 'reversals'>> {
  const parameters = setup.parameters(scope.legalEntityId);
  const limit = Math.max(1, parameters?.maxLinesPerJournal ?? LINES_PER_JOURNAL);
  const journalIds: string[] = [];
  let lines = 0;
  let rowsWithErrors = 0;
  let reversals = 0;
  for await (const period of periodsOf(context, scope, parameters?.journalGrouping ?? JournalGrouping.ALL)) {
    for (let after: string | null = ''; after !== null;) {
      stopHere(context);
      const from: string = after;
      const filled: Filled = await context.database.write((work) => fillJournal(context, work, { scope, period, setup, limit, breath, now: context.clock.now() }, from));
      if (filled.journalId) journalIds.push(filled.journalId);
      lines += filled.lines;
      rowsWithErrors += filled.refused - filled.waiting;
      reversals += filled.reversals;
      after = filled.last;
      await breath();
    }
  }
  return { lines, journalIds, rowsWithErrors, reversals };
}

/** The periods that have rows to import, in order; one null, for every date, where all lines go together. */
async function* periodsOf(
  { database }: CommandContext, scope: StagingScope, grouping: JournalGrouping,
): AsyncGenerator<JournalPeriod | null> {
  if (grouping === JournalGrouping.ALL) return yield null;
  for (let after = ''; ;) {
    const date = await nextUnprocessedDate(database.reader, scope, after);
    const period = date === null ? null : journalPeriodOf(date, grouping);
    if (!period) return;
    yield period;
    after = period.end;
  }
}

interface Filling {
  readonly scope: StagingScope;
  readonly period: JournalPeriod | null;
  readonly setup: FinanceSetup;
  readonly limit: number;
  readonly breath: () => Promise<void>;
  /** The instant against which prevalidation counts. */
  readonly now: Date;
}

async function fillJournal(context: CommandContext, work: UnitOfWork, filling: Filling, from: string): Promise<Filled> {
  const { scope, period, limit, breath } = filling;
  let journalId: string | null = null;
  let lines = 0;
  let refused = 0;
  let waiting = 0;
  let reversals = 0;
  let last = from;
  while (lines < limit && refused < REFUSED_ROWS_MAX) {
    const asked = Math.min(CHUNK_ROWS, limit - lines);
    const staged = await claimUnprocessedActuals(work, scope, period, last, asked);
    if (staged.length > 0) {
      last = staged.at(-1)!.id;
      const { contents, problems } = await decideChunk(work, staged, filling);
      if (contents.length > 0) {
        journalId ??= await openJournal(context, work, scope.legalEntityId, period);
        const added = contents.map((line, index) => ({ ...line, id: context.ids.next(), journalId: journalId!, lineNumber: lines + index + 1 }));
        const inserted = await insertIntegrationJournalLines(work, added);
        const marked = await markProcessed(work, added.map((line) => line.stagedActualId!));
        if (inserted !== added.length || marked !== added.length) refuse(stale('A staged actual', null, null));
        lines += added.length;
      }
      await recordImportErrors(work, problems.filter(isNews).map(errorOf));
      refused += problems.length;
      const counted = (code: Problem['code']) => problems.filter(({ problem }) => problem.code === code).length;
      reversals += counted('ORIGINAL_NOT_IMPORTED');
      waiting += counted('ORIGINAL_NOT_IMPORTED') + counted('PREVALIDATION_WAITING');
    }
    if (staged.length < asked) return { journalId, lines, refused, waiting, reversals, last: null };
    await breath();
  }
  return { journalId, lines, refused, waiting, reversals, last };
}

async function openJournal(
  context: CommandContext, work: UnitOfWork, legalEntityId: string, period: JournalPeriod | null,
): Promise<string> {
  const id = context.ids.next();
  await insertIntegrationJournal(work, {
    id,
    legalEntityId,
    number: await takeNumber(work, legalEntityId, 'integrationJournal'),
    description: `Import from staging ${todayOf(context.clock)}`,
    status: IntegrationJournalStatus.DRAFT,
    periodStartDate: period?.start ?? null,
    createdOn: timestampOf(context.clock),
  });
  return id;
}

type Problem = ImportProblem | PrevalidationProblem | OriginalAwaited;

interface RefusedRow {
  readonly staged: StagedActual;
  readonly problem: Problem;
}

async function decideChunk(
  work: UnitOfWork, staged: readonly StagedActual[], { setup, scope, now }: Pick<Filling, 'setup' | 'scope' | 'now'>,
): Promise<{ contents: JournalLineContent[]; problems: RefusedRow[] }> {
  const masters = await loadFinanceMasters(work, masterKeysOf(staged));
  const rates = await loadExchangeRates(work, staged.flatMap((row) => rateQuestionOf(row, setup) ?? []));
  const minutes = setup.parameters(scope.legalEntityId)?.prevalidationMinutes ?? 0;
  const sources = minutes > 0 ? await actualsById(work, staged.map((row) => row.actualId)) : null;
  const broken = minutes > 0 ? await brokenConnectionsOf(work, staged.map((row) => row.actualId)) : null;
  const actualIds = staged.map((row) => row.actualId);
  const unconnected = await reversalsWithoutConnection(work, actualIds);
  const originals = await originalsTakenBack(work, actualIds);
  const valuations = new Map<string, Valuation>(await journalLinesOfActuals(work, [...new Set(originals.values())]));
  const contents: JournalLineContent[] = [];
  const problems: RefusedRow[] = [];
  for (const row of originalsFirst(staged, originals)) {
    const early = sources && prevalidationProblemOf(row, sources.get(row.actualId) ?? null, broken?.get(row.actualId) ?? null, { minutes, now });
    const awaited = unconnected.get(row.actualId);
    const originalId = awaited ?? originals.get(row.actualId);
    const decide = () => (originalId === undefined
      ? decideJournalLine(row, { setup, masters, rates })
      : decideReversalLine(row, originalId, awaited === undefined ? valuations.get(originalId) ?? null : null));
    const decision = early ? { problem: early } : decide();
    if (decision.problem) problems.push({ staged: row, problem: decision.problem });
    else {
      contents.push(decision.line);
      valuations.set(row.actualId, decision.line);
    }
  }
  return { contents, problems };
}

/** In key order, but for the reversals of what the same chunk brings, which follow: posting meets them in this order. */
function originalsFirst(staged: readonly StagedActual[], originals: OriginalIds): readonly StagedActual[] {
  const places = new Map(staged.map((row, index) => [row.actualId, index]));
  const isEarly = (row: StagedActual): boolean => (places.get(originals.get(row.actualId) ?? '') ?? -1) > places.get(row.actualId)!;
  return [...staged.filter((row) => !isEarly(row)), ...staged.filter(isEarly)];
}

/** A row that keeps its error is not written again. */
function isNews({ staged, problem }: RefusedRow): boolean {
  return staged.importErrorCode !== problem.code || staged.importError !== problem.message;
}

function errorOf({ staged, problem }: RefusedRow) {
  return { id: staged.id, version: staged.version, importErrorCode: problem.code, importError: problem.message };
}

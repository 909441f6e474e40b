import { Random } from '../../src/make-data/random';
import type { Engine } from '../../src/stores/session';
import { contentOf, withSample } from '../crash/scenario';
import { settingsFor } from '../server/program';
import { differencesBetween, type LeftOut } from '../support/normalised-database';
import { Fleet, type Task, type TaskAnswer } from './fleet';
import { SeveralAtOnce, type Phase } from './several-at-once';

const FLEETS = [{ engine: 'postgres', size: 4 }, { engine: 'sqlite', size: 2 }] as const;
const TIMEOUT_MS = 300_000;

/** What depends on who came first, and on how often something was asked for. */
const WHO_CAME_FIRST: LeftOut = {
  DualWriteErrorLog: 'which record waited for which other one until it came',
  gw_bulkconfirmationitem: 'each of those who asked for a bulk confirmation has items; of one only they are Complete',
  gw_activity: 'each pause and each resume',
  'DualWriteProjectConfiguration.gw_rowversion': 'the same',
  ProjAdvancedJournal: 'imports at once share the staged rows, so that there may be more journals than of one import',
  'ProjAdvancedJournalLine.LineNumber': 'the place in such a journal',
  gw_synclog: 'an entry per posted journal',
  '*.gw_changesetid': 'which rows were changed together: those of a journal',
};

/** What is refused to those who come too late; everything else is refused to nobody. */
const TOO_LATE: Readonly<Record<string, readonly string[]>> = {
  createProformaInvoices: ['NOTHING_READY_TO_INVOICE'],
  confirmProformaInvoice: ['INVALID_STATE'], confirmProformaInvoices: ['INVALID_STATE'],
  postIntegrationJournals: ['INVALID_STATE'], postInvoiceProposals: ['INVALID_STATE'],
  pauseTableMaps: ['INVALID_STATE'], resumeTableMaps: ['INVALID_STATE'],
};

const refusalsOf = ({ payload }: TaskAnswer) => [...(payload?.errors ?? []), ...(payload?.results ?? []).flatMap(({ errors }) => errors)];
const isRefused = (answer: TaskAnswer) => answer.payload === null || refusalsOf(answer).length > 0;

async function played(engine: Engine, size: number, kills: readonly string[]) {
  const location = await withSample(engine);
  const fleet = new Fleet(settingsFor(location), size);
  const several = new SeveralAtOnce(fleet, new Random(1), kills);
  await several.wholeProcess().finally(() => fleet.kill());
  const { content, discrepancies } = await contentOf(location, WHO_CAME_FIRST);
  const isOfJournals = (stored: string) => stored.includes('/integrationJournal');
  return { phases: several.phases, discrepancies, content: content.filter(({ table, stored }) => table !== 'NumberSequenceTable' || !isOfJournals(stored)) };
}

describe.each(FLEETS)('$size processes on one database, asked for the same at once, of which one is killed twice [$engine]', ({ engine, size }) => {
  let alone: Awaited<ReturnType<typeof played>>;
  let together: typeof alone;
  let answers: readonly TaskAnswer[];
  beforeAll(async () => {
    alone = await played(engine, 1, []);
    together = await played(engine, size, ['confirm', 'post proposals']);
    answers = together.phases.flatMap((phase) => phase.answers);
  }, TIMEOUT_MS);

  const phase = (name: string): Phase => together.phases.find((one) => one.name === name)!;

  it('CRASH-03 they end where one process alone ends, row by row, and the books of both systems are right', () => {
    expect(alone.discrepancies).toEqual([]);
    expect(together.discrepancies).toEqual([]);
    expect(differencesBetween(alone.content, together.content)).toEqual([]);
  });

  it('CRASH-03 those who come too late are told so, and nobody is told anything else', () => {
    expect(answers.length).toBeGreaterThan(size * 50);
    const codes = answers.flatMap((answer) => refusalsOf(answer).map(({ code, message }) => ({ mutation: answer.task.mutation, code, message })));
    expect(codes.filter(({ mutation, code }) => !TOO_LATE[mutation]?.includes(code))).toEqual([]);
    expect(answers.filter(({ payload }) => payload?.run?.status === 'FAILED')).toEqual([]);
    expect(answers.filter(({ task, payload }) => payload?.run?.status === 'FINISHED_WITH_ERRORS' && !TOO_LATE[task.mutation])).toEqual([]);
  });

  it('CRASH-03 of all who ask for one thing without a key, one gets it', () => {
    for (const { name, wasKilled } of ['draft', 'confirm', 'post journals', 'post proposals'].map(phase)) {
      const byInput = new Map<string, TaskAnswer[]>();
      for (const answer of phase(name).answers.filter(({ task }) => isOfOne(task) && !task.input.idempotencyKey)) {
        const key = JSON.stringify(answer.task.input);
        byInput.set(key, [...(byInput.get(key) ?? []), answer]);
      }
      const winners = [...byInput.values()].map((same) => same.filter((answer) => !isRefused(answer)).length);
      expect(winners.length).toBeGreaterThan(0);
      // Of what a killed process got, or of what was posted with everything else, nobody may have heard.
      const isWhole = !wasKilled && !name.startsWith('post');
      expect([name, winners.filter((count) => count > 1 || (isWhole && count < 1))]).toEqual([name, []]);
    }
  });

  it('CRASH-03 all who ask under one key get one answer', () => {
    const byKey = new Map<string, Set<string>>();
    for (const { task, payload } of answers.filter(({ task: { input } }) => input.idempotencyKey)) {
      const told = byKey.get(task.input.idempotencyKey!) ?? new Set();
      byKey.set(task.input.idempotencyKey!, told.add(JSON.stringify(payload)));
    }
    expect(byKey.size).toBeGreaterThan(3);
    expect([...byKey].filter(([, told]) => told.size !== 1)).toEqual([]);
  });
});

/** Whether it asks for one thing, and not for everything that there is. */
function isOfOne({ mutation, input }: Task): boolean {
  const isOne = ['createProformaInvoices', 'confirmProformaInvoice', 'postIntegrationJournals', 'postInvoiceProposals'].includes(mutation);
  return isOne && !('allDraft' in input || 'allReady' in input);
}

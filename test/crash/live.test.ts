import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseLocation } from '../../ormconfig';
import { timeOrderedIds } from '../../src/kernel/ids';
import { Random } from '../../src/make-data/random';
import { execute, sql, type Engine } from '../../src/stores/session';
import { readAll } from '../journeys/books';
import { sendTo, settingsFor, startProgram, type Program } from '../server/program';
import { ENGINES, freshLocation, onDatabase, type TestGateway } from '../support/engines';
import { differencesBetween, type LeftOut } from '../support/normalised-database';
import { asker, mutationText, Process } from '../support/process';
import { START_ORDER, type KillOrder } from './kill-order';
import { contentOf, restOfSample, withSample } from './scenario';

const KILLS = 3;
/** Statements that a program may send before it is killed: some fall into its start, most into what it does by itself. */
const STATEMENTS = { min: 20, max: 600 };
const KILL_SWITCH = join(__dirname, 'kill-switch.js');
const FIRST_START = Date.parse('2026-06-30T00:00:00.000Z');
const BETWEEN_STARTS_MS = 2 * 60_000;
const DEADLINE_MS = 60_000;

/** What depends on how many imports there were until everything had come. */
const BY_IMPORT: LeftOut = {
  DualWriteErrorLog: 'which record waited for which other one until it came',
  ProjAdvancedJournal: 'one for each import that found something',
  'ProjAdvancedJournalLine.LineNumber': 'the place in such a journal',
  gw_synclog: 'an entry per posted journal',
  '*.gw_changesetid': 'which rows were changed together: those of a journal',
  '*.gw_sourceversion': 'a record that was carried before it was billed need not come again: what is mapped of it is the same',
  '*.RecVersion': 'how many of its versions came',
  NumberSequenceTable: 'the audit finds gaps; journals may be more',
};

describe.each(ENGINES)('a gateway in live mode that is killed, when nobody asks again [%s]', (engine) => {
  it('CRASH-02 what had been asked for, and what comes of it in finance, is finished by the programs that start next', async () => {
    const { location, drafts } = await withDrafts(engine);
    const undisturbed = await played(engine, location, drafts, 0);
    expect(undisturbed.discrepancies).toEqual([]);
    const { content, discrepancies } = await played(engine, location, drafts, KILLS);
    expect(discrepancies).toEqual([]);
    expect(differencesBetween(undisturbed.content, content)).toEqual([]);
  }, DEADLINE_MS * (KILLS + 3));
});

/** With ids of its own each time: those that repeat would be names of several rows, and which ones depends on how far live mode came. */
function withOwnIds<T>(location: DatabaseLocation, use: (gateway: TestGateway) => Promise<T>): Promise<T> {
  return onDatabase(location, (gateway) => use({ ...gateway, context: { ...gateway.context, ids: timeOrderedIds() } }));
}

/** The sample with drafts of all its contracts. */
async function withDrafts(engine: Engine): Promise<{ location: DatabaseLocation; drafts: readonly string[] }> {
  const location = await withSample(engine);
  const drafts = await withOwnIds(location, async (gateway) => {
    const process = new Process(gateway);
    await process.importRecords(restOfSample());
    const contracts = await readAll<{ id: string }>(asker(gateway), 'projectContracts', 'id');
    const contractIds = contracts.map(({ id }) => id);
    await process.markReady(contractIds);
    await process.createDrafts(contractIds);
    // The sample has a draft of its own.
    const proformas = await readAll<{ id: string; status: string }>(asker(gateway), 'proformaInvoices', 'id status');
    return proformas.filter(({ status }) => status === 'DRAFT').map(({ id }) => id);
  });
  return { location, drafts };
}

/** All drafts are confirmed in bulk; live mode does the rest up to the journals, and an accountant what comes then. */
async function played(engine: Engine, original: DatabaseLocation, drafts: readonly string[], kills: number) {
  const location = await freshLocation(engine, original);
  await liveUntilDone(location, drafts, kills);
  await withOwnIds(location, async (gateway) => new Process(gateway).settleFinance());
  return contentOf(location, BY_IMPORT);
}

async function liveUntilDone(location: DatabaseLocation, drafts: readonly string[], kills: number): Promise<void> {
  const random = new Random(kills);
  const nextKill = (): KillOrder => ({ counted: 'statements', at: random.between(STATEMENTS.min, STATEMENTS.max), moment: random.pick(['before', 'sent', 'answered']) });
  const start = (index: number, order: KillOrder | null) => startProgram({
    ...settingsFor(location), LOG_LEVEL: 'error', SYNC_INTERVAL_MS: '100', IMPORT_INTERVAL_MS: '100', CLOCK: new Date(FIRST_START + index * BETWEEN_STARTS_MS).toISOString(),
    ...(order && { [START_ORDER]: JSON.stringify(order) }),
  }, KILL_SWITCH);

  let program = start(0, null);
  try {
    const answer = await sendTo(program, mutationText('confirmProformaInvoices'), { input: { proformaInvoiceIds: drafts, waitMs: 0 } });
    expect(answer).toEqual({ data: { confirmProformaInvoices: { errors: [] } } });
    if (kills > 0) program.child.send({ order: nextKill() });
    for (let killed = 1; killed <= kills; killed += 1) {
      expect((await program.ended).signal).toBe('SIGKILL');
      await passLeases(location);
      program = start(killed, killed < kills ? nextKill() : null);
    }
    await everythingCame(program);
    expect(await program.stop()).toMatchObject({ code: 0 });
  } finally {
    await program.stop('SIGKILL');
  }
}

/** Periodic jobs are leased by the clock of the machine: a minute passes. */
async function passLeases(location: DatabaseLocation): Promise<void> {
  await withOwnIds(location, ({ database }) => database.write((work) =>
    execute(work, sql`UPDATE "gw_periodicjob" SET "gw_leaseexpires" = ${new Date(0).toISOString()} WHERE "gw_leaseexpires" IS NOT NULL`)));
}

/** Waits until all drafts are confirmed and what they became is in finance, but for what only an accountant can post. */
async function everythingCame(program: Program): Promise<void> {
  for (const giveUpAt = performance.now() + DEADLINE_MS; performance.now() < giveUpAt;) {
    const { data: { drafts, sent, staged, unprocessed, proformas, proposals } } = await sendTo(program, `{
      drafts: proformaInvoices(filter: { status: { in: [DRAFT, IN_REVIEW] } }) { totalCount }
      sent: actuals(filter: { skipSync: { eq: false } }) { totalCount } staged: stagedActuals { totalCount }
      unprocessed: stagedActuals(filter: { isProcessed: { eq: false }, transactionType: { in: [COST, SALES] } }) { totalCount }
      proformas: proformaInvoices { totalCount } proposals: invoiceProposals { totalCount }
    }`);
    const open = drafts.totalCount + unprocessed.totalCount + (sent.totalCount - staged.totalCount) + (proformas.totalCount - proposals.totalCount);
    if (open === 0) return;
    await pause(100);
  }
  throw new Error(`Live mode did not finish in ${DEADLINE_MS} ms`);
}

import { setTimeout as pause } from 'node:timers/promises';
import type { CommandContext } from '../../../context';
import { BulkConfirmationStatus, type BulkConfirmationItem } from '../../../entities/dataverse';
import { RunStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { Refused, type Refusal } from '../../../kernel/refusal';
import {
  hasBulkConfirmations, itemsOfRun, lockOpenItem, setBulkConfirmationStatus, settledRunIds, settleItem, takeNextItem,
} from '../../../stores/dataverse/bulk-confirmation.store';
import { endRun, readRun } from '../../../stores/dual-write/run.store';
import { isPassing } from '../../../stores/passing-failure';
import type { Database } from '../../../stores/unit-of-work';
import { moveOf } from '../../1-bill/transition';
import { runCommand } from '../../command';
import { RUN_WAIT_MS_MAX } from '../../runs';
import { BULK_CONFIRMATION_STATES } from './bulk-confirmation.states';
import { BULK_CONFIRMATION_LOOK_MS, BULK_CONFIRMATION_REST_MS } from '../confirm.limits';
import { confirmInUnitOfWork } from '../confirm-proforma-invoice.command';

/*
 * Who confirms what is scheduled. Everything is in the database: a process takes the next item, makes it Processing, and confirms
 * its proforma in a unit of work that has locked the item and settles it. The lock is the lease: it goes when the process dies,
 * with everything that the unit of work had written, and the item is taken again by the process that starts next, or by another
 * one that looks every five seconds. So nothing is confirmed twice. What fails with the moment, a broken connection or a lost
 * serialization, leaves the item open as if the process had died, and the process rests before it goes on.
 */

/** Milliseconds between two looks at a bulk confirmation that another process works on. */
const OTHER_PROCESS_POLL_MS = 100;
const COMPLETED = moveOf(BULK_CONFIRMATION_STATES, 'complete');
const FAILED = moveOf(BULK_CONFIRMATION_STATES, 'fail');
const MESSAGE_CHARACTERS_MAX = 1_000;
const BROKE_OFF = 'An internal error broke the confirmation off; the log has it under the id of this item. Nothing of it was kept.';

/** What one process does for a database. Only for waiting and stopping. */
interface Desk {
  work: Promise<void> | null;
  isAsked: boolean;
  isStopping: boolean;
}

const desks = new WeakMap<Database, Desk>();

function deskOf(database: Database): Desk {
  const desk = desks.get(database) ?? { work: null, isAsked: false, isStopping: false };
  desks.set(database, desk);
  return desk;
}

type WorkContext = Omit<CommandContext, 'actor'>;

/** Confirms what is scheduled, one after the other, until nothing is left that nobody else is at. Called while it works, it goes on for what has come since. */
export function workOnBulkConfirmations(context: WorkContext): Promise<void> {
  const desk = deskOf(context.database);
  desk.isAsked = true;
  desk.work ??= workWhileAsked(context, desk);
  return desk.work;
}

async function workWhileAsked(context: WorkContext, desk: Desk): Promise<void> {
  try {
    while (desk.isAsked && !desk.isStopping) {
      desk.isAsked = false;
      await confirmScheduled(context, desk);
    }
  } finally {
    desk.work = null;
  }
}

async function confirmScheduled(context: WorkContext, desk: Desk): Promise<void> {
  while (!desk.isStopping) {
    const item = await context.database.write(takeNextItem);
    if (!item) break;
    const isSettled = await confirmItem(context, item);
    if (isSettled) await endSettledRuns(context);
    else await pause(BULK_CONFIRMATION_REST_MS);
  }
  await endSettledRuns(context);
}

/** Confirms the proforma of an item, or lists why not. False when neither could be done now: then it stays open. */
async function confirmItem(context: WorkContext, item: BulkConfirmationItem): Promise<boolean> {
  const proformaInvoiceId = item.proformaInvoiceId!;
  const { actor } = (await readRun(context.database.reader, item.runId))!;
  const command = { ...context, actor };
  try {
    await runCommand(command, { mutation: 'confirmProformaInvoices (item)', input: null }, async (work) => {
      if (!(await lockOpenItem(work, item.id))) return null;
      const outcome = await confirmInUnitOfWork(work, command, { proformaInvoiceId }, BulkConfirmationStatus.COMPLETE);
      const finishedOn = timestampOf(context.clock);
      await settleItem(work, item.id, COMPLETED, { finishedOn });
      return outcome;
    });
  } catch (error) {
    if (isPassing(error)) {
      context.log.warn({ bulkConfirmationItem: item.id, err: error }, 'a confirmation in bulk is tried again');
      return false;
    }
    await failItem(context, item, error);
  }
  return true;
}

/** Lists why an item failed, unless somebody else has settled it meanwhile. A bug is in the log, and does not stop the others. */
async function failItem(context: WorkContext, item: BulkConfirmationItem, error: unknown): Promise<void> {
  const refusals: readonly Refusal[] = error instanceof Refused ? error.refusals.map((refusal) => ({ ...refusal, path: item.path })) : [];
  if (!(error instanceof Refused)) context.log.error({ bulkConfirmationItem: item.id, err: error }, 'a confirmation in bulk failed on a bug');
  const message = (error instanceof Refused ? error.message : BROKE_OFF).slice(0, MESSAGE_CHARACTERS_MAX);
  await context.database.write(async (work) => {
    if (!(await lockOpenItem(work, item.id))) return;
    await settleItem(work, item.id, FAILED, { finishedOn: timestampOf(context.clock), refusals, message });
    await setBulkConfirmationStatus(work, [item.proformaInvoiceId!], BulkConfirmationStatus.FAILED);
  });
}

/** Ends the bulk confirmations that are through: whoever comes last, and again whoever comes after somebody who died before it. */
async function endSettledRuns({ database, clock, log }: WorkContext): Promise<void> {
  for (const runId of await settledRunIds(database.reader)) {
    const items = await itemsOfRun(database.reader, runId);
    const failed = items.filter((item) => item.status === BulkConfirmationStatus.FAILED);
    const message = `${items.length - failed.length} confirmed, ${failed.length} failed.`;
    await database.write((work) => endRun(work, runId, timestampOf(clock), {
      status: failed.length === 0 ? RunStatus.SUCCEEDED : RunStatus.FINISHED_WITH_ERRORS,
      message,
      outcome: items.map(({ proformaInvoiceId, refusals }) => ({ proformaInvoiceId, refusals: refusals ?? [] })),
    }));
    log.info({ run: runId, message }, 'run ended');
  }
}

/**
 * Resolves when a bulk confirmation has ended, whoever confirms, after the longest wait at the latest. A connection that breaks between
 * two proformas breaks no wait: what is scheduled is taken up again.
 */
export async function bulkConfirmationEnded(context: WorkContext, runId: string): Promise<void> {
  const desk = deskOf(context.database);
  for (const giveUpAt = performance.now() + RUN_WAIT_MS_MAX; performance.now() < giveUpAt && !desk.isStopping;) {
    try {
      await workOnBulkConfirmations(context);
      if ((await readRun(context.database.reader, runId))?.status !== RunStatus.RUNNING) return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      context.log.warn({ run: runId, err: error }, 'a bulk confirmation is waited for on');
    }
    await pause(OTHER_PROCESS_POLL_MS, undefined, { ref: false });
  }
}

/**
 * Takes up, at once and every few seconds, what this program or another process has left. Gives what stops it: the confirmation
 * that is being made comes to its end, the others stay scheduled.
 */
export function keepConfirmingInBulk(context: WorkContext): () => Promise<void> {
  const look = async (): Promise<void> => {
    try {
      if (await hasBulkConfirmations(context.database.reader)) await workOnBulkConfirmations(context);
    } catch (error) {
      context.log.warn({ err: error }, 'bulk confirmations could not be taken up');
    }
  };
  void look();
  const timer = setInterval(() => void look(), BULK_CONFIRMATION_LOOK_MS);
  return async () => {
    clearInterval(timer);
    const desk = deskOf(context.database);
    desk.isStopping = true;
    await desk.work?.catch(() => undefined);
  };
}

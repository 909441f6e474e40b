import type { CommandContext } from '../../context';
import { SyncDirection } from '../../entities/dual-write';
import type { CommandRequest } from '../command';
import { runSync, type SyncInput, type SyncReport } from '../3-sync/run/run-sync.command';

/**
 * Carries what finance has posted back to Dataverse: accounting amount, exchange rate, voucher number and sales tax to the
 * actuals; invoice number, date, tax and the status Posted to the proforma (domain facts 7.4). The table maps' way back: the
 * same engine, reading field pairs of the direction finance to Dataverse, which only ever updates.
 */
export async function runWriteBack(context: CommandContext, input: Omit<SyncInput, 'directions'>, request: CommandRequest): Promise<SyncReport> {
  return runSync(context, { ...input, directions: [SyncDirection.FINANCE_TO_DATAVERSE] }, request);
}

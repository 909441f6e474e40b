import type { CommandContext } from '../../../../context';
import { AlertDelivery, type Alert, type AlertRule } from '../../../../entities/dual-write';
import { timestampOf } from '../../../../kernel/clock';
import { claimDelivery, endDelivery, hasDueDeliveries, readAlertRules, type DeliveryEnd } from '../../../../stores/dual-write/alert.store';
import { leaseAt } from '../../../../stores/lease';
import { stopHere } from '../../../stop';
import { pauseMsAfter } from '../system-failure.rules';
import { ANSWER_MS_MAX, DELIVERIES_PER_LOOK, DELIVERY_LEASE_MS, DELIVERY_TRIES_MAX } from './alert.limits';
import { signedHeaders } from './sign-webhook';

export function hasAlertsToDeliver({ database, clock }: Pick<CommandContext, 'database' | 'clock'>): Promise<boolean> {
  return hasDueDeliveries(database.reader, timestampOf(clock));
}

/**
 * Sends the notifications that are due. Each is claimed, sent outside any transaction, and then ended: a process that dies in between
 * leaves it to another one when its lease is over, so that a receiver may get it twice, under the same id. Gives a sentence.
 */
export async function deliverAlerts(context: CommandContext, answerMsMax = ANSWER_MS_MAX): Promise<string | null> {
  const { database, ids, clock } = context;
  if (!(await hasAlertsToDeliver(context))) return null;
  const owner = ids.next();
  let sent = 0;
  let tried = 0;
  for (; tried < DELIVERIES_PER_LOOK && await hasAlertsToDeliver(context); tried += 1) {
    stopHere(context);
    const now = clock.now();
    const alert = await database.write((work) => claimDelivery(work, leaseAt(now, owner, DELIVERY_LEASE_MS)));
    if (!alert) break;
    const rule = (await readAlertRules(database.reader)).find(({ id }) => id === alert.ruleId);
    const failure = await send(rule, alert, { at: now, answerMsMax });
    if (failure === null) sent += 1;
    else context.log.warn({ alert: alert.id, failure }, 'a notification was not taken');
    await database.write((work) => endDelivery(work, alert.id, owner, endOf(alert, failure, now)));
  }
  return `Sent ${sent} of ${tried} notifications.`;
}

function endOf(alert: Alert, failure: string | null, now: Date): DeliveryEnd {
  if (failure === null) return { delivery: AlertDelivery.DELIVERED, nextTryOn: null, deliveredOn: now.toISOString(), lastFailure: null };
  if (alert.attempts >= DELIVERY_TRIES_MAX) return { delivery: AlertDelivery.FAILED, nextTryOn: null, deliveredOn: null, lastFailure: failure };
  const nextTryOn = new Date(now.getTime() + pauseMsAfter(alert.attempts, alert.id)).toISOString();
  return { delivery: AlertDelivery.PENDING, nextTryOn, deliveredOn: null, lastFailure: failure };
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Sends a notification once. Gives why the receiver did not take it; null when it did. */
async function send(rule: AlertRule | undefined, { id, body: content }: Alert, { at, answerMsMax }: { at: Date; answerMsMax: number }): Promise<string | null> {
  if (!rule?.webhookUrl || !rule.webhookSecret) return 'The rule has no webhook any more.';
  const body = JSON.stringify(content);
  try {
    const response = await fetch(rule.webhookUrl, {
      method: 'POST', body, headers: signedHeaders(rule.webhookSecret, { id, at, body }), redirect: 'manual', signal: AbortSignal.timeout(answerMsMax),
    });
    await response.body?.cancel();
    return response.ok ? null : `The receiver answered ${response.status}${isRedirect(response.status) ? ', a redirect, which is not followed' : ''}.`;
  } catch (error) {
    const { message, cause } = error as Error & { readonly cause?: { readonly message?: string } };
    return cause?.message ? `${message}: ${cause.message}` : message;
  }
}

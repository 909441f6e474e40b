import type { CommandContext } from '../../../../context';
import { AlertAction, AlertDelivery, AlertErrorClass, TableMapActivityKind, TableMapStatus, type AlertRule } from '../../../../entities/dual-write';
import { recordActivity } from '../../../../stores/dual-write/activity.store';
import { addAlert, countFailures, hasFiredSince, lockAlertRule, readAlertRules, type FailureCount } from '../../../../stores/dual-write/alert.store';
import { holdStatus } from '../../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../../stores/session';
import { pauseInUnitOfWork } from '../../operate/pause-table-maps.command';
import { stopInUnitOfWork } from '../../operate/stop-table-maps.command';
import { CARRYING } from '../../operate/table-map.states';
import { TOP_ERRORS } from './alert.limits';

const MINUTE_MS = 60_000;

/**
 * Fires the rules that the failures of these table maps have come up to. Called between two chunks of a run, after one in which something
 * failed, and when a run ends: a process that dies in between leaves it to the next run. Costs one small read while there are no rules.
 */
export async function watchAlerts(context: CommandContext, mapNames: readonly string[]): Promise<void> {
  const { database } = context;
  for (const rule of await readAlertRules(database.reader)) {
    for (const mapName of new Set(mapNames)) {
      if (rule.mapName !== null && rule.mapName !== mapName) continue;
      const since = sinceOf(context, rule);
      // First whether it has fired: a run in which 100,000 records fail would count more and more of them behind every chunk.
      if (await hasFiredSince(database.reader, rule.id, mapName, since)) continue;
      if (totalOf(await countFailures(database.reader, mapName, rule.errorClass, since)) < rule.threshold) continue;
      await database.write((work) => fire(work, context, rule.id, mapName));
    }
  }
}

const totalOf = (failures: readonly FailureCount[]): number => failures.reduce((sum, { count }) => sum + count, 0);
const sinceOf = ({ clock }: CommandContext, { minutes }: AlertRule): string => new Date(clock.now().getTime() - minutes * MINUTE_MS).toISOString();

/** Counts again under the rule's lock, so that of several runs at once one fires, and stores the alert, what it does and its notification together. */
async function fire(work: UnitOfWork, context: CommandContext, ruleId: string, mapName: string): Promise<void> {
  const rule = await lockAlertRule(work, ruleId);
  if (!rule) return;
  const since = sinceOf(context, rule);
  if (await hasFiredSince(work, rule.id, mapName, since)) return;
  const failures = await countFailures(work, mapName, rule.errorClass, since);
  const count = totalOf(failures);
  if (count < rule.threshold) return;
  const done = await act(work, { ...context, actor: `alert rule ${rule.name}` }, rule.action, mapName);
  const sentence = `${count} failures within ${rule.minutes} minutes, the alert rule "${rule.name}" fires at ${rule.threshold}: ${done}`;
  const id = context.ids.next();
  const now = context.clock.now().toISOString();
  const activityId = await recordActivity(work, context, {
    kind: TableMapActivityKind.ALERT_FIRED, mapName, sentence, facts: { alertId: id, ruleId, failures: count, since },
  });
  const body = {
    type: 'alert.fired',
    timestamp: now,
    data: {
      alertId: id, activityId, rule: { id: rule.id, name: rule.name, errorClass: AlertErrorClass[rule.errorClass], threshold: rule.threshold, minutes: rule.minutes },
      tableMap: mapName, action: AlertAction[rule.action], sentence, failures: count, since, topErrors: failures.slice(0, TOP_ERRORS),
    },
  };
  const isSent = rule.webhookUrl !== null;
  await addAlert(work, {
    id, ruleId, ruleName: rule.name, mapName, firedOn: now, failures: count, since, action: rule.action, sentence, body,
    delivery: isSent ? AlertDelivery.PENDING : AlertDelivery.NONE, nextTryOn: isSent ? now : null,
  });
}

/** Does what the rule says, where the map's state allows it. Gives a sentence. */
async function act(work: UnitOfWork, context: CommandContext, action: AlertAction, mapName: string): Promise<string> {
  if (action === AlertAction.NOTIFY) return 'notified.';
  const status = await holdStatus(work, mapName);
  if (status === TableMapStatus.INITIALIZING && action === AlertAction.PAUSE) return 'the map is INITIALIZING, which can only be stopped.';
  if (status === null || ![...CARRYING, TableMapStatus.INITIALIZING].includes(status)) return `the map is ${status === null ? 'gone' : TableMapStatus[status]} already.`;
  const named = [{ name: mapName }];
  if (action === AlertAction.PAUSE) await pauseInUnitOfWork(work, context, named);
  else await stopInUnitOfWork(work, context, named);
  return action === AlertAction.PAUSE ? 'paused.' : 'stopped.';
}

import type { CommandContext } from '../../../../context';
import { AlertDelivery, TableMapActivityKind } from '../../../../entities/dual-write';
import { timestampOf } from '../../../../kernel/clock';
import { invalid, notFound, refuse, wrongState } from '../../../../kernel/refusal';
import { statesAllowing } from '../../../../kernel/state-table';
import { recordActivity } from '../../../../stores/dual-write/activity.store';
import { lockAlert, lockAlertRule, renewDelivery } from '../../../../stores/dual-write/alert.store';
import { runCommand, type CommandRequest } from '../../../command';
import { ALERT_DELIVERY_STATES } from './alert-delivery.states';

const PATH = ['input', 'alertId'];

/**
 * Has a notification that FAILED sent again, with all its tries, under the id that it had, to the address that its rule has now. Refuses
 * one in another state, and one whose rule is gone or has no webhook any more.
 */
export async function sendAlertAgain(context: CommandContext, { alertId }: { alertId: string }, request: CommandRequest): Promise<{ alertId: string }> {
  return runCommand(context, request, async (work) => {
    const alert = (await lockAlert(work, alertId)) ?? refuse(notFound('alert', alertId, PATH));
    if (!('sendAgain' in ALERT_DELIVERY_STATES[alert.delivery])) {
      const allowed = statesAllowing(ALERT_DELIVERY_STATES, 'sendAgain').map((state) => AlertDelivery[Number(state)]!);
      refuse(wrongState({ what: `The notification of alert ${alertId}`, from: AlertDelivery[alert.delivery], to: 'PENDING', allowed, path: PATH }));
    }
    const rule = (await lockAlertRule(work, alert.ruleId)) ?? refuse(notFound('alert rule', alert.ruleId, PATH));
    if (rule.webhookUrl === null) {
      refuse(invalid('INVALID_INPUT', `The alert rule "${rule.name}" has no webhook any more; give it one with updateAlertRule.`, PATH));
    }
    await renewDelivery(work, alertId, timestampOf(context.clock));
    await recordActivity(work, context, {
      kind: TableMapActivityKind.ALERT_SENT_AGAIN, mapName: alert.mapName, facts: { alertId },
      sentence: `The notification of the alert of ${alert.firedOn} by the rule "${rule.name}" is sent again.`,
    });
    return { alertId };
  });
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { createAlertRule, deleteAlertRule, updateAlertRule } from '../../flow/3-sync/errors/alerts/manage-alert-rules.command';
import { sendAlertAgain } from '../../flow/3-sync/errors/alerts/send-alert-again.command';
import type { AlertRuleFields } from '../../flow/3-sync/errors/alerts/alert-rule.rules';
import { CreateAlertRuleInput, DeleteAlertRuleInput, SendAlertAgainInput, UpdateAlertRuleInput } from '../../schema/dual-write/alert.input';
import { AlertPayload, AlertRulePayload, DeleteAlertRulePayload } from '../../schema/dual-write/alert.payload';
import { globalIdOf, keyOf } from '../../stores/reading/global-id';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const RULE_PATH = ['input', 'ruleId'];

/** What an update changes: a field that was left out stays, and so does one that cannot be null. */
function changesOf({ mapName, webhookUrl, webhookSecret, ...rest }: UpdateAlertRuleInput): Partial<AlertRuleFields> {
  const { name, threshold, minutes, errorClass, action } = rest;
  const given = Object.entries({ name, threshold, minutes, errorClass, action }).filter(([, value]) => value !== null && value !== undefined);
  const nullable = Object.entries({ mapName, webhookUrl, webhookSecret }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...given, ...nullable]);
}

@Resolver()
export class AlertResolver {
  @Mutation(() => AlertRulePayload, { description: 'Makes an alert rule: so many failures of a table map within so many minutes notify somebody, pause the map or stop it.' })
  createAlertRule(@Arg('input', { description: 'The rule.' }) input: CreateAlertRuleInput, @Ctx() { command }: RequestContext) {
    return answer({ alertRule: null as string | null }, async () => {
      const { name, mapName = null, threshold, minutes, errorClass, action, webhookUrl = null, webhookSecret = null } = input;
      const fields = { name, mapName, threshold, minutes, errorClass, action, webhookUrl, webhookSecret };
      return { alertRule: (await createAlertRule(command, fields, requestOf('createAlertRule', input))).ruleId };
    });
  }

  @Mutation(() => AlertRulePayload, { description: 'Changes an alert rule. Notifications that are not sent yet go to its new address.' })
  updateAlertRule(@Arg('input', { description: 'What to change.' }) input: UpdateAlertRuleInput, @Ctx() { command }: RequestContext) {
    return answer({ alertRule: null as string | null }, async () => {
      const wanted = { ruleId: keyOf('AlertRule', input.ruleId, RULE_PATH), expectedVersion: input.expectedVersion, changes: changesOf(input) };
      return { alertRule: (await updateAlertRule(command, wanted, requestOf('updateAlertRule', input))).ruleId };
    });
  }

  @Mutation(() => DeleteAlertRulePayload, { description: 'Deletes an alert rule. The alerts that it fired stay listed.' })
  deleteAlertRule(@Arg('input', { description: 'Which rule.' }) input: DeleteAlertRuleInput, @Ctx() { command }: RequestContext) {
    return answer({ deletedRuleId: null as string | null }, async () => {
      const wanted = { ruleId: keyOf('AlertRule', input.ruleId, RULE_PATH), expectedVersion: input.expectedVersion };
      const { ruleId } = await deleteAlertRule(command, wanted, requestOf('deleteAlertRule', input));
      return { deletedRuleId: globalIdOf('AlertRule', ruleId) };
    });
  }

  @Mutation(() => AlertPayload, { description: 'Has the notification of an alert sent again that was given up, under the same id, to the address that the rule has now.' })
  sendAlertAgain(@Arg('input', { description: 'Which alert.' }) input: SendAlertAgainInput, @Ctx() { command }: RequestContext) {
    return answer({ alert: null as string | null }, async () => {
      const wanted = { alertId: keyOf('Alert', input.alertId, ['input', 'alertId']) };
      return { alert: (await sendAlertAgain(command, wanted, requestOf('sendAlertAgain', input))).alertId };
    });
  }
}

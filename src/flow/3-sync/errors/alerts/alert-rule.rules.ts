import type { AlertRule } from '../../../../entities/dual-write';
import { invalid, type Refusal } from '../../../../kernel/refusal';
import { MINUTES_MAX, NAME_CHARACTERS_MAX, SECRET_BYTES_MAX, SECRET_BYTES_MIN, THRESHOLD_MAX, URL_CHARACTERS_MAX } from './alert.limits';
import { SECRET_PREFIX } from './sign-webhook';

/** What somebody may say of a rule. */
export type AlertRuleFields = Pick<AlertRule, 'name' | 'mapName' | 'threshold' | 'minutes' | 'errorClass' | 'action' | 'webhookUrl' | 'webhookSecret'>;

/** Everything that is wrong with a rule, each under its field. */
export function refusalsOfRule(rule: AlertRuleFields, mapNames: readonly string[]): Refusal[] {
  const refusals: Refusal[] = [];
  const refuseField = (field: keyof AlertRuleFields, message: string) => refusals.push(invalid('INVALID_INPUT', message, ['input', field]));
  if (rule.name.trim() === '' || rule.name.length > NAME_CHARACTERS_MAX) refuseField('name', `A rule's name has 1 to ${NAME_CHARACTERS_MAX} characters.`);
  if (rule.mapName !== null && !mapNames.includes(rule.mapName)) refusals.push(invalid('MAP_UNKNOWN', `No table map is called "${rule.mapName}".`, ['input', 'mapName']));
  if (rule.threshold < 1 || rule.threshold > THRESHOLD_MAX) refuseField('threshold', `The threshold is ${rule.threshold}, but must be 1 to ${THRESHOLD_MAX} failures.`);
  if (rule.minutes < 1 || rule.minutes > MINUTES_MAX) refuseField('minutes', `The window is ${rule.minutes}, but must be 1 to ${MINUTES_MAX} minutes.`);
  const problem = rule.webhookUrl === null ? null : problemOfUrl(rule.webhookUrl);
  if (problem) refuseField('webhookUrl', problem);
  if (rule.webhookUrl !== null && rule.webhookSecret === null) refuseField('webhookSecret', 'A rule with a webhookUrl needs a webhookSecret, which signs what is sent.');
  if (rule.webhookSecret !== null && !isSecret(rule.webhookSecret)) {
    refuseField('webhookSecret', `A secret is "${SECRET_PREFIX}" and ${SECRET_BYTES_MIN} to ${SECRET_BYTES_MAX} random bytes in base64.`);
  }
  return refusals;
}

function problemOfUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'The webhookUrl is no http or https address.';
  if (url.username || url.password) return 'The webhookUrl has a user or password in it, which every reader of the rule would see.';
  return text.length > URL_CHARACTERS_MAX ? `The webhookUrl has ${text.length} characters, but may have ${URL_CHARACTERS_MAX}.` : null;
}

function isSecret(text: string): boolean {
  const [, base64] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = base64 === undefined ? 0 : Buffer.from(base64, 'base64').length;
  return bytes >= SECRET_BYTES_MIN && bytes <= SECRET_BYTES_MAX;
}

import type { CommandContext } from '../../../../context';
import { AlertRule } from '../../../../entities/dual-write';
import { timestampOf } from '../../../../kernel/clock';
import { invalid, notFound, refuse, refuseAny, refuseStale } from '../../../../kernel/refusal';
import { insertRows } from '../../../../stores/bulk';
import { changeRow } from '../../../../stores/change-row';
import { deleteRule, hasAlertRuleNamed, lockAlertRule } from '../../../../stores/dual-write/alert.store';
import { readTableMaps } from '../../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../../stores/session';
import { runCommand, type CommandRequest } from '../../../command';
import { refusalsOfRule, type AlertRuleFields } from './alert-rule.rules';

export interface AlertRuleOutcome {
  readonly ruleId: string;
}

/** Which rule, perhaps with the version that the caller has read. */
export interface NamedAlertRule {
  readonly ruleId: string;
  readonly expectedVersion?: number | null | undefined;
}

/** Makes a rule; it counts what failed before it was made, too. Refuses bad fields and a name that is taken. */
export async function createAlertRule(context: CommandContext, fields: AlertRuleFields, request: CommandRequest): Promise<AlertRuleOutcome> {
  return runCommand(context, request, async (work) => {
    const id = context.ids.next();
    await refuseBadRule(work, id, fields);
    await insertRows(work, AlertRule, [{ ...fields, id, createdOn: timestampOf(context.clock), version: 1 }]);
    return { ruleId: id };
  });
}

/** Changes the given fields of a rule. Notifications that are not sent yet go to its new address, signed with its new secret. */
export async function updateAlertRule(
  context: CommandContext, { ruleId, expectedVersion, changes }: NamedAlertRule & { changes: Partial<AlertRuleFields> }, request: CommandRequest,
): Promise<AlertRuleOutcome> {
  return runCommand(context, request, async (work) => {
    const { id, version, createdOn: _createdOn, ...fields } = await lockNamedRule(work, { ruleId, expectedVersion });
    const changed = { ...fields, ...changes };
    await refuseBadRule(work, id, changed);
    await changeRow(work, AlertRule, { id, version }, { ...changed, version: version + 1 });
    return { ruleId };
  });
}

/** Deletes a rule. What it has fired stays listed; what was not sent yet is not sent any more. */
export async function deleteAlertRule(context: CommandContext, named: NamedAlertRule, request: CommandRequest): Promise<AlertRuleOutcome> {
  return runCommand(context, request, async (work) => {
    const { id } = await lockNamedRule(work, named);
    await deleteRule(work, id);
    return { ruleId: id };
  });
}

async function lockNamedRule(work: UnitOfWork, { ruleId, expectedVersion = null }: NamedAlertRule): Promise<AlertRule> {
  const rule = (await lockAlertRule(work, ruleId)) ?? refuse(notFound('alert rule', ruleId, ['input', 'ruleId']));
  refuseStale('The alert rule', expectedVersion, rule.version);
  return rule;
}

async function refuseBadRule(work: UnitOfWork, id: string, fields: AlertRuleFields): Promise<void> {
  const refusals = refusalsOfRule(fields, (await readTableMaps(work)).map((map) => map.name));
  const isTaken = await hasAlertRuleNamed(work, fields.name, id);
  refuseAny([...refusals, ...(isTaken ? [invalid('INVALID_INPUT', `Another alert rule is called "${fields.name}".`, ['input', 'name'])] : [])]);
}

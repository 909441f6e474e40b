import type { CommandContext } from '../../context';
import { notFound, refuse, refuseAny, stale } from '../../kernel/refusal';
import { hasLegalEntity, insertManagedFormat, lockManagedFormat, updateManagedFormat } from '../../stores/finance/managed-format.store';
import { runCommand, type CommandRequest } from '../command';
import { decideManagedFormat, type ManagedFormatInput } from './managed-format.decision';

/**
 * Makes a format of *Manage invoice*, or changes it for every invoice that is printed from now on. Refused: an unknown legal entity,
 * another version, nothing to group by, a field named twice.
 */
export async function setInvoiceFormat(context: CommandContext, input: ManagedFormatInput, request: CommandRequest): Promise<{ formatKey: string }> {
  return runCommand(context, request, async (work) => {
    const { legalEntityId } = input;
    if (!(await hasLegalEntity(work, legalEntityId))) refuse(notFound('LegalEntity', legalEntityId, ['input', 'legalEntityId']));
    const existing = await lockManagedFormat(work, legalEntityId, input.formatId.trim());
    const decision = decideManagedFormat(input, existing);
    if (decision.refusals) refuseAny(decision.refusals);
    const format = { ...decision.row!, id: existing?.id ?? context.ids.next() };
    if (existing) await updateManagedFormat(work, format);
    else if (!(await insertManagedFormat(work, format))) refuse(stale(`Invoice format ${format.formatId}`, null, null));
    return { formatKey: format.id };
  });
}

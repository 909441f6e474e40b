import type { CommandContext } from '../../../context';
import type { ProformaInvoice, ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { notFound, refuseAny } from '../../../kernel/refusal';
import { lockActuals } from '../../../stores/dataverse/billing-backlog.store';
import { detailsById } from '../../../stores/dataverse/correction.store';
import { contractLinesOf, currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import { changeDetails, linesOf } from '../../../stores/dataverse/proforma-invoice.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { lockDraft, moveTotals } from './change-draft';
import { decideEdit, type DetailEdit } from './edit-details.decision';
import { detailLinesOf, namedDetails } from './line-detail.rules';
import { LimitsOfDraft } from '../not-to-exceed/limits-of-draft';
import { lockContractOf, type ProformaInvoiceReference } from './lock-proforma';

export interface UpdateLineDetailsInput extends ProformaInvoiceReference {
  readonly details: readonly DetailEdit[];
}

export interface LineDetailsOutcome {
  readonly proformaInvoiceId: string;
  readonly detailIds: readonly string[];
}

/**
 * Edits line details of a draft, all or none, and moves the totals with them. What can be edited depends on the kind of detail
 * (domain facts 1.3); what is billed otherwise than its transaction stands replaces it at confirmation (6.8).
 * An edit that bills more than a not-to-exceed limit leaves is refused.
 */
export async function updateProformaInvoiceLineDetails(
  context: CommandContext,
  input: UpdateLineDetailsInput,
  request: CommandRequest,
): Promise<LineDetailsOutcome> {
  return runCommand(context, request, async (work) => {
    const detailIds = input.details.map(({ detailId }) => detailId);
    refuseAny(refusalsOfNames(detailIds, namedDetails((index) => ['input', 'details', String(index), 'detailId'])));
    const contract = await lockContractOf(work, input);
    const proforma = await lockDraft(work, input);
    const limits = await LimitsOfDraft.of(work, contract.id);
    const before = await detailsById(work, proforma.id, detailIds);
    const after = await decideEdits(work, proforma, input.details, before);
    await changeDetails(
      work,
      after.map(({ id, quantity, price, amount, tax, billingType, description, externalDescription, version }) => ({
        ...{ id, quantity, price, amount, tax, billingType, description, externalDescription, version },
      })),
    );
    refuseAny(await limits.refusalsOf(
      after.map((detail, index) => ({ before: before.get(detail.id)!, after: detail, path: ['input', 'details', String(index)] })),
    ));
    await moveTotals(work, proforma, { before: [...before.values()], after });
    return { proformaInvoiceId: proforma.id, detailIds };
  });
}

async function decideEdits(
  work: UnitOfWork,
  proforma: ProformaInvoice,
  edits: readonly DetailEdit[],
  found: ReadonlyMap<string, ProformaInvoiceLineDetail>,
): Promise<ProformaInvoiceLineDetail[]> {
  const lines = detailLinesOf(await linesOf(work, proforma.id), await contractLinesOf(work, proforma.contractId));
  const currencyDecimals = await currencyDecimalsOf(work, proforma.currencyId);
  const sources = await lockActuals(
    work,
    [...found.values()].flatMap((detail) => sourceIdOf(detail) ?? []),
  );
  const decided = edits.map((edit, index) => {
    const path = ['input', 'details', String(index)];
    const detail = found.get(edit.detailId) ?? null;
    if (detail === null) {
      return [notFound(`line detail of the proforma ${proforma.number}`, edit.detailId, [...path, 'detailId'])];
    }
    const source = sources.get(sourceIdOf(detail) ?? '') ?? null;
    return decideEdit(edit, { detail, line: lines.get(detail.lineId)!, source, currencyDecimals, path });
  });
  refuseAny(decided.flatMap((decision) => (Array.isArray(decision) ? decision : [])));
  return decided.filter((decision) => 'id' in decision);
}

/** What the figures of a detail come from: the unbilled actual that it bills, or the billed one that it corrects. */
function sourceIdOf({ unbilledActualId, originalBilledActualId }: ProformaInvoiceLineDetail): string | null {
  return unbilledActualId ?? originalBilledActualId;
}

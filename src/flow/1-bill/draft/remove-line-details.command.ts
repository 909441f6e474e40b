import type { CommandContext } from '../../../context';
import { notFound, refuseAny } from '../../../kernel/refusal';
import { detailsById } from '../../../stores/dataverse/correction.store';
import { hasCorrectionDetails } from '../../../stores/dataverse/proforma-invoice.store';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { lockDraft, moveTotals } from './change-draft';
import { namedDetails } from './line-detail.rules';
import type { ProformaInvoiceReference } from './lock-proforma';
import { returnDetailsToBacklog } from './return-details';

export interface RemoveLineDetailsInput extends ProformaInvoiceReference {
  readonly detailIds: readonly string[];
}

export interface RemoveLineDetailsOutcome {
  readonly proformaInvoiceId: string;
  /** How many actuals, milestones and retainers went back to the backlog. */
  readonly returnedTransactionCount: number;
}

/**
 * Takes details off a draft, all or none. Transactions and milestones go back to the backlog, ready to invoice; manual details and
 * corrections just go, and what a correction would have credited stays billed.
 */
export async function removeProformaInvoiceLineDetails(
  context: CommandContext,
  input: RemoveLineDetailsInput,
  request: CommandRequest,
): Promise<RemoveLineDetailsOutcome> {
  return runCommand(context, request, async (work) => {
    const { detailIds } = input;
    const pathOf = (index: number) => ['input', 'detailIds', String(index)];
    refuseAny(refusalsOfNames(detailIds, namedDetails(pathOf)));
    const proforma = await lockDraft(work, input);
    const found = await detailsById(work, proforma.id, detailIds);
    refuseAny(
      detailIds.flatMap((id, index) =>
        found.has(id) ? [] : notFound(`line detail of the proforma ${proforma.number}`, id, pathOf(index)),
      ),
    );
    const before = [...found.values()];
    const returnedTransactionCount = await returnDetailsToBacklog(work, proforma, before);
    const hasCorrections = await hasCorrectionDetails(work, proforma.id);
    await moveTotals(work, proforma, { before, after: [] }, { hasCorrections });
    return { proformaInvoiceId: proforma.id, returnedTransactionCount };
  });
}

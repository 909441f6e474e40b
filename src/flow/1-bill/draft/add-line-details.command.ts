import type { CommandContext } from '../../../context';
import { BookableResource, Product, ProjectTask, ResourceCategory, TransactionCategory, Unit, type ProformaInvoice, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { todayOf } from '../../../kernel/clock';
import { invalid, notFound, refuse, refuseAny, type Refusal } from '../../../kernel/refusal';
import { unknownIdsOf } from '../../../stores/dataverse/master.store';
import { addDetails, linesOf } from '../../../stores/dataverse/proforma-invoice.store';
import { contractLinesOf, currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockDraft, moveTotals } from './change-draft';
import { DETAILS_MAX } from './line-detail.limits';
import { lockContractOf, type ProformaInvoiceReference } from './lock-proforma';
import { LimitsOfDraft } from '../not-to-exceed/limits-of-draft';
import { decideManualDetail, MANUAL_LOOKUPS, type ManualDetail } from './manual-detail.decision';
import { completedDetailFactsOf } from './open-draft';
import type { LineDetailsOutcome } from './update-line-details.command';

export interface AddLineDetailsInput extends ProformaInvoiceReference {
  readonly details: readonly ManualDetail[];
}

/** The table behind each name that a manual detail may give. */
const MASTERS = {
  categoryId: { entity: TransactionCategory, noun: 'transaction category' },
  roleId: { entity: ResourceCategory, noun: 'role' },
  resourceId: { entity: BookableResource, noun: 'bookable resource' },
  taskId: { entity: ProjectTask, noun: 'project task' },
  productId: { entity: Product, noun: 'product' },
  unitId: { entity: Unit, noun: 'unit' },
} as const;

/**
 * Adds manual details of time, expense, material and fee to a draft, all or none, and moves the totals with them. The draft gets the
 * lines first that its contract has got since. What would exceed a not-to-exceed limit is refused.
 */
export async function addProformaInvoiceLineDetails(
  context: CommandContext,
  input: AddLineDetailsInput,
  request: CommandRequest,
): Promise<LineDetailsOutcome> {
  return runCommand(context, request, async (work) => {
    const { details } = input;
    if (details.length === 0 || details.length > DETAILS_MAX) {
      refuse(invalid('INVALID_INPUT', `Give one to ${DETAILS_MAX} line details.`, ['input', 'details']));
    }
    const contract = await lockContractOf(work, input);
    const proforma = await lockDraft(work, input);
    await completedDetailFactsOf(work, context, proforma, contract);
    const added = await decideDetails(work, context, proforma, details);
    const limits = await LimitsOfDraft.of(work, contract.id);
    await addDetails(work, added);
    refuseAny(await limits.refusalsOf(added.map((after, index) => ({ before: null, after, path: ['input', 'details', String(index)] }))));
    await moveTotals(work, proforma, { before: [], after: added });
    return { proformaInvoiceId: proforma.id, detailIds: added.map(({ id }) => id) };
  });
}

async function decideDetails(
  work: UnitOfWork,
  context: CommandContext,
  proforma: ProformaInvoice,
  details: readonly ManualDetail[],
): Promise<ProformaInvoiceLineDetail[]> {
  const lines = new Map((await linesOf(work, proforma.id)).map((line) => [line.contractLineId, line]));
  const contractLines = new Map((await contractLinesOf(work, proforma.contractId)).map((line) => [line.id, line]));
  const shared = {
    proforma,
    currencyDecimals: await currencyDecimalsOf(work, proforma.currencyId),
    today: todayOf(context.clock),
    newId: () => context.ids.next(),
  };
  const decided = details.map((manual, index) => {
    const path = ['input', 'details', String(index)];
    const { contractLineId } = manual;
    return decideManualDetail(manual, {
      ...shared, line: lines.get(contractLineId) ?? null, includes: contractLines.get(contractLineId) ?? null, path,
    });
  });
  refuseAny([
    ...decided.flatMap((decision) => (Array.isArray(decision) ? decision : [])),
    ...(await refusalsOfMasters(work, details)),
  ]);
  return decided.filter((decision) => 'id' in decision);
}

async function refusalsOfMasters(work: UnitOfWork, details: readonly ManualDetail[]): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const lookup of MANUAL_LOOKUPS) {
    const { entity, noun } = MASTERS[lookup];
    const unknown = await unknownIdsOf(work, entity, details.flatMap((detail) => detail[lookup] ?? []));
    details.forEach((detail, index) => {
      const id = detail[lookup];
      if (id && unknown.has(id)) refusals.push(notFound(noun, id, ['input', 'details', String(index), lookup]));
    });
  }
  return refusals;
}

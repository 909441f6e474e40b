import type { CommandContext } from '../../../context';
import { RetainerUse, type ProformaInvoice, type ProformaInvoiceLineDetail } from '../../../entities/dataverse';
import { decimalsOf, type Decimal } from '../../../kernel/decimal';
import { InternalError, invalid, notFound, refuse, refuseAny, type Refusal } from '../../../kernel/refusal';
import { detailsById } from '../../../stores/dataverse/correction.store';
import { currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import { changeDetails } from '../../../stores/dataverse/proforma-invoice.store';
import { chargeableAndAppliedOf, lockRetainers } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { refusalsOfNames } from '../../named-list';
import { lockDraft, moveTotals } from '../draft/change-draft';
import { namedDetails } from '../draft/line-detail.rules';
import type { ProformaInvoiceReference } from '../draft/lock-proforma';
import { balancesOf } from './pay-with-retainers';
import { freeAmountOf, lessBy, type RetainerBalance } from './retainer-detail.decision';
import { notFree } from './retainer.rules';

export interface AppliedAmount {
  readonly detailId: string;
  /** How much of the retainer pays for this draft; zero keeps the retainer out of it. */
  readonly amount: Decimal;
}

export interface UpdateAppliedRetainersInput extends ProformaInvoiceReference {
  readonly details: readonly AppliedAmount[];
}

export interface UpdateAppliedRetainersOutcome {
  readonly proformaInvoiceId: string;
  readonly detailIds: readonly string[];
}

/**
 * Changes how much of its retainers a draft applies: less than it did, down to nothing, or again more, as far as the retainer has it
 * free and the draft has chargeable transactions (domain facts 1.3). All or none.
 */
export async function updateAppliedRetainers(
  context: CommandContext,
  input: UpdateAppliedRetainersInput,
  request: CommandRequest,
): Promise<UpdateAppliedRetainersOutcome> {
  return runCommand(context, request, async (work) => {
    const detailIds = input.details.map(({ detailId }) => detailId);
    refuseAny(refusalsOfNames(detailIds, namedDetails((index) => ['input', 'details', String(index), 'detailId'])));
    const proforma = await lockDraft(work, input);
    const before = await applicationsOf(work, proforma, detailIds);
    const after = await decideAmounts(work, proforma, input.details, before);
    await changeDetails(
      work,
      after.map(({ id, price, amount, tax, version }) => ({ id, price, amount, tax, version })),
    );
    await refuseMoreThanChargeable(work, proforma, before, after);
    await moveTotals(work, proforma, { before, after });
    return { proformaInvoiceId: proforma.id, detailIds };
  });
}

async function applicationsOf(
  work: UnitOfWork,
  { id, number }: ProformaInvoice,
  detailIds: readonly string[],
): Promise<ProformaInvoiceLineDetail[]> {
  const found = await detailsById(work, id, detailIds);
  const refusals = detailIds.flatMap((detailId, index): Refusal[] => {
    const path = ['input', 'details', String(index), 'detailId'];
    const detail = found.get(detailId);
    if (!detail) return [notFound(`line detail of the proforma ${number}`, detailId, path)];
    if (detail.retainerUse === RetainerUse.APPLICATION) return [];
    return [invalid('NOT_EDITABLE', `The line detail ${detailId} applies no retainer.`, path)];
  });
  refuseAny(refusals);
  return detailIds.map((detailId) => found.get(detailId)!);
}

async function decideAmounts(
  work: UnitOfWork,
  { currencyId }: ProformaInvoice,
  wanted: readonly AppliedAmount[],
  before: readonly ProformaInvoiceLineDetail[],
): Promise<ProformaInvoiceLineDetail[]> {
  const currencyDecimals = await currencyDecimalsOf(work, currencyId);
  const retainers = await lockRetainers(
    work,
    before.flatMap(({ retainerId }) => retainerId ?? []),
  );
  const balances = new Map((await balancesOf(work, [...retainers.values()])).map((balance) => [balance.retainer.id, balance]));
  const decided = before.map((detail, index) => {
    const balance = balances.get(detail.retainerId ?? '');
    if (!balance) throw new InternalError(`The detail ${detail.id} has no retainer`);
    return decideAmount(detail, wanted[index]!.amount, balance, currencyDecimals, ['input', 'details', String(index), 'amount']);
  });
  refuseAny(decided.filter((decision) => 'kind' in decision));
  return decided.filter((decision) => 'retainerId' in decision);
}

/** The detail with its new amount, or why it cannot have it. */
export function decideAmount(
  detail: ProformaInvoiceLineDetail,
  amount: Decimal,
  balance: RetainerBalance,
  currencyDecimals: number,
  path: string[],
): ProformaInvoiceLineDetail | Refusal {
  const free = freeAmountOf(balance).minus(detail.amount);
  if (amount.isNegative()) return invalid('INVALID_INPUT', `The applied amount is not negative, as ${amount.toFixed()} is.`, path);
  if (decimalsOf(amount) > currencyDecimals) {
    return invalid('TOO_MANY_DECIMALS', `${amount.toFixed()} has more than the ${currencyDecimals} decimals of its currency.`, path);
  }
  if (amount.gt(free)) return invalid('RETAINER_EXCEEDED', notFree(balance, free, amount), path);
  const { left } = balance;
  const leftBesideThis = { amount: left.amount.minus(detail.amount), tax: left.tax.minus(detail.tax) };
  const figures = lessBy({ currencyDecimals }, leftBesideThis, amount);
  return { ...detail, ...figures, version: detail.version + 1 };
}

/** Lowering is always allowed: edits of the transactions may have left the draft with too much applied. */
async function refuseMoreThanChargeable(
  work: UnitOfWork,
  { id, number }: ProformaInvoice,
  before: readonly ProformaInvoiceLineDetail[],
  after: readonly ProformaInvoiceLineDetail[],
): Promise<void> {
  const raised = after.findIndex((detail, index) => detail.amount.lt(before[index]!.amount));
  const { chargeable, applied } = await chargeableAndAppliedOf(work, id);
  if (raised < 0 || applied.lte(chargeable)) return;
  refuse(
    invalid(
      'RETAINERS_EXCEED_CHARGEABLE',
      `The proforma ${number} would apply ${applied.toFixed()} to chargeable transactions of ${chargeable.toFixed()}.`,
      ['input', 'details', String(raised), 'amount'],
    ),
  );
}

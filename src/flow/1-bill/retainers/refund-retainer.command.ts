import type { CommandContext } from '../../../context';
import type { Retainer } from '../../../entities/dataverse';
import type { Decimal } from '../../../kernel/decimal';
import { refuse, stale } from '../../../kernel/refusal';
import { currencyDecimalsOf } from '../../../stores/dataverse/project-contract.store';
import { changeRetainer } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import { lockRetainer, type RetainerReference } from './lock-retainer';
import type { RetainerOutcome } from './manage-retainers.command';
import { balancesOf } from './pay-with-retainers';
import { freeAmountOf } from './retainer-detail.decision';
import { refusalOfRefundAmount } from './retainer.rules';
import { RETAINER_REFUND_STATES } from './retainer.states';
import { refusalOf } from '../transition';

export interface RefundInput extends RetainerReference {
  /** What to refund: everything that is left unless given. */
  readonly amount?: Decimal | null;
}

/**
 * Marks a retainer as ready to refund: the next draft of its contract and customer carries the refund, and nothing else can claim
 * the amount until then. Refused: more than is left, a refund that is asked for already (domain facts 6.5).
 */
export async function markRetainerReadyToRefund(
  context: CommandContext,
  input: RefundInput,
  request: CommandRequest,
): Promise<RetainerOutcome> {
  return runCommand(context, request, async (work) => {
    const retainer = await requestRefund(work, await lockRetainer(work, input), input.amount ?? null);
    return { retainerId: retainer.id };
  });
}

/** Claims the amount for a refund; the retainer as it is then. */
export async function requestRefund(work: UnitOfWork, retainer: Retainer, amount: Decimal | null): Promise<Retainer> {
  const wrong = refusalOf(
    RETAINER_REFUND_STATES,
    `The refund of the retainer ${retainer.id}`,
    retainer.refundStatus,
    'requestRefund',
    ['input', 'retainerId'],
  );
  if (wrong) refuse(wrong);
  const [balance] = await balancesOf(work, [retainer]);
  const refundAmount = amount ?? freeAmountOf(balance!);
  const exceeded = refusalOfRefundAmount(balance!, refundAmount, await currencyDecimalsOf(work, retainer.currencyId));
  if (exceeded) refuse(exceeded);
  const changes = { refundAmount, refundStatus: RETAINER_REFUND_STATES.table[retainer.refundStatus].requestRefund! };
  if (!(await changeRetainer(work, retainer, changes))) refuse(stale(`The retainer ${retainer.id}`, null, null));
  return { ...retainer, ...changes, version: retainer.version + 1 };
}

import type { Retainer } from '../../../entities/dataverse';
import { notFound, refuse, refuseStale } from '../../../kernel/refusal';
import { lockRetainers } from '../../../stores/dataverse/retainer.store';
import type { UnitOfWork } from '../../../stores/session';

/** Which retainer a command is about, and the version that the caller has read, if that matters to him. */
export interface RetainerReference {
  readonly retainerId: string;
  readonly expectedVersion?: number | null;
}

/** Locks the retainer of a command, or refuses it as unknown or changed meanwhile. */
export async function lockRetainer(work: UnitOfWork, { retainerId, expectedVersion = null }: RetainerReference): Promise<Retainer> {
  const retainer =
    (await lockRetainers(work, [retainerId])).get(retainerId) ?? refuse(notFound('retainer', retainerId, ['input', 'retainerId']));
  refuseStale(`The retainer ${retainerId}`, expectedVersion, retainer.version);
  return retainer;
}

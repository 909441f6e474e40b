import { createHash } from 'node:crypto';
import { IdempotencyRecord } from '../entities/gateway';
import { refuse } from '../kernel/refusal';
import { insertRows, updateRows } from './bulk';
import type { UnitOfWork } from './session';

export interface KeyedRequest {
  readonly actor: string;
  readonly mutation: string;
  readonly idempotencyKey: string;
  readonly input: unknown;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** JSON with sorted keys, so that the same input in another order has the same hash. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) && Object.getPrototypeOf(inner) === Object.prototype
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner);
}

/**
 * Runs `work` once per caller, mutation and key: the key, a hash of the input and the outcome are stored in the same
 * transaction as the work. A repetition gets the stored outcome; another input under the same key is refused. A concurrent
 * twin waits on the key's row. Refusals are not stored, because they undo the transaction.
 */
export async function once<Outcome>(
  work: UnitOfWork, now: string, request: KeyedRequest, perform: () => Promise<Outcome>,
): Promise<Outcome> {
  const id = sha256(canonicalJson([request.actor, request.mutation, request.idempotencyKey])).slice(0, 36);
  const inputHash = sha256(canonicalJson(request.input ?? null));
  const claim = { id, mutation: request.mutation, inputHash, outcome: null, createdOn: now };
  const isFirst = await insertRows(work, IdempotencyRecord, [{ ...claim, outcome: 'pending' }], { ifAbsent: true });
  if (isFirst === 0) {
    const stored = await work.manager.findOneByOrFail(IdempotencyRecord, { id });
    if (stored.inputHash !== inputHash) {
      refuse({
        kind: 'idempotency',
        code: 'IDEMPOTENCY_KEY_REUSED',
        message: `The idempotency key ${request.idempotencyKey} was used before with another input of ${request.mutation}.`,
        path: ['input', 'idempotencyKey'],
        idempotencyKey: request.idempotencyKey,
      });
    }
    return stored.outcome as Outcome;
  }
  const outcome = await perform();
  await updateRows(work, IdempotencyRecord, [{ id, outcome }]);
  return outcome;
}

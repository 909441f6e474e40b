import type { CommandRequest } from '../flow/command';
import { Refused, type Refusal } from '../kernel/refusal';
import type { UserError } from '../schema/shared/user-error.type';
import { keyOf } from '../stores/reading/global-id';
import { sentPath } from './sent-path';

/** The one place that turns a refusal into the API's answer. */
export function userErrorOf(refusal: Refusal): UserError {
  const { kind, code, message, path = null, ...facts } = refusal;
  const typeName = {
    validation: 'ValidationError',
    notFound: 'NotFoundError',
    state: 'StateTransitionError',
    oneWay: 'OneWayDirectionError',
    conflict: 'ConflictError',
    idempotency: 'IdempotencyError',
  }[kind];
  return Object.assign({ code, message, path, ...facts }, { __typename: typeName });
}

export const userErrorsOf = (refusals: readonly Refusal[]): UserError[] => refusals.map(userErrorOf);

/**
 * Answers a mutation: what `perform` gives, or `empty` with the refusals as data. Only expected refusals become data; anything
 * else that is thrown is a bug and goes on.
 */
export async function answer<Payload extends object>(empty: Payload, perform: () => Promise<Payload>): Promise<Payload & { errors: UserError[] }> {
  try {
    return { errors: [], ...(await perform()) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // What no part of the input is to blame for, as when somebody was first, is about all of it.
    return { ...empty, errors: userErrorsOf(error.refusals.map((refusal) => ({ ...refusal, path: refusal.path ?? ['input'] }))) };
  }
}

/** What a mutation answers, as far as its errors go: its own, and those of its items. */
export interface AnsweredPayload {
  readonly errors?: readonly UserError[] | null;
  readonly results?: readonly unknown[] | null;
}

/** A payload whose errors point at the fields that the caller sent. */
export function inTermsOf(args: object, payload: AnsweredPayload): AnsweredPayload {
  const { errors, results } = payload;
  return {
    ...payload,
    ...(errors && { errors: errors.map((error) => ({ ...error, path: error.path && sentPath(args, error.path) })) }),
    ...(results && { results: results.map((result) => (typeof result === 'object' && result !== null ? inTermsOf(args, result) : result)) }),
  };
}

interface KeyedInput {
  readonly idempotencyKey?: string | null;
  readonly waitMs?: number | null;
}

/** What a command needs to know of its mutation; how long the caller waits is not part of the input. */
export function requestOf(mutation: string, { idempotencyKey, waitMs: _waitMs, ...input }: KeyedInput & object): CommandRequest {
  return { mutation, input, idempotencyKey: idempotencyKey ?? null };
}

/** The request of the command inside a run: keyed apart from the run, so that work which had ended when its process died is not done twice. */
export function workOf({ mutation, input, idempotencyKey }: CommandRequest): CommandRequest {
  return { mutation: `${mutation} (work)`, input, idempotencyKey: idempotencyKey ?? null };
}

/** Keys of records that the input names by id. */
export function keysOf(type: string, ids: readonly string[] | null | undefined, field: string): string[] | null {
  return ids?.map((id, index) => keyOf(type, id, ['input', field, String(index)])) ?? null;
}

import { SyncDirection, SyncErrorClass, SyncErrorStatus, type SyncError } from '../../../entities/dual-write';
import { invalid, notFound, wrongState, type Refusal } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import type { SelectedErrors } from '../../../stores/dual-write/selected-errors.store';
import { NAMED_ERRORS_MAX } from '../sync-limits';
import { SYNC_ERROR_STATES } from './sync-error.states';

/** Which errors somebody wants to retry or dismiss: named ones; those of some table maps, or that a filter takes; or, when he says so, all. */
export interface ErrorSelection extends SelectedErrors {
  readonly all?: boolean | null | undefined;
}

export type ErrorAction = 'retry' | 'dismiss';

/** In these states an error can be retried, or dismissed. */
export const statesFor = (action: ErrorAction): SyncErrorStatus[] => statesAllowing(SYNC_ERROR_STATES, action).map(Number);

/** What is wrong with a selection as it was asked for. One that takes every error by mistake is refused: that is what `all` is for. */
export function refusalsOfSelection({ errorIds, maps, filter, all }: ErrorSelection, action: ErrorAction): Refusal[] {
  if (errorIds) {
    if (maps || filter || all) return [invalid('INVALID_INPUT', 'Name errors by id, or say which by maps, filter or all; not both.', ['input', 'errorIds'])];
    if (errorIds.length <= NAMED_ERRORS_MAX) return [];
    const message = `One request names at most ${NAMED_ERRORS_MAX} errors by id, not ${errorIds.length}; a filter takes any number.`;
    return [invalid('INVALID_INPUT', message, ['input', 'errorIds'])];
  }
  if (filter && !all && reachOf(filter) === 'EVERY') {
    return [invalid('INVALID_INPUT', `The filter leaves nothing out; to ${action} every error, say all: true.`, ['input', 'filter'])];
  }
  if (maps || filter || all) return [];
  return [invalid('INVALID_INPUT', `Say which errors to ${action}: errorIds, filter, maps, or all.`, ['input'])];
}

/** What a filter takes by its form alone: every error, none, or those that compare so. */
type Reach = 'EVERY' | 'COMPARED' | 'NONE';
const OTHERWISE: Readonly<Record<Reach, Reach>> = { EVERY: 'NONE', COMPARED: 'COMPARED', NONE: 'EVERY' };

/** The reach of a filter, or of a part of one: what stands side by side in it has to hold together. */
function reachOf(part: object): Reach {
  return together(Object.entries(part).map(([key, value]: [string, unknown]) => {
    if (value === undefined || value === null) return value === null && (key === 'eq' || key === 'ne') ? 'COMPARED' : 'EVERY';
    if (key === 'in') return (value as unknown[]).length === 0 ? 'NONE' : 'COMPARED';
    if (key === 'and') return together((value as object[]).map(reachOf));
    // One alternative of two is enough: the opposite of both opposites together.
    if (key === 'or') return OTHERWISE[together((value as object[]).map((inner) => OTHERWISE[reachOf(inner)]))];
    if (key === 'not') return OTHERWISE[reachOf(value)];
    if (value === '' && (key === 'contains' || key === 'startsWith')) return 'EVERY';
    return typeof value === 'object' && !(value instanceof Date) ? reachOf(value) : 'COMPARED';
  }));
}

function together(reaches: readonly Reach[]): Reach {
  if (reaches.includes('NONE')) return 'NONE';
  return reaches.includes('COMPARED') ? 'COMPARED' : 'EVERY';
}

/** Refuses ids that no error has. */
export function refusalsOfUnknown(errorIds: readonly string[], found: readonly SyncError[]): Refusal[] {
  const known = new Set(found.map((error) => error.id));
  return errorIds.flatMap((id, index) => (known.has(id) ? [] : [notFound('sync error', id, ['input', 'errorIds', String(index)])]));
}

/** Why the state of a named error does not allow an action; null where it does. What is done already is no mistake. */
export function refusalOfState(error: SyncError, action: ErrorAction, path: string[]): Refusal | null {
  const done = action === 'dismiss' ? SyncErrorStatus.DISMISSED : SyncErrorStatus.RESOLVED;
  if (error.status === done || action in SYNC_ERROR_STATES[error.status]) return null;
  const allowed = statesFor(action).map((state) => SyncErrorStatus[state]);
  return wrongState({ what: `The sync error ${error.id}`, from: SyncErrorStatus[error.status], to: SyncErrorStatus[done], allowed, path });
}

/** A selection for people: what the activity log says of it. */
export function wordsOf({ errorIds, maps, filter }: ErrorSelection): string {
  if (errorIds) return 'by id';
  const parts = [...(maps ? [`of ${maps.join(' and ')}`] : []), ...(filter ? [`where ${JSON.stringify(inWords(filter))}`] : [])];
  return parts.length === 0 ? 'of every table map' : parts.join(' ');
}

const ENUMS: Readonly<Record<string, Readonly<Record<number, string>>>> = { status: SyncErrorStatus, class: SyncErrorClass, direction: SyncDirection };

/** A filter with the names of states, classes and directions in the place of their numbers, as it was sent. */
export function inWords(filter: object): object {
  return Object.fromEntries(Object.entries(filter).map(([field, part]) => {
    if (Array.isArray(part)) return [field, part.map((inner: unknown) => (typeof inner === 'object' && inner !== null ? inWords(inner) : inner))];
    if (typeof part !== 'object' || part === null || part instanceof Date) return [field, part];
    const names = ENUMS[field];
    return [field, names ? namesIn(part, names) : inWords(part)];
  }));
}

function namesIn(comparison: object, names: Readonly<Record<number, string>>): object {
  const nameOf = (value: unknown): unknown => (Array.isArray(value) ? value.map(nameOf) : names[value as number] ?? value);
  return Object.fromEntries(Object.entries(comparison).map(([operator, value]) => [operator, nameOf(value)]));
}

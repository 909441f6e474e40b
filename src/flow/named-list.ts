import { invalid, type Refusal } from '../kernel/refusal';

/** A list of records that an input names: what they are called, how many there may be, and where the input names each. */
export interface NamedList {
  /** The singular and the plural, as in `time entry` and `time entries`. */
  readonly noun: readonly [one: string, many: string];
  readonly max: number;
  readonly pathOf: (index: number) => string[];
}

/** What is wrong with a list of named records before any is read: it is empty or too long, or names one of them twice. */
export function refusalsOfNames(ids: readonly string[], list: NamedList): Refusal[] {
  const wrongCount = refusalsOfCount(ids, list);
  return wrongCount.length > 0 ? wrongCount : refusalsOfRepetitions(ids, list.noun[0], list.pathOf);
}

/** A list that is empty, or longer than a request may be. */
export function refusalsOfCount({ length }: readonly unknown[], { noun, max, pathOf }: NamedList): Refusal[] {
  if (length > 0 && length <= max) return [];
  return [invalid('INVALID_INPUT', `Name one to ${max} ${noun[1]}, not ${length}.`, pathOf(0).slice(0, 2))];
}

/** A refusal at each place that names a record which an earlier one has named. */
export function refusalsOfRepetitions(ids: readonly string[], noun: string, pathOf: NamedList['pathOf']): Refusal[] {
  const firstAt = new Map<string, number>();
  return ids.flatMap((id, index): Refusal[] => {
    const first = firstAt.get(id);
    if (first !== undefined) return [invalid('INVALID_INPUT', `The ${noun} is named twice: at ${first} and at ${index}.`, pathOf(index))];
    firstAt.set(id, index);
    return [];
  });
}

import { invalid, refuse } from '../../kernel/refusal';

/** A cursor of a list that is read from several places, one after the other: the place, and the key behind which to go on there. */
export function encodePlace({ gap, key }: { readonly gap: number; readonly key: string }): string {
  return Buffer.from(JSON.stringify([gap, key]), 'utf8').toString('base64url');
}

export function decodePlace(cursor: string): { gap: number; key: string } {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    values = null;
  }
  const [gap, key] = Array.isArray(values) ? (values as unknown[]) : [];
  if (!Number.isSafeInteger(gap) || typeof key !== 'string' || key.includes('\u0000')) {
    refuse(invalid('INVALID_INPUT', 'The cursor in after is not one that this list has given.', ['after']));
  }
  return { gap: gap as number, key };
}

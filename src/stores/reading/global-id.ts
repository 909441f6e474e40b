import { normalizeGuid } from '../../kernel/ids';
import { invalid, refuse } from '../../kernel/refusal';

/** The id of a record across the whole graph: its type and key, opaque to clients. */
export function globalIdOf(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
}

export function readGlobalId(id: string): { type: string; key: string } | null {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  if (text.includes('\u0000')) return null;
  return colon > 0 && /^[A-Za-z]+$/.test(text.slice(0, colon)) ? { type: text.slice(0, colon), key: text.slice(colon + 1) } : null;
}

/** The key in a global id of `type`, or in the systems' own id of the record. Refuses an id of another type, naming both. */
export function keyOf(type: string, id: string, path?: string[]): string {
  const guid = normalizeGuid(id);
  if (guid) return guid;
  const parsed = readGlobalId(id);
  if (!parsed) refuse(invalid('INVALID_INPUT', `${JSON.stringify(id)} is not the id of a ${type}.`, path));
  if (parsed.type !== type) refuse(invalid('INVALID_INPUT', `The id ${id} is of a ${parsed.type}, not of a ${type}.`, path));
  return parsed.key;
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ENGINES } from './engines';
import type { Engine } from '../../src/stores/session';

/** `UPDATE_GOLDEN=1` writes the answers anew: a change of behaviour is then a difference that git shows. */
const isUpdating = process.env.UPDATE_GOLDEN === '1';

/** The engine whose answers are written; the others are compared with them, so that both give the same. */
const [WRITING_ENGINE] = ENGINES;

/** Compares an answer with the one in the file, deeply and in order of its lists. */
export function expectGolden(file: string, engine: Engine, answer: unknown): void {
  if (isUpdating && engine === WRITING_ENGINE) writeFileSync(file, `${JSON.stringify(answer, null, 2)}\n`);
  if (!existsSync(file)) throw new Error(`There is no golden answer ${file}; UPDATE_GOLDEN=1 writes it.`);
  expect(answer).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

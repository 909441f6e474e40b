import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

const HOST_CHARACTERS_MAX = 60;

/** A name for a worker that no other one has, and that tells an operator where it runs: machine, process, and a random part. */
export function workerName(): string {
  return `${hostname().slice(0, HOST_CHARACTERS_MAX)}/${process.pid}/${randomBytes(4).toString('hex')}`;
}

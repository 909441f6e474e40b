import type { CommandContext } from '../context';

/** Work that the whole deployment does once per period. */
export interface Job {
  /** Names it in the database, for all workers and for good. */
  readonly name: string;
  readonly everyMs: number;
  /** A look that costs little, by reading only: false spares the job. Without it the job runs every period. */
  readonly hasWork?: (context: CommandContext) => Promise<boolean>;
  /** Does the work, and says in a sentence what it did; null when there was nothing to do after all. */
  readonly run: (context: CommandContext) => Promise<string | null>;
}

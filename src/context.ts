import type { Clock } from './kernel/clock';
import type { Ids } from './kernel/ids';
import type { Database } from './stores/unit-of-work';

/** Where structured log lines go; pino's shape. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Settings that change what the flow decides. */
export interface FlowSettings {
  /**
   * Carry the literal wording of the product: skip every negative unbilled row of a confirmation, even the reversal of an
   * original that became Adjusted (domain facts 6.9, contradiction 3). Off by default, because WIP then never returns to zero.
   */
  readonly skipReversalsOfAdjusted: boolean;
  readonly documents: DocumentSettings;
}

/** Settings of the addresses under which documents can be fetched. */
export interface DocumentSettings {
  /** What signs them; null: a random secret that the database keeps. */
  readonly secret: string | null;
  /** How long an address is good, in milliseconds. */
  readonly lifetimeMs: number;
}

/** Everything that a command needs besides its input. Clock, ids and actor come in here and from nowhere else. */
export interface CommandContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Who asked: stored with what they did. */
  readonly actor: string;
  readonly settings: FlowSettings;
  readonly log: Log;
  /** Aborted when the process is to end: long work then ends behind its next chunk, and gives back what it holds. */
  readonly stopping?: AbortSignal;
}

import type { DataSource } from 'typeorm';
import { isDeadlock, isPassing, isSchemaOlder } from './passing-failure';
import type { Session } from './session';

/** How long queries leave a replica alone that did not answer, in milliseconds. */
const REPLICA_REST_MS = 5_000;

/** Hears that the replica does not answer any more, and why, and that it answers again: once each. */
export type ReplicaNotice = (answers: boolean, error?: unknown) => void;

/**
 * The read side of queries on a PostgreSQL replica. What it cannot answer the primary does: while it is away, while it lacks a
 * migration, or when it takes a query back because the primary has changed the rows meanwhile.
 */
export class ReadReplica implements Session {
  readonly engine = 'postgres';
  private state: 'unknown' | 'answers' | 'away' = 'unknown';
  private restUntil = 0;
  private connecting: Promise<unknown> | null = null;

  constructor(private readonly replica: DataSource, private readonly primary: DataSource, private readonly notice: ReplicaNotice) {}

  /** The primary's: statements are written and described alike on both. */
  get manager(): DataSource['manager'] {
    return this.primary.manager;
  }

  get answers(): boolean {
    return this.state === 'answers';
  }

  /** Connects; while the replica is away it is tried again by queries, none of which waits for it. */
  async connect(): Promise<void> {
    this.connecting ??= this.replica.initialize().then(() => this.note(true), (error: unknown) => this.leave(error)).finally(() => { this.connecting = null; });
    await this.connecting;
  }

  async ask(text: string, parameters: unknown[]): Promise<unknown[]> {
    if (!this.isWorthAsking()) return this.primary.query(text, parameters);
    try {
      const rows = (await this.replica.query(text, parameters)) as unknown[];
      this.note(true);
      return rows;
    } catch (error) {
      if (!isPassing(error) && !isSchemaOlder(error)) throw error;
      // A query that was taken back says nothing about the next one.
      if (!isDeadlock(error)) this.leave(error);
      return this.primary.query(text, parameters);
    }
  }

  async close(): Promise<void> {
    await this.connecting;
    if (this.replica.isInitialized) await this.replica.destroy();
  }

  /** One query at a time finds out whether a replica that was away is back. */
  private isWorthAsking(): boolean {
    if (this.state === 'away') {
      if (performance.now() < this.restUntil) return false;
      this.restUntil = performance.now() + REPLICA_REST_MS;
    }
    if (this.replica.isInitialized) return true;
    void this.connect();
    return false;
  }

  private leave(error: unknown): void {
    this.restUntil = performance.now() + REPLICA_REST_MS;
    this.note(false, error);
  }

  private note(answers: boolean, error?: unknown): void {
    const state = answers ? 'answers' : 'away';
    if (state !== this.state && !(answers && this.state === 'unknown')) this.notice(answers, error);
    this.state = state;
  }
}

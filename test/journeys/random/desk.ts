import { REFUSAL_CODES } from '../../../src/kernel/refusal';
import { send } from '../../support/api';
import { ERRORS, type AnsweredError } from '../../support/process';
import { changesBetween, snapshotOf, type Snapshot } from '../../support/whole-database';
import type { Stage } from './setting';

/** What a mutation answered, in as much as the operations look at it. */
interface Payload {
  readonly errors: readonly AnsweredError[];
  readonly results?: readonly { readonly errors: readonly AnsweredError[] }[] | null;
  readonly run?: { readonly status: string; readonly message: string | null } | null;
}

export interface Mutation {
  readonly name: string;
  readonly input: object;
  /** The input's type, where it is not named after the mutation. */
  readonly inputType?: string;
  /** Its payload has a run, a result per item, or neither. */
  readonly payload?: 'run' | 'runAndResults' | 'results';
  /** It stores what it refused, item by item: a bulk confirmation. */
  readonly keepsRefusals?: boolean;
}

const SELECTIONS = { run: 'run { status message }', runAndResults: `run { status message } results { ${ERRORS} }`, results: `results { ${ERRORS} }` };

/** The desk at which operations are asked for, by the API; it holds the rules that every single answer keeps. */
export class Desk {
  /** What was asked for and what came of it: the story of a sequence that fails. */
  readonly story: string[] = [];
  /** What each mutation came to: `done`, or the code of a refusal. */
  readonly outcomes: string[] = [];
  private keys = 0;
  private known: Snapshot | null = null;

  constructor(readonly stage: Stage) {}

  /** The records of a list in the order in which they were made. */
  async list<Row>(field: string, selection: string, filter?: string): Promise<Row[]> {
    const data = await this.ask(`{ ${field}(first: 500, orderBy: [{ field: ID }]${filter ? `, filter: { ${filter} }` : ''}) { nodes { ${selection} } } }`);
    return (data[field] as { nodes: Row[] }).nodes;
  }

  /** Something outside the API changed the database. */
  forget(): void {
    this.known = null;
  }

  /**
   * Asks for a mutation. What it refuses is typed, names what is wrong, and changes nothing. Asked twice under one key, it answers the
   * same and does nothing twice.
   */
  async mutate(mutation: Mutation, { twice = false } = {}): Promise<Payload> {
    const before = this.known ?? await this.snapshot();
    const idempotencyKey = twice ? `key ${this.keys += 1}` : null;
    const payload = await this.send(mutation, idempotencyKey);
    const errors = [...payload.errors, ...(payload.results ?? []).flatMap((result) => result.errors)];
    for (const error of errors) this.holds(mutation, 'a refusal has a known code and a sentence', error.code in REFUSAL_CODES && error.message.length > 10);
    if (payload.run) this.holds(mutation, `a run ends well: ${payload.run.message}`, ['SUCCEEDED', 'FINISHED_WITH_ERRORS'].includes(payload.run.status));
    const after = await this.snapshot();
    const isRefused = payload.errors.length > 0 || ((payload.results?.length ?? 0) > 0 && payload.results!.every((result) => result.errors.length > 0));
    if (payload.errors.length > 0 || (isRefused && !mutation.keepsRefusals)) this.nothingChanged(mutation, before, after, idempotencyKey);
    if (twice && errors.length === 0) {
      const again = await this.send(mutation, idempotencyKey);
      this.holds(mutation, 'the same key gives the same answer', JSON.stringify(again) === JSON.stringify(payload));
      this.nothingChanged(mutation, after, await this.snapshot(), null);
    }
    this.known = after;
    this.outcomes.push(...(isRefused ? errors.map(({ code }) => `${mutation.name} ${code}`) : [`${mutation.name} done`]));
    const said = errors.map(({ code, message }) => `${code}: ${message}`).join(' ');
    this.story.push(`${this.stage.today()} ${mutation.name} ${JSON.stringify(mutation.input)}${said && ` -> ${said}`}`);
    return payload;
  }

  private async send({ name, input, inputType, payload }: Mutation, idempotencyKey: string | null): Promise<Payload> {
    const type = `${inputType ?? `${name[0]!.toUpperCase()}${name.slice(1)}Input`}!`;
    const selection = `${payload ? SELECTIONS[payload] : ''} ${ERRORS}`;
    const given = { ...input, ...(idempotencyKey && { idempotencyKey }) };
    const data = await this.ask(`mutation ($input: ${type}) { ${name}(input: $input) { ${selection} } }`, { input: given });
    return data[name] as Payload;
  }

  private async ask(source: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { data, errors } = await send(this.stage.gateway, source, variables);
    if (errors.length > 0) throw new Error(`${source}\n${JSON.stringify(variables)}\n${JSON.stringify(errors)}\n${this.told()}`);
    return data as Record<string, unknown>;
  }

  private snapshot(): Promise<Snapshot> {
    return snapshotOf(this.stage.gateway.database.reader);
  }

  private nothingChanged(mutation: Mutation, before: Snapshot, after: Snapshot, refusedKey: string | null): void {
    const changes = changesBetween(before, after).filter((change) => refusedKey === null || !change.startsWith('gw_idempotency'));
    this.holds(mutation, `nothing changed, but:\n${changes.join('\n')}`, changes.length === 0);
  }

  private holds({ name, input }: Mutation, what: string, holds: boolean): void {
    if (!holds) throw new Error(`${name} ${JSON.stringify(input)}: ${what}\n${this.told()}`);
  }

  told(): string {
    return `After:\n${this.story.join('\n')}`;
  }
}

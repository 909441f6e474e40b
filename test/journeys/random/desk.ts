import { REFUSAL_CODES } from '../../../src/kernel/refusal';
import type { Session } from '../../../src/stores/session';
import { send } from '../../support/api';
import { ERRORS, type AnsweredError } from '../../support/process';
import { changesSince, lastChange } from '../../support/change-log';
import { brokenNow } from './each-step';
import type { Stage } from './setting';

/** What can be asked for: every mutation of the process but those that load, that only name a format of print-outs, or that operate the sync. */
export const MUTATIONS = [
  'addProformaInvoiceLineDetails', 'addToProformaInvoice', 'approveTimeEntries', 'cancelRetainerRefund', 'cancelTimeEntryApproval', 'confirmProformaInvoice',
  'confirmProformaInvoices', 'createMilestone', 'createProformaInvoices', 'createProgressMilestone', 'createRetainer', 'deleteIntegrationJournal',
  'deleteIntegrationJournalLines', 'deleteInvoiceProposalLines', 'deleteProformaInvoice', 'deleteRetainer', 'importFromStaging', 'markNotReadyToInvoice',
  'markProformaInvoicePaid', 'markProgressMilestoneNotReady', 'markProgressMilestoneReady', 'markReadyToInvoice', 'markRetainerReadyToRefund',
  'postIntegrationJournals', 'postInvoiceProposals', 'reevaluateNotToExceed', 'refreshProformaInvoice', 'refundRetainer', 'removeNotToExceedLimit',
  'removeProformaInvoiceLineDetails', 'resetIntegrationJournal', 'returnProformaInvoiceToDraft', 'reviseProformaInvoice', 'setNotToExceedLimit',
  'submitProformaInvoiceForReview', 'sync', 'updateAppliedRetainers', 'updateIntegrationJournalLines', 'updateInvoiceProposal', 'updateInvoiceProposalLines',
  'updateProformaInvoice', 'updateProformaInvoiceLineDetails', 'updateProgressMilestone', 'updateRetainer',
] as const;
export type MutationName = (typeof MUTATIONS)[number];

/** What a mutation answered, in as much as the operations look at it. */
interface Payload {
  readonly errors: readonly AnsweredError[];
  readonly results?: readonly { readonly errors: readonly AnsweredError[] }[] | null;
  readonly run?: { readonly status: string; readonly message: string | null } | null;
}

export interface Mutation {
  readonly name: MutationName;
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

  constructor(readonly stage: Stage) {}

  /** The records of a list in the order in which they were made. */
  async list<Row>(field: string, selection: string, filter?: string): Promise<Row[]> {
    const data = await this.ask(`{ ${field}(first: 500, orderBy: [{ field: ID }]${filter ? `, filter: { ${filter} }` : ''}) { nodes { ${selection} } } }`);
    return (data[field] as { nodes: Row[] }).nodes;
  }

  /**
   * Asks for a mutation. What it refuses is typed, names what is wrong, and changes nothing. Asked twice under one key, it answers the
   * same and does nothing twice.
   */
  async mutate(mutation: Mutation, { twice = false } = {}): Promise<Payload> {
    const before = await lastChange(this.database);
    const idempotencyKey = twice ? `key ${this.keys += 1}` : null;
    const payload = await this.send(mutation, idempotencyKey);
    const errors = [...payload.errors, ...(payload.results ?? []).flatMap((result) => result.errors)];
    for (const error of errors) this.holds(mutation, 'a refusal has a known code and a sentence', error.code in REFUSAL_CODES && error.message.length > 10);
    if (payload.run) this.holds(mutation, `a run ends well: ${payload.run.message}`, ['SUCCEEDED', 'FINISHED_WITH_ERRORS'].includes(payload.run.status));
    const isRefused = payload.errors.length > 0 || ((payload.results?.length ?? 0) > 0 && payload.results!.every((result) => result.errors.length > 0));
    if (payload.errors.length > 0 || (isRefused && !mutation.keepsRefusals)) await this.nothingChanged(mutation, before, idempotencyKey);
    if (twice && errors.length === 0) {
      const after = await lastChange(this.database);
      const again = await this.send(mutation, idempotencyKey);
      this.holds(mutation, 'the same key gives the same answer', JSON.stringify(again) === JSON.stringify(payload));
      await this.nothingChanged(mutation, after, null);
    }
    this.outcomes.push(...(isRefused ? errors.map(({ code }) => `${mutation.name} ${code}`) : [`${mutation.name} done`]));
    const said = errors.map(({ code, message }) => `${code}: ${message}`).join(' ');
    await this.happened(`${mutation.name} ${JSON.stringify(mutation.input)}${said && ` -> ${said}`}`);
    return payload;
  }

  /** Tells the story on. Whatever has happened, everything adds up. */
  async happened(sentence: string): Promise<void> {
    this.story.push(`${this.stage.today()} ${sentence}`);
    const broken = await brokenNow(this.database);
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n${this.told()}`);
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

  private get database(): Session {
    return this.stage.gateway.database.reader;
  }

  /** Of a refusal under a key only the key is stored. */
  private async nothingChanged(mutation: Mutation, since: number, refusedKey: string | null): Promise<void> {
    const changes = (await changesSince(this.database, since)).filter(({ table }) => refusedKey === null || table !== 'gw_idempotency');
    const rows = changes.map(({ table, was, is }) => `${table}: ${was} became ${is}`);
    this.holds(mutation, `nothing changed, but:\n${rows.join('\n')}`, rows.length === 0);
  }

  private holds({ name, input }: Mutation, what: string, holds: boolean): void {
    if (!holds) throw new Error(`${name} ${JSON.stringify(input)}: ${what}\n${this.told()}`);
  }

  told(): string {
    return `After:\n${this.story.join('\n')}`;
  }
}

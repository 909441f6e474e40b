import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { ask as askGateway } from './api';
import type { TestGateway } from './engines';
import { ROOT } from './repository';

/** Sends a request that must succeed and gives its data: inside the process of a test, or over HTTP. */
export type Ask = (source: string, variables?: Record<string, unknown>) => Promise<Json>;
/** Answers are as various as the requests; those who ask name the shape that they asked for. */
type Json = Awaited<ReturnType<typeof askGateway>>;

export const asker = (gateway: TestGateway): Ask => (source, variables) => askGateway(gateway, source, variables);

/** Why a mutation refused, with every fact that its kinds of errors carry. */
export const ERRORS = `errors { __typename code message path
  ... on NotFoundError { type key } ... on StateTransitionError { from to allowed } ... on OneWayDirectionError { owner suggestion }
  ... on ConflictError { expectedVersion actualVersion } ... on IdempotencyError { idempotencyKey } }`;

/** Inputs that are not named after their mutation. */
const INPUT_TYPES: Readonly<Record<string, string>> = {
  markReadyToInvoice: 'MarkTransactionsInput', markNotReadyToInvoice: 'MarkTransactionsInput',
  pauseTableMaps: 'OperateTableMapsInput', stopTableMaps: 'OperateTableMapsInput',
};

/** The text of a mutation that takes one `input`, with its refusals and what else is wanted of its payload. */
export function mutationText(mutation: string, selection = ''): string {
  const inputType = INPUT_TYPES[mutation] ?? `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`;
}

export interface AnsweredError {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
  readonly path: string[] | null;
  readonly [fact: string]: unknown;
}

interface Payload {
  readonly errors: readonly AnsweredError[];
  readonly run?: AnsweredRun | null;
  readonly results?: readonly Payload[] | null;
}

export interface AnsweredRun {
  readonly id: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FINISHED_WITH_ERRORS' | 'FAILED';
  readonly message: string | null;
}

function refuseErrors({ errors, results }: Payload): void {
  if (errors.length > 0) throw new Error(`Refused: ${JSON.stringify(errors, null, 2)}`);
  for (const result of results ?? []) refuseErrors(result);
}

export interface EntitySetRecords {
  readonly name: string;
  readonly records: readonly object[];
}

export interface ImportedEntitySet {
  readonly name: string;
  readonly read: number;
  readonly created: number;
  readonly unchanged: number;
}

const IMPORT_RECORDS = `mutation ($input: ImportRecordsInput!) {
  importRecords(input: $input) { entitySets { name read created unchanged } ${ERRORS} }
}`;

/** Loads records through `importRecords`: what no test may do by other means when it says "by queries only". */
export async function importRecords(gateway: TestGateway, entitySets: readonly EntitySetRecords[]): Promise<ImportedEntitySet[]> {
  // The program stores its table maps when it starts; a test's database has just been made.
  await ensureTableMaps(gateway.context);
  return new Process(gateway).importRecords(entitySets);
}

/** The Contoso sample as the input of `importRecords`. */
export function contosoRecords(): EntitySetRecords[] {
  return ['dataverse', 'finance'].flatMap((side) => {
    const folder = join(ROOT, 'samples', 'contoso', side);
    return readdirSync(folder).map((file) => ({
      name: file.replace(/\.json$/, ''), records: (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { value: object[] }).value,
    }));
  });
}

/** Loads the Contoso sample through `importRecords`. */
export async function importContoso(gateway: TestGateway): Promise<ImportedEntitySet[]> {
  return importRecords(gateway, contosoRecords());
}

export interface Draft {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly totalAmount: string;
  readonly chargeableAmount: string;
  readonly tax: string;
  readonly currencyCode: string;
  readonly details: { readonly totalCount: number };
}

export interface RunMapFigures {
  readonly mapName: string;
  readonly direction: string;
  readonly read: number;
  readonly written: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
}

export interface SyncFigures extends AnsweredRun {
  readonly maps: { readonly nodes: readonly RunMapFigures[] };
}

/** Counts are null when the run outlived the caller's patience; the rows say it then. */
export interface ImportFigures {
  readonly onAccountTransactionCount: number | null;
  readonly journalLineCount: number | null;
  readonly invoiceProposalCount: number | null;
  readonly waitingProposalCount: number | null;
  readonly errorRowCount: number | null;
  readonly integrationJournals: readonly { readonly id: string; readonly number: string; readonly legalEntityId: string }[];
  readonly invoiceProposals: readonly { readonly number: string; readonly hasLines: boolean }[];
}

export interface PostedJournal {
  readonly integrationJournal: { readonly number: string; readonly status: string };
  readonly postedLineCount: number;
  readonly failedLineCount: number;
}

export interface PostedProposal {
  readonly invoiceProposal: { readonly number: string; readonly status: string };
  readonly customerInvoice: { readonly id: string; readonly number: string; readonly invoiceAmount: string; readonly currencyCode: string };
}

export interface ProcessOptions {
  /** Milliseconds that a mutation waits for long work before its run is asked again and again. The API's default unless given. */
  readonly waitMs?: number;
  /** Milliseconds after which long work that has not ended fails the step. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 60_000;
const POLL_EVERY_MS = 200;
const RUN = 'run { id status message }';

/** The steps of the process as a user of the API takes them, by queries only. Each one fails when the API refuses. */
export class Process {
  private readonly ask: Ask;
  private readonly wait: object;
  /** What the last long work said about itself. */
  lastRunMessage: string | null = null;

  constructor(gateway: TestGateway | Ask, private readonly options: ProcessOptions = {}) {
    this.ask = typeof gateway === 'function' ? gateway : asker(gateway);
    this.wait = options.waitMs === undefined ? {} : { waitMs: options.waitMs };
  }

  async importRecords(entitySets: readonly EntitySetRecords[]): Promise<ImportedEntitySet[]> {
    const { importRecords: payload } = await this.ask(IMPORT_RECORDS, { input: { entitySets } });
    refuseErrors(payload);
    return payload.entitySets;
  }

  async contractId(number: string): Promise<string> {
    const { projectContract } = await this.ask('query ($number: String!) { projectContract(number: $number) { id } }', { number });
    if (!projectContract) throw new Error(`There is no contract ${number}`);
    return projectContract.id;
  }

  async markReady(contractIds: readonly string[]): Promise<{ actualCount: number; milestoneCount: number }> {
    const { markReadyToInvoice } = await this.ask(`mutation ($input: MarkTransactionsInput!) {
      markReadyToInvoice(input: $input) { actualCount milestoneCount ${ERRORS} }
    }`, { input: { contractIds } });
    refuseErrors(markReadyToInvoice);
    return markReadyToInvoice;
  }

  /** Drafts of all these contracts, with their ids and totals. */
  async createDrafts(contractIds: readonly string[]): Promise<Draft[]> {
    const { createProformaInvoices } = await this.ask(`mutation ($input: CreateProformaInvoicesInput!) {
      createProformaInvoices(input: $input) {
        results { proformaInvoices { id number status version totalAmount chargeableAmount tax currencyCode details { totalCount } } ${ERRORS} } ${ERRORS}
      }
    }`, { input: { contractIds } });
    refuseErrors(createProformaInvoices);
    return createProformaInvoices.results.flatMap((result: { proformaInvoices: Draft[] }) => result.proformaInvoices);
  }

  /** The confirmed proforma; null where it outlived the wait, when its run says that it succeeded. */
  async confirm(proformaInvoiceId: string): Promise<{ id: string; number: string; status: string; stage: string; billedActualCount: number } | null> {
    const { confirmProformaInvoice } = await this.ask(`mutation ($input: ConfirmProformaInvoiceInput!) {
      confirmProformaInvoice(input: $input) { proformaInvoice { id number status stage billedActualCount } ${RUN} ${ERRORS} }
    }`, { input: { proformaInvoiceId, ...this.wait } });
    await this.settled(confirmProformaInvoice);
    return confirmProformaInvoice.proformaInvoice;
  }

  async sync(input: object = {}): Promise<SyncFigures> {
    const { sync } = await this.ask(`mutation ($input: SyncInput!) { sync(input: $input) { ${RUN} ${ERRORS} } }`, { input: { ...this.wait, ...input } });
    const { id } = await this.settled(sync);
    const { run } = await this.ask(`query ($id: ID!) { run(id: $id) {
      id status message maps { nodes { mapName direction read written skipped failed waiting } }
    } }`, { id });
    return run;
  }

  async importFromStaging(input: object = {}): Promise<ImportFigures> {
    const { importFromStaging } = await this.ask(`mutation ($input: ImportFromStagingInput!) {
      importFromStaging(input: $input) {
        ${RUN} onAccountTransactionCount journalLineCount invoiceProposalCount waitingProposalCount errorRowCount
        integrationJournals { id number legalEntityId } invoiceProposals { number hasLines } ${ERRORS}
      }
    }`, { input: { ...this.wait, ...input } });
    await this.settled(importFromStaging);
    return importFromStaging;
  }

  async postJournals(input: object = { allDraft: true }): Promise<PostedJournal[]> {
    const { postIntegrationJournals } = await this.ask(`mutation ($input: PostIntegrationJournalsInput!) {
      postIntegrationJournals(input: $input) { ${RUN} results { integrationJournal { number status } postedLineCount failedLineCount ${ERRORS} } ${ERRORS} }
    }`, { input: { ...this.wait, ...input } });
    await this.settled(postIntegrationJournals);
    return postIntegrationJournals.results ?? [];
  }

  async postProposals(input: object = { allReady: true }): Promise<PostedProposal[]> {
    const { postInvoiceProposals } = await this.ask(`mutation ($input: PostInvoiceProposalsInput!) {
      postInvoiceProposals(input: $input) {
        ${RUN} results { invoiceProposal { number status } customerInvoice { id number invoiceAmount currencyCode } ${ERRORS} } ${ERRORS}
      }
    }`, { input: { ...this.wait, ...input } });
    await this.settled(postInvoiceProposals);
    return postInvoiceProposals.results ?? [];
  }

  /** From what is staged to the customer invoices and back: everything that comes after the confirmations. */
  async settleFinance(): Promise<void> {
    await this.sync();
    await this.importFromStaging();
    await this.postJournals();
    await this.importFromStaging();
    await this.postProposals();
    await this.sync();
  }

  /** The run of a mutation when it has ended; fails when it was refused, broke off or does not end in time. */
  private async settled(payload: Payload): Promise<AnsweredRun> {
    refuseErrors(payload);
    let run = payload.run!;
    for (let waitedMs = 0; run.status === 'RUNNING'; waitedMs += POLL_EVERY_MS) {
      if (waitedMs > (this.options.deadlineMs ?? DEADLINE_MS)) throw new Error(`The run ${run.id} has not ended after ${waitedMs} ms`);
      await pause(POLL_EVERY_MS);
      ({ run } = await this.ask(`query ($id: ID!) { ${RUN.replace('run', 'run(id: $id)')} }`, { id: run.id }));
    }
    this.lastRunMessage = run.message;
    if (run.status === 'FAILED') throw new Error(`The run broke off: ${run.message}`);
    return run;
  }
}

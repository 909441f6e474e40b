import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { ask } from './api';
import type { TestGateway } from './engines';
import { ROOT } from './repository';

/** The steps of the process as a user of the API takes them, by queries only. Each one fails when the API refuses. */
// Answers of the API are compared as a whole by the tests.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const ERRORS = 'errors { __typename code message path }';

function withoutErrors(payload: Json): Json {
  if (payload.errors.length > 0) throw new Error(`Refused: ${JSON.stringify(payload.errors, null, 2)}`);
  for (const result of payload.results ?? []) withoutErrors(result);
  return payload;
}

/** Loads the Contoso sample through `importRecords`. */
export async function importContoso(gateway: TestGateway): Promise<Json> {
  await ensureTableMaps(gateway.context);
  const entitySets = ['dataverse', 'finance'].flatMap((side) => {
    const folder = join(ROOT, 'samples', 'contoso', side);
    return readdirSync(folder).map((file) => ({
      name: file.replace(/\.json$/, ''), records: (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { value: unknown[] }).value,
    }));
  });
  const { importRecords } = await ask(gateway, `mutation ($input: ImportRecordsInput!) {
    importRecords(input: $input) { entitySets { name read created unchanged } ${ERRORS} }
  }`, { input: { entitySets } });
  return withoutErrors(importRecords).entitySets;
}

export class Process {
  constructor(private readonly gateway: TestGateway) {}

  async contractId(number: string): Promise<string> {
    const { projectContract } = await ask(this.gateway, 'query ($number: String!) { projectContract(number: $number) { id } }', { number });
    if (!projectContract) throw new Error(`There is no contract ${number}`);
    return projectContract.id;
  }

  async markReady(contractIds: string[]): Promise<Json> {
    const { markReadyToInvoice } = await ask(this.gateway, `mutation ($input: MarkTransactionsInput!) {
      markReadyToInvoice(input: $input) { actualCount milestoneCount ${ERRORS} }
    }`, { input: { contractIds } });
    return withoutErrors(markReadyToInvoice);
  }

  /** Drafts of all these contracts, with their ids and totals. */
  async createDrafts(contractIds: string[]): Promise<Json[]> {
    const { createProformaInvoices } = await ask(this.gateway, `mutation ($input: CreateProformaInvoicesInput!) {
      createProformaInvoices(input: $input) {
        results { proformaInvoices { id number status version totalAmount chargeableAmount tax currencyCode details { totalCount } } ${ERRORS} } ${ERRORS}
      }
    }`, { input: { contractIds } });
    return withoutErrors(createProformaInvoices).results.flatMap((result: Json) => result.proformaInvoices);
  }

  async confirm(proformaInvoiceId: string): Promise<Json> {
    const { confirmProformaInvoice } = await ask(this.gateway, `mutation ($input: ConfirmProformaInvoiceInput!) {
      confirmProformaInvoice(input: $input) { proformaInvoice { id number status stage billedActualCount } run { status } ${ERRORS} }
    }`, { input: { proformaInvoiceId } });
    return withoutErrors(confirmProformaInvoice).proformaInvoice;
  }

  async sync(input: Json = {}): Promise<Json> {
    const { sync } = await ask(this.gateway, `mutation ($input: SyncInput!) {
      sync(input: $input) { run { status message maps { nodes { mapName direction read written skipped failed waiting } } } ${ERRORS} }
    }`, { input });
    return withoutErrors(sync).run;
  }

  async importFromStaging(input: Json = {}): Promise<Json> {
    const { importFromStaging } = await ask(this.gateway, `mutation ($input: ImportFromStagingInput!) {
      importFromStaging(input: $input) {
        run { status } onAccountTransactionCount journalLineCount invoiceProposalCount waitingProposalCount errorRowCount
        integrationJournals { id number legalEntityId } invoiceProposals { number hasLines } ${ERRORS}
      }
    }`, { input });
    return withoutErrors(importFromStaging);
  }

  async postJournals(input: Json = { allDraft: true }): Promise<Json[]> {
    const { postIntegrationJournals } = await ask(this.gateway, `mutation ($input: PostIntegrationJournalsInput!) {
      postIntegrationJournals(input: $input) { run { status } results { integrationJournal { number status } postedLineCount failedLineCount ${ERRORS} } ${ERRORS} }
    }`, { input });
    return withoutErrors(postIntegrationJournals).results;
  }

  async postProposals(input: Json = { allReady: true }): Promise<Json[]> {
    const { postInvoiceProposals } = await ask(this.gateway, `mutation ($input: PostInvoiceProposalsInput!) {
      postInvoiceProposals(input: $input) { run { status } results { invoiceProposal { number status } customerInvoice { id number invoiceAmount currencyCode } ${ERRORS} } ${ERRORS} }
    }`, { input });
    return withoutErrors(postInvoiceProposals).results;
  }
}

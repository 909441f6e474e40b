import { ProformaInvoice } from '../../../src/entities/dataverse';
import type { EntityClass } from '../../../src/entities/columns';
import {
  IntegrationJournal, IntegrationJournalLine, IntegrationJournalLineStatus, InvoiceProposal, InvoiceProposalLine, OnAccountTransaction, StagedActual,
} from '../../../src/entities/finance';
import { TABLE_MAPS } from '../../../src/entities/dual-write';
import { runSync } from '../../../src/flow/3-sync/run/run-sync.command';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { performImport, type ImportFromStagingInput, type ImportOutcome } from '../../../src/flow/4-import/import-from-staging.command';
import { selectRows } from '../../../src/stores/bulk';
import { execute, name, sql, type Sql } from '../../../src/stores/session';
import { buildWorld, type World, type WorldOptions } from '../../support/builders';
import type { TestGateway } from '../../support/engines';

type MapName = keyof typeof TABLE_MAPS;

let legalEntities = 0;

/** A currency of its own for each desk, and with it a legal entity of its own: an import of one never takes another's rows. */
function ownCurrency(): string {
  legalEntities += 1;
  const letter = (place: number) => String.fromCharCode(65 + (Math.floor((legalEntities - 1) / 26 ** place) % 26));
  return `${letter(1)}${letter(0)}Q`;
}

/** A built contract with what a test of import and blockers does: sync by maps, import, post, mend. */
export class ImportDesk {
  private constructor(readonly gateway: TestGateway, readonly world: World) {}

  static async open(gateway: TestGateway, options: WorldOptions = {}): Promise<ImportDesk> {
    await ensureTableMaps(gateway.context);
    const accountingCurrency = options.accountingCurrency ?? ownCurrency();
    return new ImportDesk(gateway, await buildWorld(gateway, { currency: accountingCurrency, ...options, accountingCurrency }));
  }

  get legalEntityId(): string {
    return this.world.facts.legalEntityId;
  }

  /** Runs the table maps that are named; all unless told. */
  async sync(...maps: MapName[]): Promise<void> {
    const input = maps.length === 0 ? {} : { maps: maps.map((map) => TABLE_MAPS[map]) };
    await runSync(this.gateway.context, input, { mutation: 'sync', input });
  }

  async import(input: ImportFromStagingInput = { legalEntityId: this.legalEntityId }): Promise<ImportOutcome> {
    return performImport(this.gateway.context, input);
  }

  /** Marks the journal lines of the desk's legal entity, as posting them would. */
  async moveJournalLines(status: IntegrationJournalLineStatus, postError: string | null = null): Promise<void> {
    await this.change(sql`UPDATE "ProjAdvancedJournalLine" SET "Status" = ${status}, "PostError" = ${postError} WHERE "dataAreaId" = ${this.legalEntityId}`);
  }

  /** Confirmed, synced, its unbilled sales imported and posted: the next import makes the lines. */
  async readyProforma(): Promise<string> {
    const proformaId = await this.world.confirmedProforma();
    await this.sync();
    await this.import();
    await this.moveJournalLines(IntegrationJournalLineStatus.POSTED);
    return proformaId;
  }

  async proforma(proformaId: string): Promise<ProformaInvoice> {
    return (await this.rows(ProformaInvoice, sql`WHERE t."invoiceid" = ${proformaId}`))[0]!;
  }

  async proposalOf(proformaId: string): Promise<InvoiceProposal> {
    return (await this.rows(InvoiceProposal, sql`WHERE t."gw_invoiceid" = ${proformaId}`))[0]!;
  }

  async linesOf(proformaId: string): Promise<InvoiceProposalLine[]> {
    const proposal = await this.proposalOf(proformaId);
    return this.rows(InvoiceProposalLine, sql`WHERE t."gw_projproposaljour" = ${proposal.id} ORDER BY t."LineNumber"`);
  }

  async journals(): Promise<IntegrationJournal[]> {
    return this.rows(IntegrationJournal, sql`WHERE t."dataAreaId" = ${this.legalEntityId} ORDER BY t."ProjAdvancedJournalId"`);
  }

  async journalLines(): Promise<IntegrationJournalLine[]> {
    return this.rows(IntegrationJournalLine, sql`WHERE t."dataAreaId" = ${this.legalEntityId} ORDER BY t."gw_projadvancedjournal", t."LineNumber"`);
  }

  async onAccount(): Promise<OnAccountTransaction[]> {
    return this.rows(OnAccountTransaction, sql`WHERE t."dataAreaId" = ${this.legalEntityId} ORDER BY t."gw_id"`);
  }

  async staged(actualId: string): Promise<StagedActual> {
    return (await this.rows(StagedActual, sql`WHERE t."ActualId" = ${actualId}`))[0]!;
  }

  async rows<Row>(entity: EntityClass<Row>, rest: Sql): Promise<Row[]> {
    return selectRows(this.gateway.database.reader, entity, rest);
  }

  /** A change to the tables that no command makes: an accident, or an accountant's set-up. */
  async change(statement: Sql): Promise<number> {
    return this.gateway.database.write((work) => execute(work, statement));
  }

  /** The same on a set-up table, in the desk's legal entity. */
  async changeSetup(table: string, assignment: Sql, condition: Sql = sql`1 = 1`): Promise<void> {
    await this.change(sql`UPDATE ${name(table)} SET ${assignment} WHERE "dataAreaId" = ${this.legalEntityId} AND ${condition}`);
  }
}

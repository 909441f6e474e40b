import { type FiscalPeriodStatus } from '../../../src/entities/finance';
import { raw, sql } from '../../../src/stores/session';
import type { UnbilledIds, UnbilledOptions, WorldOptions } from '../../support/builders';
import type { TestGateway } from '../../support/engines';
import { asker, ERRORS, Process, type AnsweredError, type Ask, type PostedJournal } from '../../support/process';
import { ImportDesk } from '../4-import/import-desk';

/** A journal line as the API shows it. */
export interface AnsweredLine {
  readonly id: string;
  readonly lineNumber: number;
  readonly actualId: string;
  readonly status: string;
  readonly postError: string | null;
  readonly accountingDate: string;
  readonly originalAccountingDate: string | null;
  readonly exchangeRate: string;
  readonly accountingAmount: string;
  readonly voucher: { readonly accountingDate: string } | null;
}

export interface AnsweredJournal {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly postedBy: string | null;
  readonly originalNumber: string | null;
  readonly originalJournal: { readonly number: string } | null;
  readonly errorJournals: { readonly nodes: readonly { readonly number: string }[] };
  readonly resetOn: string | null;
  readonly resetBy: string | null;
  readonly lines: { readonly nodes: readonly AnsweredLine[] };
}

const JOURNAL = `id number status version postedBy originalNumber originalJournal { number } errorJournals { nodes { number } } resetOn resetBy
  lines { nodes { id lineNumber actualId status postError accountingDate originalAccountingDate exchangeRate accountingAmount voucher { accountingDate } } }`;

/** What a mutation on journals answered. */
export interface JournalAnswer {
  readonly errors: readonly AnsweredError[];
  readonly [field: string]: unknown;
}

/** A legal entity of its own whose journals are worked on by queries and mutations. */
export class JournalDesk {
  readonly ask: Ask;
  readonly process: Process;

  private constructor(readonly desk: ImportDesk) {
    this.ask = asker(desk.gateway);
    this.process = new Process(desk.gateway);
  }

  static async open(gateway: TestGateway, options: WorldOptions = {}): Promise<JournalDesk> {
    return new JournalDesk(await ImportDesk.open(gateway, options));
  }

  /** Unbilled sales, synced and imported: a line each in one journal, which is given. */
  async imported(...lines: UnbilledOptions[]): Promise<{ journal: AnsweredJournal; ids: UnbilledIds[] }> {
    const ids = await this.desk.world.unbilledMany(lines.length, (index) => ({ cost: false, ...lines[index]! }));
    await this.desk.sync();
    await this.import();
    return { journal: (await this.journals()).at(-1)!, ids };
  }

  async import(): Promise<number | null> {
    return (await this.process.importFromStaging({ legalEntityId: this.desk.legalEntityId })).journalLineCount;
  }

  async journals(): Promise<AnsweredJournal[]> {
    const { integrationJournals } = await this.ask(`query ($entity: String!) {
      integrationJournals(filter: { legalEntityId: { eq: $entity } }) { nodes { ${JOURNAL} } }
    }`, { entity: this.desk.legalEntityId });
    return integrationJournals.nodes;
  }

  async journal(number: string): Promise<AnsweredJournal> {
    return (await this.ask(`query ($number: String!) { integrationJournal(number: $number) { ${JOURNAL} } }`, { number })).integrationJournal;
  }

  async post(journal: { readonly id: string }): Promise<PostedJournal & { readonly errorJournal: { number: string } | null }> {
    const { postIntegrationJournals } = await this.ask(`mutation ($input: PostIntegrationJournalsInput!) {
      postIntegrationJournals(input: $input) { results {
        integrationJournal { number status } postedLineCount failedLineCount errorJournal { number } ${ERRORS}
      } ${ERRORS} }
    }`, { input: { journalIds: [journal.id] } });
    return postIntegrationJournals.results[0];
  }

  async mutate(mutation: string, input: object, selection = ''): Promise<JournalAnswer> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    return (await this.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`, { input }))[mutation];
  }

  /** Gives the fiscal periods that begin on these days another status. */
  async periods(status: FiscalPeriodStatus, ...startDates: string[]): Promise<void> {
    for (const start of startDates) await this.desk.changeSetup('FiscalPeriods', sql`"PeriodStatus" = ${status}`, sql`"StartDate" = ${start}`);
  }

  /** Switches a feature of the project parameters on. */
  async switchOn(feature: 'MoveToNextOpenPeriod' | 'MoveErrorLinesToNewJournal'): Promise<void> {
    await this.desk.changeSetup('ProjectParameters', sql`${raw(`"${feature}"`)} = 1`);
  }
}

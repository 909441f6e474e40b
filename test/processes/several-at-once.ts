import { TABLE_MAPS } from '../../src/entities/dual-write';
import type { Random } from '../../src/make-data/random';
import { restOfSample } from '../crash/scenario';
import { mutationText } from '../support/process';
import type { Fleet, Task, TaskAnswer } from './fleet';

const ERRORS = 'errors { code message }';
const RUN = 'run { id status message }';
const POSTINGS = {
  postIntegrationJournals: { field: 'journalIds', everything: { allDraft: true }, selection: `${RUN} results { integrationJournal { id } postedLineCount ${ERRORS} }` },
  postInvoiceProposals: { field: 'proposalIds', everything: { allReady: true }, selection: `${RUN} results { invoiceProposal { id } customerInvoice { id } ${ERRORS} }` },
} as const;
/** Drafts that are confirmed in bulk; the others one by one. */
const IN_BULK = 6;

interface Named {
  readonly id: string;
}

interface Draft extends Named {
  readonly contract: { readonly number: string };
  readonly customer: Named;
}

/** What all processes answered in one phase. */
export interface Phase {
  readonly name: string;
  readonly wasKilled: boolean;
  readonly answers: readonly TaskAnswer[];
}

/** The sample's whole process by several gateways at once: each step is asked of all of them, in an order of its own, and table maps are paused and resumed meanwhile. */
export class SeveralAtOnce {
  readonly phases: Phase[] = [];

  /** `kills`: the phases in which one process is killed in the middle, and replaced. */
  constructor(private readonly fleet: Fleet, private readonly random: Random, private readonly kills: readonly string[]) {}

  async wholeProcess(): Promise<void> {
    await this.fleet.start();
    await this.all('load', [{ mutation: 'importRecords', input: { entitySets: restOfSample() } as object, selection: 'entitySets { name created }' }]);
    const { projectContracts, legalEntities, tableMaps } = await this.fleet.ask(`{
      projectContracts(first: 500) { nodes { number } } legalEntities(first: 50) { nodes { legalEntityId } } tableMaps(first: 50) { nodes { name } }
    }`);
    const contracts: { number: string }[] = projectContracts.nodes;
    const ofContract = (mutation: string, selection: string) => contracts.map(({ number }): Task => ({ mutation, input: { contractNumbers: [number] } as object, selection }));
    const syncs = [{}, ...tableMaps.nodes.map(({ name }: { name: string }) => ({ maps: [name] }))].map((input): Task => ({ mutation: 'sync', input, selection: RUN }));
    const imports = [{}, ...legalEntities.nodes].map((input): Task => ({ mutation: 'importFromStaging', input, selection: RUN }));
    const pauses = ['pauseTableMaps', 'resumeTableMaps'].map((mutation): Task => ({ mutation, input: { tableMaps: [{ name: TABLE_MAPS.actuals }] } as object }));

    await this.all('mark', ofContract('markReadyToInvoice', 'actualCount'));
    await this.all('draft', ofContract('createProformaInvoices', `results { contract { id } proformaInvoices { id } ${ERRORS} }`));
    await this.all('confirm', [...pauses, ...confirmations(await this.drafts())]);
    await this.all('sync', [...pauses, ...syncs]);
    await this.all('sync again', syncs.slice(0, 1));
    await this.all('import', imports);
    await this.all('post journals', [...syncs.slice(0, 2), ...pauses, ...postings('postIntegrationJournals', await this.list('integrationJournals'))]);
    await this.all('import again', imports);
    await this.all('post proposals', [...syncs.slice(0, 2), ...pauses, ...postings('postInvoiceProposals', await this.list('invoiceProposals'))]);
    await this.all('write-back', syncs.slice(0, 1));
    await this.fleet.stop();
  }

  private async list(field: string): Promise<Named[]> {
    return (await this.fleet.ask(`{ ${field}(first: 500) { nodes { id } } }`))[field].nodes;
  }

  /** By contract and customer, which do not depend on who made them. */
  private async drafts(): Promise<Named[]> {
    const { proformaInvoices } = await this.fleet.ask('{ proformaInvoices(first: 500, filter: { status: { eq: DRAFT } }) { nodes { id contract { number } customer { id } } } }');
    const keyOf = ({ contract, customer }: Draft) => `${contract.number} ${customer.id}`;
    return proformaInvoices.nodes.sort((one: Draft, other: Draft) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  /** Asks every process for all of it, each in an order of its own. */
  private async all(name: string, tasks: readonly Task[]): Promise<void> {
    const victim = this.kills.includes(name) ? this.random.between(1, this.fleet.size - 1) : null;
    const answers: TaskAnswer[] = [];
    const killings: Promise<void>[] = [];
    await this.fleet.perform(
      (process) => this.shuffled(process === victim ? tasks.filter(canBeKilled) : tasks),
      (answer) => {
        answers.push(answer);
        if (victim !== null && killings.length === 0) killings.push(this.fleet.replace(victim));
      },
    );
    await Promise.all(killings);
    this.phases.push({ name, wasKilled: victim !== null, answers });
    await this.resumeWhatIsPaused();
  }

  private async resumeWhatIsPaused(): Promise<void> {
    const { tableMaps } = await this.fleet.ask('{ tableMaps(first: 50) { nodes { name status } } }');
    const paused = tableMaps.nodes.filter(({ status }: { status: string }) => status === 'PAUSED').map(({ name }: { name: string }) => ({ name }));
    if (paused.length > 0) await this.fleet.ask(mutationText('resumeTableMaps'), { input: { tableMaps: paused } });
  }

  private shuffled<Item>(items: readonly Item[]): Item[] {
    return items.map((item) => ({ item, place: this.random.next() })).sort((one, other) => one.place - other.place).map(({ item }) => item);
  }
}

/** What a process that is killed would hold for a minute: its change sets, and the run under a key. The others would wait for it. */
const canBeKilled = ({ mutation, input }: Task): boolean => mutation !== 'sync' && input.idempotencyKey === undefined;

/** The last drafts in bulk, the others one by one: each second one without a key, each second one under a key that all share. */
function confirmations(drafts: readonly Named[]): Task[] {
  const alone = drafts.slice(0, -IN_BULK).map(({ id }, index): Task => ({
    mutation: 'confirmProformaInvoice', input: { proformaInvoiceId: id, ...(index % 2 === 1 && { idempotencyKey: `confirm ${id}` }) } as object, selection: `${RUN} proformaInvoice { id }`,
  }));
  const inBulk = { proformaInvoiceIds: drafts.slice(-IN_BULK).map(({ id }) => id) };
  return [...alone, { mutation: 'confirmProformaInvoices', input: inBulk as object, selection: `${RUN} results { proformaInvoice { id } ${ERRORS} }` }];
}

/** Each by itself, and everything that can be posted, once without a key and once under one that all share. */
function postings(mutation: keyof typeof POSTINGS, items: readonly Named[]): Task[] {
  const { field, everything, selection } = POSTINGS[mutation];
  const inputs = [...items.map(({ id }) => ({ [field]: [id] })), everything, { ...everything, idempotencyKey: mutation }];
  return inputs.map((input) => ({ mutation, input: input as object, selection }));
}

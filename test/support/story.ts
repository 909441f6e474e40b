import { Decimal } from 'decimal.js';
import { ensureTableMaps } from '../../src/flow/3-sync/seed-table-maps';
import { buildWorld, type World, type WorldOptions } from './builders';
import type { TestGateway } from './engines';
import { asker, ERRORS, Process, type AnsweredError, type Ask, type Draft } from './process';

/**
 * A sales actual as the tables of domain facts 6.8 print it: type, quantity, amount, billing type, billing status, adjustment status,
 * whether it is sent to finance, and what it is connected with: `Reversing > Original U 8` reverses the unbilled actual of 8.
 */
export type ActualRow = readonly [
  type: 'U' | 'B', quantity: string, amount: string, billingType: string, billingStatus: string, adjustmentStatus: string | null,
  sync: 'sent' | 'skipped', connections: readonly string[],
];

interface AnsweredActual {
  readonly id: string;
  readonly transactionType: string;
  readonly quantity: string;
  readonly amount: string;
  readonly billingType: string;
  readonly billingStatus: string;
  readonly adjustmentStatus: string | null;
  readonly skipSync: boolean;
  readonly connections: { readonly nodes: readonly { transaction1Role: string; transaction2Role: string; transaction2: AnsweredActual | null }[] };
}

export interface StoryDetail {
  readonly id: string;
  readonly classification: string;
  readonly billingType: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly amount: string;
  readonly tax: string;
  readonly version: number;
}

export interface StoryDraft extends Draft {
  readonly lines: readonly StoryDetail[];
}

const SALES = ['UNBILLED_SALES', 'BILLED_SALES'];
const typeOf = (actual: Pick<AnsweredActual, 'transactionType'>) => (actual.transactionType === 'BILLED_SALES' ? 'B' : 'U');

/** A mutation's payload: what it gave, or why it refused. */
export interface Told {
  readonly errors: readonly AnsweredError[];
}

/** One contract from what was worked to the customer invoice and back: a built world, and queries only from there on. */
export class Story {
  readonly process: Process;
  readonly ask: Ask;
  /** Numbers of the proformas of the story, in the order of their making. */
  readonly proformaNumbers: string[] = [];

  private constructor(gateway: TestGateway, readonly world: World) {
    this.process = new Process(gateway);
    this.ask = asker(gateway);
  }

  static async begin(gateway: TestGateway, options: WorldOptions = {}): Promise<Story> {
    await ensureTableMaps(gateway.context);
    return new Story(gateway, await buildWorld(gateway, options));
  }

  get contractNumber(): string {
    return this.world.facts.contractNumber;
  }

  /** The only draft of everything that is ready, with its details in the order of their transactions. */
  async draft(): Promise<StoryDraft> {
    const [draft, ...others] = await this.process.createDrafts([this.world.contractId]);
    if (!draft || others.length > 0) throw new Error(`Expected one draft, not ${others.length + (draft ? 1 : 0)}`);
    this.proformaNumbers.push(draft.number);
    return { ...draft, lines: await this.details(draft.number) };
  }

  async details(proformaNumber: string): Promise<StoryDetail[]> {
    const { proformaInvoice } = await this.ask(`query ($number: String!) { proformaInvoice(number: $number) { details(first: 500, orderBy: [{ field: ID }]) {
      nodes { id classification billingType quantity price amount tax version }
    } } }`, { number: proformaNumber });
    return proformaInvoice.details.nodes;
  }

  /** Sends a mutation that takes one `input`, and gives its payload whether it refused or not. */
  async tell<Payload extends Told = Told>(mutation: string, input: object, selection = ''): Promise<Payload> {
    const inputType = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await this.ask(`mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`, { input });
    return answer[mutation];
  }

  /** The same, which must succeed. */
  async does<Payload extends Told = Told>(mutation: string, input: object, selection = ''): Promise<Payload> {
    const payload = await this.tell<Payload>(mutation, input, selection);
    if (payload.errors.length > 0) throw new Error(`${mutation} refused: ${JSON.stringify(payload.errors, null, 2)}`);
    return payload;
  }

  /** The same, which must be refused; gives the codes with their places in the input. */
  async isRefused(mutation: string, input: object): Promise<(readonly [code: string, path: string])[]> {
    const { errors } = await this.tell(mutation, input);
    if (errors.length === 0) throw new Error(`${mutation} was expected to refuse, and succeeded`);
    return errors.map(({ code, path }) => [code, (path ?? []).join('.')] as const);
  }

  async editDetails(proformaInvoiceNumber: string, details: readonly object[]): Promise<void> {
    await this.does('updateProformaInvoiceLineDetails', { proformaInvoiceNumber, details });
  }

  /** Every sales actual of the contract, in the order of their making. */
  async rows(): Promise<ActualRow[]> {
    const { actuals } = await this.ask(`query ($contract: String!, $types: [TransactionType!]) {
      actuals(first: 500, filter: { contract: { number: { eq: $contract } }, transactionType: { in: $types } }, orderBy: [{ field: ID }]) { nodes {
        id transactionType quantity amount billingType billingStatus adjustmentStatus skipSync
        connections { nodes { transaction1Role transaction2Role transaction2 { transactionType quantity } } }
      } }
    }`, { contract: this.contractNumber, types: SALES });
    return (actuals.nodes as AnsweredActual[]).map((actual) => [
      typeOf(actual), actual.quantity, actual.amount, actual.billingType, actual.billingStatus, actual.adjustmentStatus,
      actual.skipSync ? 'skipped' : 'sent', connectionsOf(actual),
    ]);
  }

  /** Everything after the confirmation: sync, imports, journals, proposals, write-back. */
  async settle(): Promise<void> {
    await this.process.settleFinance();
  }

  /** What the contract's vouchers left on each posting type, in accounting currency. */
  async balances(): Promise<Record<string, string>> {
    const { ledgerEntries } = await this.ask(`query ($contract: String!, $numbers: [String!]) {
      ledgerEntries(first: 500, filter: { or: [
        { voucher: { journalLine: { contractId: { eq: $contract } } } }, { voucher: { customerInvoice: { proposalNumber: { in: $numbers } } } }
      ] }) { nodes { postingType accountingAmount } totalCount }
    }`, { contract: this.contractNumber, numbers: this.proformaNumbers });
    if (ledgerEntries.totalCount > ledgerEntries.nodes.length) throw new Error('The story has more ledger entries than one page');
    const sums = new Map<string, Decimal>();
    for (const { postingType, accountingAmount } of ledgerEntries.nodes) {
      sums.set(postingType, (sums.get(postingType) ?? new Decimal(0)).plus(accountingAmount));
    }
    return Object.fromEntries([...sums].map(([type, sum]) => [type, sum.toFixed()]).sort());
  }

  /** Status, stage, blockers and what finance wrote back to a proforma. */
  async proforma(number: string) {
    const { proformaInvoice } = await this.ask(`query ($number: String!) { proformaInvoice(number: $number) {
      id status stage blockers { code message } totalAmount chargeableAmount nonChargeableAmount complimentaryAmount tax version billedActualCount
      customerInvoiceNumber customerInvoice { number invoiceAmount }
      lines { nodes { chargeableAmount nonChargeableAmount complimentaryAmount tax extendedAmount } }
    } }`, { number });
    return proformaInvoice;
  }

  /** Sales actuals that were sent and have no accounting detail: none, once everything is posted and written back. */
  async notWrittenBack(): Promise<string[]> {
    const { actuals } = await this.ask(`query ($contract: String!, $types: [TransactionType!]) {
      actuals(first: 500, filter: { contract: { number: { eq: $contract } }, transactionType: { in: $types }, skipSync: { eq: false }, voucherNumber: { isNull: true } }) {
        nodes { id }
      }
    }`, { contract: this.contractNumber, types: SALES });
    return actuals.nodes.map(({ id }: { id: string }) => id);
  }
}

function connectionsOf({ connections }: AnsweredActual): string[] {
  return connections.nodes
    .filter(({ transaction2 }) => transaction2 !== null && SALES.includes(transaction2.transactionType))
    .map(({ transaction1Role, transaction2Role, transaction2 }) =>
      `${transaction1Role} > ${transaction2Role} ${typeOf(transaction2!)} ${transaction2!.quantity}`)
    .sort();
}

import { ERRORS, Process, type AnsweredError, type Ask, type Draft } from '../support/process';
import type { World } from '../support/world';

/** One actual of a retainer as table D of the domain facts 6.8 prints it. */
export type RetainerRow = readonly [
  type: string, sign: string, amount: string, billingType: string, status: string, adjustment: string | null, skipSync: boolean,
];

export interface AnsweredRetainer {
  readonly id: string;
  readonly amount: string;
  readonly tax: string;
  readonly usedAmount: string;
  readonly refundedAmount: string;
  readonly availableAmount: string;
  readonly invoiceStatus: string;
  readonly refundStatus: string;
  readonly refundAmount: string;
  readonly version: number;
}

export const RETAINER = 'id amount tax usedAmount refundedAmount availableAmount invoiceStatus refundStatus refundAmount version';

export interface AnsweredDetail {
  readonly id: string;
  readonly retainerUse: string | null;
  readonly classification: string;
  readonly billingType: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  readonly tax: string;
  readonly retainer: { readonly id: string } | null;
}

interface Answered {
  readonly errors: readonly AnsweredError[];
}

/** What people do with retainers, by queries only. */
export class RetainerDesk {
  readonly process: Process;

  constructor(
    readonly ask: Ask,
    readonly world: World,
  ) {
    this.process = new Process(ask);
  }

  /** A mutation of retainers that has to succeed; its retainer. */
  async retainer(mutation: string, input: object): Promise<AnsweredRetainer> {
    const payload = await this.attempt(mutation, input);
    if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
    return payload.retainer!;
  }

  async attempt(mutation: string, input: object): Promise<Answered & { retainer: AnsweredRetainer | null }> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await this.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { retainer { ${RETAINER} } ${ERRORS} } }`, { input });
    return answer[mutation];
  }

  /** The codes of a mutation that has to be refused. */
  async refused(mutation: string, input: object, selection = 'retainer { id }'): Promise<string[]> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await this.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} ${ERRORS} } }`, { input });
    return answer[mutation].errors.map(({ code }: AnsweredError) => code);
  }

  async read(id: string): Promise<AnsweredRetainer> {
    return (await this.ask(`query ($id: ID!) { retainer(id: $id) { ${RETAINER} } }`, { id })).retainer;
  }

  /** A retainer of the world's contract, ready to invoice. */
  async ready(amount: string, more: object = {}): Promise<AnsweredRetainer> {
    const created = await this.retainer('createRetainer', { contractId: this.world.contractId, amount, ...more });
    await this.mark('markReadyToInvoice', { retainerIds: [created.id] });
    return this.read(created.id);
  }

  async mark(mutation: string, input: object): Promise<number> {
    const answer = await this.ask(`mutation ($input: MarkTransactionsInput!) { ${mutation}(input: $input) { retainerCount ${ERRORS} } }`, { input });
    if (answer[mutation].errors.length > 0) throw new Error(JSON.stringify(answer[mutation].errors));
    return answer[mutation].retainerCount;
  }

  /** The only draft of everything that is ready. */
  async draft(): Promise<Draft> {
    const [draft, ...others] = await this.process.createDrafts([this.world.contractId]);
    if (!draft || others.length > 0) throw new Error('Expected one draft');
    return draft;
  }

  async confirm(draft: Draft): Promise<void> {
    await this.process.confirm(draft.id);
  }

  /** An invoiced retainer, confirmed. */
  async invoiced(amount: string, more: object = {}): Promise<AnsweredRetainer> {
    const { id } = await this.ready(amount, more);
    await this.confirm(await this.draft());
    return this.read(id);
  }

  async details(proformaId: string): Promise<AnsweredDetail[]> {
    const { proformaInvoice } = await this.ask(`query ($id: ID!) { proformaInvoice(id: $id) {
      details(orderBy: [{ field: AMOUNT, direction: DESC }]) { nodes { id retainerUse classification billingType quantity price amount tax retainer { id } } }
    } }`, { id: proformaId });
    return proformaInvoice.details.nodes;
  }

  /** The actuals of a retainer that one proforma made, the largest amount first, billed before unbilled. */
  async rows(retainerId: string, proformaNumber: string): Promise<RetainerRow[]> {
    const { retainer } = await this.ask(`query ($id: ID!, $number: String!) { retainer(id: $id) {
      actuals(filter: { proformaInvoice: { number: { eq: $number } } }, orderBy: [{ field: AMOUNT, direction: DESC }, { field: TRANSACTION_TYPE, direction: DESC }]) { nodes {
        transactionType classification quantity amount billingType billingStatus adjustmentStatus skipSync
      } }
    } }`, { id: retainerId, number: proformaNumber });
    return retainer.actuals.nodes.map((row: Record<string, string> & { skipSync: boolean; adjustmentStatus: string | null }) => {
      if (row.classification !== 'RETAINER') throw new Error(`A row of the class ${row.classification}`);
      const type = { UNBILLED_SALES: 'U', BILLED_SALES: 'B' }[row.transactionType!]!;
      return [type, row.quantity, row.amount, row.billingType, row.billingStatus, row.adjustmentStatus, row.skipSync];
    });
  }

  /** What the drafts apply of a retainer: the amounts of their details. */
  async appliedOnDrafts(retainerId: string): Promise<string[]> {
    const { retainer } = await this.ask(`query ($id: ID!) { retainer(id: $id) {
      lineDetails(filter: { retainerUse: { eq: APPLICATION }, proformaInvoice: { status: { in: [DRAFT, IN_REVIEW] } } }) { nodes { amount } }
    } }`, { id: retainerId });
    return retainer.lineDetails.nodes.map(({ amount }: { amount: string }) => amount);
  }

  /** What details take of a retainer and of its tax together, confirmed or not. */
  async shares(retainerId: string): Promise<{ readonly amount: string; readonly tax: string }[]> {
    const { retainer } = await this.ask(`query ($id: ID!) { retainer(id: $id) {
      lineDetails(filter: { retainerUse: { in: [APPLICATION, REFUND] } }, first: 500) { nodes { amount tax } }
    } }`, { id: retainerId });
    return retainer.lineDetails.nodes;
  }

  /** Asks a draft to apply this much with its first applied retainer, if it has one; the codes of the refusal. */
  async apply(draft: { readonly id: string }, amount: string): Promise<string[]> {
    const detail = (await this.details(draft.id)).find(({ retainerUse }) => retainerUse === 'APPLICATION');
    if (!detail) return [];
    const input = { proformaInvoiceId: draft.id, details: [{ detailId: detail.id, amount }] };
    return this.refused('updateAppliedRetainers', input, 'proformaInvoice { id }');
  }

  /** The amounts of the unbilled rows of a retainer. */
  async unbilledAmounts(retainerId: string): Promise<string[]> {
    const { retainer } = await this.ask(`query ($id: ID!) { retainer(id: $id) {
      actuals(filter: { transactionType: { eq: UNBILLED_SALES } }, first: 500) { nodes { amount } }
    } }`, { id: retainerId });
    return retainer.actuals.nodes.map(({ amount }: { amount: string }) => amount);
  }
}

/** The rows of table D, as design 7.5 reads it: billed rows are sent, unbilled ones hold the balance and stay. */
export const billed = (sign: '1' | '-1', amount: string): RetainerRow => ['B', sign, amount, 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', null, false];
export const unbilled = (sign: '1' | '-1', amount: string): RetainerRow => ['U', sign, amount, 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', 'UNADJUSTABLE', true];

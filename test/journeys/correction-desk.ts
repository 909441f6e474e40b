import type { TestGateway } from '../support/engines';
import { asker, ERRORS, Process, type Ask } from '../support/process';

export interface RevisedDraft {
  readonly id: string;
  readonly number: string;
  readonly totalAmount: string;
  readonly details: { readonly nodes: readonly { readonly id: string; readonly originalBilledActual: { readonly quantity: string } }[] };
}

interface ActualRow {
  readonly id: string;
  readonly transactionType: string;
  readonly quantity: string;
  readonly amount: string;
  readonly billingType: string;
  readonly adjustmentStatus: string | null;
  readonly billingStatus: string;
  readonly skipSync: boolean;
  readonly connections: { readonly nodes: readonly Connection[] };
}

interface Connection {
  readonly transaction1Role: string;
  readonly transaction2Role: string;
  readonly transaction2: { readonly transactionType: string; readonly quantity: string } | null;
}

export interface Edit {
  readonly quantity: string;
  readonly price?: string;
}

const ACTUAL = `id transactionType quantity amount billingType adjustmentStatus billingStatus skipSync
  connections(orderBy: [{ field: ID }]) { nodes { transaction1Role transaction2Role transaction2 { transactionType quantity } } }`;

const LETTER: Record<string, string> = { BILLED_SALES: 'B', UNBILLED_SALES: 'U', COST: 'C' };

/** A row as the tables of domain facts 6.8 print it, with its connections. */
export function printed(row: ActualRow): string {
  const of = ({ transactionType, quantity }: { transactionType: string; quantity: string }) => `${LETTER[transactionType]} ${quantity}`;
  const connections = row.connections.nodes.flatMap((one) =>
    one.transaction2 && one.transaction1Role !== 'Unbilled Sales' ? [`${one.transaction1Role} > ${of(one.transaction2)} ${one.transaction2Role}`] : []);
  return [
    of(row), row.amount, row.billingType, row.adjustmentStatus ?? '-', row.billingStatus, row.skipSync ? 'skipped' : 'sent', ...connections.map((one) => `| ${one}`),
  ].join(' ');
}

/** Corrections as a project manager and an accountant make them, by queries only. */
export class CorrectionDesk {
  readonly process: Process;
  private readonly ask: Ask;

  constructor(gateway: TestGateway) {
    this.process = new Process(gateway);
    this.ask = asker(gateway);
  }

  /** Marks what is open of a contract, drafts it, edits the first detail where asked, and confirms it; the proforma's number. */
  async confirmed(contractNumber: string, edit?: Edit): Promise<string> {
    const contractIds = [await this.process.contractId(contractNumber)];
    await this.process.markReady(contractIds);
    const [draft] = await this.process.createDrafts(contractIds);
    if (edit) await this.edit(await this.firstDetailOf(draft!.id), edit);
    await this.process.confirm(draft!.id);
    return draft!.number;
  }

  /** The same, posted in finance and written back. */
  async invoiced(contractNumber: string, edit?: Edit): Promise<string> {
    const number = await this.confirmed(contractNumber, edit);
    await this.process.settleFinance();
    return number;
  }

  private async firstDetailOf(proformaInvoiceId: string): Promise<string> {
    const { proformaInvoice } = await this.ask('query ($id: ID!) { proformaInvoice(id: $id) { details(first: 1, orderBy: [{ field: ID }]) { nodes { id } } } }', { id: proformaInvoiceId });
    return proformaInvoice.details.nodes[0].id;
  }

  async revised(proformaInvoiceNumber: string, input: object = {}): Promise<RevisedDraft> {
    const { reviseProformaInvoice } = await this.ask(`mutation ($input: ReviseProformaInvoiceInput!) { reviseProformaInvoice(input: $input) { ${ERRORS}
      proformaInvoice { id number totalAmount details(orderBy: [{ field: ID }]) { nodes { id originalBilledActual { quantity } } } } } }`,
    { input: { proformaInvoiceNumber, ...input } });
    if (!reviseProformaInvoice.proformaInvoice) throw new Error(JSON.stringify(reviseProformaInvoice.errors));
    return reviseProformaInvoice.proformaInvoice;
  }

  /** Says what a detail of a draft is to invoice: of a correction, what instead of what was billed. */
  async edit(detailId: string, edit: Edit): Promise<void> {
    const { node } = await this.ask('query ($id: ID!) { node(id: $id) { ... on ProformaInvoiceLineDetail { proformaInvoice { id } } } }', { id: detailId });
    const input = { proformaInvoiceId: node.proformaInvoice.id, details: [{ detailId, ...edit }] };
    const { updateProformaInvoiceLineDetails: payload } = await this.ask(`mutation ($input: UpdateProformaInvoiceLineDetailsInput!) {
      updateProformaInvoiceLineDetails(input: $input) { ${ERRORS} } }`, { input });
    if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  }

  /** Revises, edits the first detail where asked, and confirms; the correction's number. */
  async corrected(proformaNumber: string, edit?: Edit): Promise<string> {
    const draft = await this.revised(proformaNumber);
    if (edit) await this.edit(draft.details.nodes[0]!.id, edit);
    await this.process.confirm(draft.id);
    return draft.number;
  }

  /** The actuals that the confirmation of a proforma made, as printed rows in the order in which they were made. */
  async rowsOf(proformaNumber: string): Promise<string[]> {
    const { proformaInvoiceLineDetails } = await this.ask(`query ($number: String!) {
      proformaInvoiceLineDetails(filter: { proformaInvoice: { number: { eq: $number } } }, orderBy: [{ field: ID }]) {
        nodes { actuals(orderBy: [{ field: ID }]) { nodes { ${ACTUAL} } } }
      } }`, { number: proformaNumber });
    return proformaInvoiceLineDetails.nodes.flatMap(({ actuals }: { actuals: { nodes: ActualRow[] } }) => actuals.nodes.map(printed));
  }

  /** What of a contract is open in the backlog: quantity and amount. */
  async backlogOf(contractNumber: string): Promise<string[]> {
    const { billingBacklog } = await this.ask(`query ($number: String!) {
      billingBacklog(filter: { contract: { number: { eq: $number } } }) { nodes { quantity amount isReady } } }`, { number: contractNumber });
    return billingBacklog.nodes.map(({ quantity, amount, isReady }: { quantity: string; amount: string; isReady: boolean }) => `${quantity} ${amount}${isReady ? ' ready' : ''}`);
  }

  /** The customer invoice of a proforma: its total, what it credits, its ledger entries, and what came back to the proforma. */
  async invoiceOf(proformaNumber: string) {
    const { proformaInvoice } = await this.ask(`query ($number: String!) { proformaInvoice(number: $number) {
      status stage totalAmount customerInvoiceNumber customerInvoiceTax
      customerInvoice { number netAmount taxAmount invoiceAmount accountingInvoiceAmount customerTransaction { amount accountingAmount }
        credits { nodes { creditedInvoice { proposalNumber } netAmount taxAmount } }
        voucher { ledgerEntries { nodes { postingType currencyCode amount accountingAmount } } } }
    } }`, { number: proformaNumber });
    const { customerInvoice, ...proforma } = proformaInvoice;
    if (!customerInvoice) throw new Error(`${proformaNumber} has no customer invoice: ${JSON.stringify(proforma)}`);
    const { voucher, credits, number, ...amounts } = customerInvoice;
    return {
      proforma,
      number,
      amounts,
      credits: credits.nodes.map((credit: { creditedInvoice: { proposalNumber: string }; netAmount: string; taxAmount: string }) =>
        `${credit.creditedInvoice.proposalNumber} ${credit.netAmount} ${credit.taxAmount}`),
      ledger: voucher.ledgerEntries.nodes.map((entry: { postingType: string; currencyCode: string; amount: string; accountingAmount: string }) =>
        `${entry.postingType} ${entry.amount} ${entry.currencyCode} ${entry.accountingAmount}`),
    };
  }

  async blockersOf(proformaNumber: string): Promise<string[]> {
    const { proformaInvoice } = await this.ask('query ($number: String!) { proformaInvoice(number: $number) { blockers { code } } }', { number: proformaNumber });
    return proformaInvoice.blockers.map(({ code }: { code: string }) => code);
  }
}

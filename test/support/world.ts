import {
  Actual,
  Milestone,
  MilestoneInvoiceStatus,
  ProjectContractLine,
  TimeEntry,
  TransactionConnection,
  TransactionOrigin,
} from '../../src/entities/dataverse';
import { createProformaInvoices } from '../../src/flow/1-bill/draft/create-proforma-invoices.command';
import { confirmProformaInvoice } from '../../src/flow/2-confirm/confirm-proforma-invoice.command';
import { decimal } from '../../src/kernel/decimal';
import { refuseAny } from '../../src/kernel/refusal';
import { insertRows } from '../../src/stores/bulk';
import { contractLinesOf } from '../../src/stores/dataverse/project-contract.store';
import { logChangeSet } from '../../src/stores/dual-write/sync-log.store';
import type { TestGateway } from './engines';
import {
  accountOf,
  type MilestoneOptions,
  transactionRows,
  type UnbilledIds,
  type UnbilledOptions,
  type WorldFacts,
} from './world-rows';

/** What a world is built on. */
export type Builder = Pick<TestGateway, 'database' | 'context'>;

/** A built contract, and the rungs that add transactions to it as a load would: stamped with a change set that is logged. */
export class World {
  constructor(
    private readonly gateway: Builder,
    readonly facts: WorldFacts,
  ) {}

  get contractId(): string {
    return this.facts.contractId;
  }

  /** A cost and an unbilled sales actual with their connection, time entry and origins: 8 hours at 200, cost 100, ready. */
  async unbilled(options: UnbilledOptions = {}): Promise<UnbilledIds> {
    return (await this.unbilledMany(1, options))[0]!;
  }

  async unbilledMany(
    count: number,
    options: UnbilledOptions | ((index: number) => UnbilledOptions) = {},
  ): Promise<UnbilledIds[]> {
    const { ids } = this.gateway.context;
    const changeSetId = ids.next();
    const optionsOf = typeof options === 'function' ? options : () => options;
    const built = Array.from({ length: count }, (_, index) => transactionRows(this.facts, ids, changeSetId, optionsOf(index)));
    await this.gateway.database.write(async (work) => {
      await insertRows(
        work,
        TimeEntry,
        built.flatMap((rows) => rows.timeEntries),
      );
      await insertRows(
        work,
        Actual,
        built.flatMap((rows) => rows.actuals),
      );
      await insertRows(
        work,
        TransactionConnection,
        built.flatMap((rows) => rows.connections),
      );
      await insertRows(
        work,
        TransactionOrigin,
        built.flatMap((rows) => rows.origins),
      );
      await logChangeSet(work, this.gateway.context, changeSetId, [Actual, TransactionConnection]);
    });
    return built.map((rows) => rows.ids);
  }

  /** A milestone of the fixed-price line: 5,000, ready. Its id. */
  async milestone(options: MilestoneOptions = {}): Promise<string> {
    const { ids } = this.gateway.context;
    const changeSetId = ids.next();
    const {
      amount = '5000',
      tax = '0',
      date = '2026-06-15',
      invoiceStatus = MilestoneInvoiceStatus.READY_FOR_INVOICING,
      customer = 0,
    } = options;
    const row: Partial<Milestone> & { id: string } = {
      id: ids.next(),
      name: 'Go-live',
      contractId: this.facts.contractId,
      contractLineId: this.facts.lines.fixedPrice,
      projectId: this.facts.projects.fixedPrice.id,
      customerId: accountOf(this.facts, customer),
      currencyId: this.facts.currencyId,
      amount: decimal(amount),
      tax: decimal(tax),
      amountAfterTax: decimal(amount).plus(tax),
      invoiceDate: date,
      milestoneDate: date,
      invoiceStatus,
      changeSetId,
    };
    await this.gateway.database.write(async (work) => {
      await insertRows(work, Milestone, [row]);
      await logChangeSet(work, this.gateway.context, changeSetId, [Milestone]);
    });
    return row.id;
  }

  /** One more contract line like the time and material one, as somebody adds it later; its id. */
  async lateLine(): Promise<string> {
    const id = this.gateway.context.ids.next();
    await this.gateway.database.write(async (work) => {
      const lines = await contractLinesOf(work, this.contractId);
      const like = lines.find((line) => line.id === this.facts.lines.timeAndMaterial)!;
      await insertRows(work, ProjectContractLine, [{ ...like, id, lineNumber: lines.length + 1 }]);
    });
    return id;
  }

  /** The draft proforma of everything that is ready; its id. The contract's only one: with several customers use `proformas`. */
  async proforma(): Promise<string> {
    const [id, ...others] = await this.proformas();
    if (id === undefined || others.length > 0)
      throw new Error(`Expected one proforma, not ${others.length + (id === undefined ? 0 : 1)}`);
    return id;
  }

  /** Draft proformas of everything that is ready, one per customer, by account number. */
  async proformas(): Promise<readonly string[]> {
    const input = { contractIds: [this.facts.contractId] };
    const [item] = await createProformaInvoices(this.gateway.context, input, { mutation: 'createProformaInvoices', input });
    refuseAny(item!.refusals);
    return item!.proformaInvoiceIds;
  }

  /** The same as `proforma`, confirmed. */
  async confirmedProforma(): Promise<string> {
    return this.confirmed(await this.proforma());
  }

  async confirmedProformas(): Promise<readonly string[]> {
    const proformaIds = await this.proformas();
    for (const id of proformaIds) await this.confirmed(id);
    return proformaIds;
  }

  private async confirmed(proformaInvoiceId: string): Promise<string> {
    const input = { proformaInvoiceId };
    await confirmProformaInvoice(this.gateway.context, input, { mutation: 'confirmProformaInvoice', input });
    return proformaInvoiceId;
  }
}

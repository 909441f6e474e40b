import { setTimeout as pause } from 'node:timers/promises';
import { reviseProformaInvoice } from '../../../src/flow/1-bill/corrections/revise-proforma-invoice.command';
import { updateRetainer } from '../../../src/flow/1-bill/retainers/manage-retainers.command';
import { createRetainerOnDraft, refundRetainer } from '../../../src/flow/1-bill/retainers/retainers-on-draft.command';
import { ensureTableMaps } from '../../../src/flow/3-sync/seed-table-maps';
import { decimal } from '../../../src/kernel/decimal';
import { lockContracts } from '../../../src/stores/dataverse/project-contract.store';
import { keyOf } from '../../../src/stores/reading/global-id';
import { name, query, sql, type UnitOfWork } from '../../../src/stores/session';
import { Database } from '../../../src/stores/unit-of-work';
import { RetainerDesk } from '../../journeys/retainer-desk';
import { buildWorld } from '../../support/builders';
import { contextOn, freshLocation, type TestGateway } from '../../support/engines';
import { asker } from '../../support/process';

const POLL_MS = 20;

/** SQLite lets one unit of work write at a time, so there is no order to keep. */
describe('the order of locks [postgres]', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const location = await freshLocation('postgres');
    const database = await Database.open(location);
    gateway = { engine: 'postgres', location, database, context: contextOn(database) };
    await ensureTableMaps(gateway.context);
  });
  afterAll(async () => gateway.database.close());

  /** Starts a command while somebody holds the contract; once the command waits, the other takes a part of the contract at once. */
  async function afterTheContract(contractId: string, command: () => Promise<unknown>, part: { table: string; key: string; id: string }): Promise<void> {
    let begin: () => void = () => undefined;
    // Begun here, so that it is a unit of work of its own.
    const ended = new Promise<void>((resolve) => { begin = resolve; }).then(command);
    await gateway.database.write(async (work) => {
      await lockContracts(work, [contractId]);
      begin();
      while (!(await somebodyWaits(work))) await pause(POLL_MS);
      await query(work, sql`SELECT 1 AS "locked" FROM ${name(part.table)} WHERE ${name(part.key)} = ${part.id} FOR UPDATE NOWAIT`);
    });
    await ended;
  }

  async function somebodyWaits(work: UnitOfWork): Promise<boolean> {
    const rows = await query(work, sql`SELECT 1 AS "waits" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    return rows.length > 0;
  }

  async function only(table: string): Promise<Record<string, string>> {
    const [row] = await query<Record<string, string>>(gateway.database.reader, sql`SELECT * FROM ${name(table)}`);
    return row!;
  }

  it('BILL-32 is the contract before its retainers and proformas, so that no two commands wait for each other', async () => {
    const world = await buildWorld(gateway);
    const desk = new RetainerDesk(asker(gateway), world);
    await desk.retainer('createRetainer', { contractId: world.contractId, amount: '100' });
    const retainer = await only('gw_retainer');
    const [retainerId, contractId] = [retainer.gw_retainerid!, retainer.gw_contract!];
    const update = () => updateRetainer(gateway.context, { retainerId, contractLineId: retainer.gw_contractline! }, { mutation: 'updateRetainer', input: {} });
    await afterTheContract(contractId, update, { table: 'gw_retainer', key: 'gw_retainerid', id: retainerId });

    await world.unbilled();
    const draft = await desk.draft();
    await desk.confirm(draft);
    const proformaInvoiceId = (await only('invoice')).invoiceid!;
    const revise = () => reviseProformaInvoice(gateway.context, { proformaInvoiceId }, { mutation: 'reviseProformaInvoice', input: {} });
    await afterTheContract(contractId, revise, { table: 'invoice', key: 'invoiceid', id: proformaInvoiceId });
  });

  it('BILL-32 is the contract before the draft on which a retainer is entered or refunded', async () => {
    const world = await buildWorld(gateway);
    const desk = new RetainerDesk(asker(gateway), world);
    const { id } = await desk.invoiced('100');
    await world.unbilled();
    const made = await desk.draft();
    const [proformaInvoiceId, retainerId] = [keyOf('ProformaInvoice', made.id), keyOf('Retainer', id)];
    const draft = { table: 'invoice', key: 'invoiceid', id: proformaInvoiceId };
    const enter = () => createRetainerOnDraft(gateway.context, { proformaInvoiceId, amount: decimal('5') }, { mutation: 'createRetainer', input: {} });
    await afterTheContract(world.contractId, enter, draft);
    await desk.apply(made, '0');
    const refund = () => refundRetainer(gateway.context, { proformaInvoiceId, retainerId }, { mutation: 'refundRetainer', input: {} });
    await afterTheContract(world.contractId, refund, draft);
  });
});

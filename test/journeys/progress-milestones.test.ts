import { share } from '../support/approval-desk';
import { ask } from '../support/api';
import { buildWorld, type World } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { asker, importRecords, Process } from '../support/process';
import { ProgressDesk } from '../support/progress-desk';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';

onBothEngines('a progress milestone, part by part to the posted invoices', (gateway) => {
  const desk = new ProgressDesk(gateway);
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });

  /** Marks a part, and invoices it up to finance; the net amounts of the new invoices. */
  const invoice = async (world: World, progressMilestoneId: string, nextPercent: string): Promise<string[]> => {
    expect((await desk.ready(progressMilestoneId, { nextPercent })).errors).toEqual([]);
    const drafts = await process.createDrafts([world.contractId]);
    for (const { id } of drafts) await process.confirm(id);
    await process.settleFinance();
    return Promise.all(drafts.map(async ({ number }) => {
      const { proformaInvoice } = await ask(gateway(), 'query ($number: String!) { proformaInvoice(number: $number) { status customerInvoice { netAmount } } }', { number });
      expect(proformaInvoice.status).toBe('POSTED');
      return proformaInvoice.customerInvoice.netAmount;
    }));
  };

  it('PROGRESS-11: 20, 30 and 50 percent of 1,000.01 are invoiced to the last cent, and it is completed', async () => {
    const world = await buildWorld(gateway());
    const { id } = (await desk.create(world, '1000.01')).progressMilestone;
    expect(await invoice(world, id, '20')).toEqual(['200']);
    expect(await desk.read(id)).toMatchObject({ status: 'IN_PROGRESS', invoicedToDate: '200', remainingAmount: '800.01' });
    expect(await invoice(world, id, '30')).toEqual(['300']);
    expect(await invoice(world, id, '50')).toEqual(['500.01']);
    expect(await desk.read(id)).toMatchObject({ status: 'COMPLETED', invoicedToDate: '1000.01', remainingAmount: '0', readyAmount: '0' });
  });

  it('PROGRESS-11: three customers are each invoiced their share of every part, in a currency without decimals', async () => {
    const world = await buildWorld(gateway(), { customers: 3, currency: 'JPY', exchangeRate: '0.0067' });
    await share(gateway(), world, ['33.33', '33.33', '33.34']);
    const { id } = (await desk.create(world, '50001')).progressMilestone;
    expect(await invoice(world, id, '20')).toEqual(['3333', '3333', '3334']);
    expect(await invoice(world, id, '80')).toEqual(['13332', '13332', '13337']);
    expect(await desk.read(id)).toMatchObject({ status: 'COMPLETED', invoicedToDate: '50001' });
  });

  it('PROGRESS-11: and both systems\' books agree to the cent', async () => {
    expect(discrepanciesOf(await readBooks(asker(gateway())))).toEqual([]);
  });
});

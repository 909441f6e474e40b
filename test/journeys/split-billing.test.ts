import { decimal, sum } from '../../src/kernel/decimal';
import { ask } from '../support/api';
import { ApprovalDesk, share, submitTime } from '../support/approval-desk';
import { buildWorld } from '../support/builders';
import { onBothEngines } from '../support/engines';
import { asker, ERRORS, importRecords, Process } from '../support/process';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';

/** Currency, percentages, minutes and price of the time, amount of the milestone, and the net amount of each customer's invoice. */
const CASES = [
  { currency: 'USD', percents: ['60', '40'], minutes: 455, price: '133.33', milestone: '1000.01', invoices: ['1206.66', '804.44'] },
  { currency: 'USD', percents: ['33.33', '33.33', '33.34'], minutes: 460, price: '131.07', milestone: '100.01', invoices: ['368.25', '368.25', '368.38'] },
  { currency: 'JPY', percents: ['33.33', '33.33', '33.34'], minutes: 460, price: '10001', milestone: '100000', invoices: ['58886', '58885', '58903'] },
] as const;

onBothEngines('work and a milestone that several customers share, to the posted invoices', (gateway) => {
  let process: Process;
  beforeAll(async () => {
    await importRecords(gateway(), []);
    process = new Process(gateway());
  });

  it.each(CASES)('SPLIT-06: each customer is invoiced its share of $percents percent in $currency', async ({ currency, percents, minutes, price, milestone, invoices }) => {
    const world = await buildWorld(gateway(), { customers: percents.length, currency, accountingCurrency: 'USD', ...(currency === 'JPY' && { exchangeRate: '0.0067' }) });
    await share(gateway(), world, percents);
    const { errors } = await new ApprovalDesk(gateway).approve(await submitTime(gateway(), world, { minutes }), { salesPrice: price });
    expect(errors).toEqual([]);
    const { createMilestone } = await ask(gateway(), `mutation ($input: CreateMilestoneInput!) { createMilestone(input: $input) { milestones { id } ${ERRORS} } }`, {
      input: { contractLineId: world.facts.lines.fixedPrice, name: 'Go-live', milestoneDate: '2026-06-20', amount: milestone },
    });
    expect(createMilestone.errors).toEqual([]);
    await process.markReady([world.contractId]);
    const drafts = await process.createDrafts([world.contractId]);
    expect(drafts.map(({ chargeableAmount }) => chargeableAmount)).toEqual(invoices);
    for (const { id } of drafts) await process.confirm(id);
    await process.settleFinance();

    const { invoiceProposals } = await ask(gateway(), `query ($contract: String!) {
      invoiceProposals(filter: { contractId: { eq: $contract } }, orderBy: [{ field: NUMBER }]) { nodes { fundingSourceId customerAccount status netAmount } }
    }`, { contract: world.facts.contractNumber });
    expect(invoiceProposals.nodes).toEqual(world.facts.customers.map(({ accountNumber, fundingSourceId }, index) => ({
      fundingSourceId, customerAccount: accountNumber, status: 'INVOICED', netAmount: invoices[index],
    })));
    const whole = decimal(minutes).div(60).toDecimalPlaces(6).times(price).toDecimalPlaces(currency === 'JPY' ? 0 : 2).plus(milestone);
    expect(sum(invoices.map((amount) => decimal(amount))).toFixed()).toBe(whole.toFixed());
  });

  it('SPLIT-06: and both systems\' books agree to the cent', async () => {
    expect(discrepanciesOf(await readBooks(asker(gateway())))).toEqual([]);
  });
});

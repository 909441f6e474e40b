import { BillingStatus, BillingType, TransactionClassification } from '../../../src/entities/dataverse';
import { CompletionMethod, CostPosting, NoYes, OnAccountPosting } from '../../../src/entities/finance';
import { sql, type Sql } from '../../../src/stores/session';
import { World, type UnbilledOptions, type WorldOptions } from '../../support/builders';
import { onBothEngines, type TestGateway } from '../../support/engines';
import { JournalDesk } from './journal-desk';

const { TIME, EXPENSE, MATERIAL, FEE } = TransactionClassification;

/** Two hours at 100, cost 60; an expense of 50, cost 50; material of 30, cost 20; a fee of 10. */
const USAGE: UnbilledOptions[] = [
  { classification: TIME, quantity: '2', price: '100', costPrice: '30' },
  { classification: EXPENSE, quantity: '1', price: '50', costPrice: '50' },
  { classification: MATERIAL, quantity: '1', price: '30', costPrice: '20' },
  { classification: FEE, quantity: '1', price: '10' },
];

const COST = [
  ['COST HOUR', 'COST 60', 'PAYROLL_ALLOCATION -60'],
  ['COST COST', 'COST 50', 'EXPENSE_OFFSET -50'],
  ['COST ITEM', 'COST 20', 'COST_ITEM -20'],
];
const NO_SALES = [['SALES HOUR'], ['SALES COST'], ['SALES ITEM'], ['SALES REVENUE']];
const ACCRUED = Object.entries({ HOUR: 200, COST: 50, ITEM: 30, REVENUE: 10 })
  .map(([kind, amount]) => [`SALES ${kind}`, `WIP_SALES_VALUE ${amount}`, `ACCRUED_REVENUE_SALES_VALUE -${amount}`]);

interface AnsweredVoucher {
  readonly journalLine: { readonly transactionType: string; readonly classification: string } | null;
  readonly customerInvoice: { readonly number: string } | null;
  readonly ledgerEntries: { readonly nodes: readonly { readonly postingType: string; readonly amount: string; readonly accountingAmount: string }[] };
}

/** A desk whose legal entity has one cost and revenue profile for everything. */
async function deskWith(gateway: TestGateway, profile: Sql, options: WorldOptions = {}): Promise<JournalDesk> {
  const desk = await JournalDesk.open(gateway, options);
  await desk.desk.changeSetup('ProjectCostAndRevenueProfiles', profile);
  return desk;
}

/** The same world, whose usage is on the fixed-price line. */
function onFixedPrice({ desk: { world, gateway } }: JournalDesk): World {
  const { lines, projects } = world.facts;
  const swapped = { timeAndMaterial: lines.fixedPrice, fixedPrice: lines.fixedPrice };
  return new World(gateway, { ...world.facts, lines: swapped, projects: { ...projects, timeAndMaterial: projects.fixedPrice } });
}

/** From what stands in the backlog to the posted customer invoice. */
async function invoiced(desk: JournalDesk): Promise<void> {
  const { legalEntityId } = desk.desk;
  await desk.desk.world.confirmedProforma();
  await desk.desk.sync();
  await desk.import();
  await desk.process.postJournals({ allDraft: true, legalEntityId });
  await desk.import();
  await desk.process.postProposals({ allReady: true, legalEntityId });
}

/** What was posted: a row per voucher, with what it is of, then its ledger entries. Every voucher must balance. */
async function vouchersOf(desk: JournalDesk): Promise<{ journal: string[][]; invoice: string[][] }> {
  const { vouchers } = await desk.ask(`query ($entity: String!) { vouchers(filter: { legalEntityId: { eq: $entity } }) { nodes {
    journalLine { transactionType classification } customerInvoice { number } ledgerEntries { nodes { postingType amount accountingAmount } }
  } } }`, { entity: desk.desk.legalEntityId });
  const rows = (vouchers.nodes as AnsweredVoucher[]).map(({ journalLine, customerInvoice, ledgerEntries: { nodes } }) => {
    expect(nodes.reduce((total, entry) => total + Number(entry.accountingAmount), 0)).toBe(0);
    const what = customerInvoice ? 'INVOICE' : `${journalLine!.transactionType} ${journalLine!.classification}`;
    return [what, ...nodes.map((entry) => `${entry.postingType} ${entry.amount}`)];
  });
  return { journal: rows.filter(([what]) => what !== 'INVOICE').sort(), invoice: rows.filter(([what]) => what === 'INVOICE') };
}

onBothEngines('cost and revenue profiles from the journal to the invoice', (gateway) => {
  it('JOURNAL-12 time and material without WIP posts cost, and revenue with the invoice only', async () => {
    const desk = await deskWith(gateway(), sql`"AccrueRevenue" = ${NoYes.NO}`, { wip: false });
    await desk.desk.world.unbilledMany(USAGE.length, (index) => USAGE[index]!);
    await invoiced(desk);
    expect(await vouchersOf(desk)).toEqual({
      journal: [...COST, ...NO_SALES].sort(),
      invoice: [['INVOICE', 'CUSTOMER_BALANCE 290', 'INVOICED_REVENUE -290']],
    });
  });

  it('JOURNAL-12 time and material with WIP accrues with the journal and releases with the invoice', async () => {
    const desk = await deskWith(gateway(), sql`"AccrueRevenue" = ${NoYes.YES}`);
    await desk.desk.world.unbilledMany(USAGE.length, (index) => USAGE[index]!);
    await invoiced(desk);
    const { journal, invoice } = await vouchersOf(desk);
    expect(journal).toEqual([...COST, ...ACCRUED].sort());
    expect(sums(invoice[0]!)).toEqual({
      CUSTOMER_BALANCE: 290, INVOICED_REVENUE: -290, WIP_SALES_VALUE: -290, ACCRUED_REVENUE_SALES_VALUE: 290,
    });
  });

  it.each([
    ['without WIP', OnAccountPosting.PROFIT_AND_LOSS, CompletionMethod.NO_WIP, 'INVOICED_REVENUE_ON_ACCOUNT'],
    ['without WIP, on account to the balance', OnAccountPosting.BALANCE, CompletionMethod.NO_WIP, 'WIP_INVOICED_ON_ACCOUNT'],
    ['by completed contract', OnAccountPosting.BALANCE, CompletionMethod.COMPLETED_CONTRACT, 'WIP_INVOICED_ON_ACCOUNT'],
    ['by completed percentage', OnAccountPosting.BALANCE, CompletionMethod.COMPLETED_PERCENTAGE, 'WIP_INVOICED_ON_ACCOUNT'],
  ])('JOURNAL-12 fixed price %s posts cost, accrues nothing, and invoices the milestone on account', async (_title, onAccount, completion, account) => {
    const profile = sql`"AccrueRevenue" = ${NoYes.YES}, "OnAccountPosting" = ${onAccount}, "CompletionMethod" = ${completion}`;
    const desk = await deskWith(gateway(), profile);
    const usage = USAGE.map((options) => ({ ...options, billingStatus: BillingStatus.UNBILLED_SALES_CREATED }));
    await onFixedPrice(desk).unbilledMany(usage.length, (index) => usage[index]!);
    await desk.desk.world.milestone({ amount: '5000' });
    await invoiced(desk);
    expect(await vouchersOf(desk)).toEqual({
      journal: [...COST, ...NO_SALES].sort(),
      invoice: [['INVOICE', 'CUSTOMER_BALANCE 5000', `${account} -5000`]],
    });
  });

  it('JOURNAL-09 JOURNAL-10 cost goes to the balance or stays out of the ledger by its kind, and then accrues no revenue', async () => {
    const desk = await deskWith(gateway(), sql`"AccrueRevenue" = ${NoYes.YES}, "PostCostsHour" = ${CostPosting.NO_LEDGER},
      "PostCostsExpense" = ${CostPosting.BALANCE}, "PostCostsItem" = ${CostPosting.BALANCE}`);
    await desk.desk.world.unbilledMany(USAGE.length, (index) => USAGE[index]!);
    await invoiced(desk);
    const { journal, invoice } = await vouchersOf(desk);
    expect(journal).toEqual([
      ['COST HOUR'], ['COST COST', 'WIP_COST_VALUE 50', 'EXPENSE_OFFSET -50'], ['COST ITEM', 'WIP_COST_VALUE_ITEM 20', 'COST_ITEM -20'],
      ['SALES HOUR'], ['SALES COST'], ['SALES ITEM'], ['SALES REVENUE', 'WIP_SALES_VALUE 10', 'ACCRUED_REVENUE_SALES_VALUE -10'],
    ].sort());
    expect(sums(invoice[0]!)).toEqual({ CUSTOMER_BALANCE: 290, INVOICED_REVENUE: -290, WIP_SALES_VALUE: -10, ACCRUED_REVENUE_SALES_VALUE: 10 });
    const { projectTransactions } = await desk.ask(`query ($project: String!) {
      projectTransactions(filter: { projectId: { eq: $project }, transactionType: { eq: COST } }) { totalCount }
    }`, { project: desk.desk.world.facts.projects.timeAndMaterial.number });
    expect(projectTransactions.totalCount).toBe(3);
  });

  it('JOURNAL-10 work that is not charged posts its cost and yields no revenue, accrued or invoiced', async () => {
    const desk = await deskWith(gateway(), sql`"AccrueRevenue" = ${NoYes.YES}`);
    await desk.desk.changeSetup('ProjectLineProperties', sql`"ToBeAccrued" = ${NoYes.YES}`);
    await desk.desk.world.unbilled({ ...USAGE[0]!, billingType: BillingType.NON_CHARGEABLE });
    await desk.desk.world.unbilled({ ...USAGE[0]!, billingType: BillingType.COMPLIMENTARY });
    await invoiced(desk);
    expect(await vouchersOf(desk)).toEqual({ journal: [COST[0], COST[0], ['SALES HOUR'], ['SALES HOUR']], invoice: [['INVOICE']] });
  });

  it("JOURNAL-08 the project group's profile goes before the contract's and after the project's own", async () => {
    const desk = await JournalDesk.open(gateway(), { wip: false });
    const { legalEntityId: dataAreaId } = desk.desk;
    await desk.desk.change(sql`INSERT INTO "ProjectGroups" ("gw_id", "dataAreaId", "ProjectGroup", "CostAndRevenueProfileId")
      VALUES ('group', ${dataAreaId}, 'GROUP', 'WIP')`);
    const accrues = async (ownProfile: string | null, group: string | null) => {
      await desk.desk.changeSetup('Projects', sql`"CostAndRevenueProfileId" = ${ownProfile}, "ProjectGroup" = ${group}`);
      await desk.imported({});
      const { nodes } = (await desk.journals()).at(-1)!.lines;
      return (await desk.ask('query ($id: ID!) { node(id: $id) { ... on IntegrationJournalLine { accruesRevenue } } }', { id: nodes[0]!.id })).node.accruesRevenue;
    };
    expect([await accrues(null, null), await accrues(null, 'GROUP'), await accrues(null, 'UNKNOWN'), await accrues('NOWIP', 'GROUP')])
      .toEqual([false, true, false, false]);
  });
});

onBothEngines('item sales tax groups by item number', (gateway) => {
  it('JOURNAL-11 takes the released product\'s group on the journal and the invoice, and says which product is missing', async () => {
    const desk = await JournalDesk.open(gateway(), { taxRatePercent: '20' });
    const { legalEntityId: dataAreaId } = desk.desk;
    await desk.desk.changeSetup('ProjectParameters', sql`"ItemSalesTaxGroupMethod" = 0`);
    await desk.desk.world.unbilledMany(2, (index) => ({ ...USAGE[index * 2]!, cost: false }));
    await desk.desk.world.confirmedProforma();
    await desk.desk.sync();
    expect(await desk.process.importFromStaging({ legalEntityId: dataAreaId })).toMatchObject({ journalLineCount: 1, errorRowCount: 1 });
    const errors = () => desk.ask(`query ($entity: String!) {
      stagedActuals(filter: { legalEntityId: { eq: $entity }, importErrorCode: { isNull: false } }) { nodes { importErrorCode importError } }
    }`, { entity: dataAreaId });
    expect((await errors()).stagedActuals.nodes).toEqual([{
      importErrorCode: 'SETUP_MISSING',
      importError: `Released product M0001 does not exist in legal entity ${dataAreaId}; its item sales tax group is asked for.`,
    }]);

    await desk.desk.change(sql`INSERT INTO "ReleasedProductsV2" ("gw_id", "dataAreaId", "ItemNumber", "SalesSalesTaxItemGroupCode")
      VALUES ('cable', ${dataAreaId}, 'M0001', 'EXEMPT')`);
    expect(await desk.import()).toBe(1);
    await desk.process.postJournals({ allDraft: true, legalEntityId: dataAreaId });
    await desk.import();
    const { invoiceProposalLines } = await desk.ask(`query ($project: String!) {
      invoiceProposalLines(filter: { projectId: { eq: $project } }) { nodes { classification itemSalesTaxGroup taxAmount } }
    }`, { project: desk.desk.world.facts.projects.timeAndMaterial.number });
    expect(invoiceProposalLines.nodes.sort((a: { taxAmount: string }, b: { taxAmount: string }) => Number(a.taxAmount) - Number(b.taxAmount))).toEqual([
      { classification: 'ITEM', itemSalesTaxGroup: 'EXEMPT', taxAmount: '0' }, { classification: 'HOUR', itemSalesTaxGroup: 'FULL', taxAmount: '40' },
    ]);
  });
});

/** Sums of a voucher's entries by posting type. */
function sums([, ...entries]: string[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const entry of entries) {
    const [type, amount] = entry.split(' ') as [string, string];
    totals[type] = (totals[type] ?? 0) + Number(amount);
  }
  return totals;
}

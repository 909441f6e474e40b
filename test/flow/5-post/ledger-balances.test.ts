import { BillingStatus } from '../../../src/entities/dataverse';
import { BALANCES_MAX, tieOut } from '../../../src/flow/5-post/ledger-balances';
import { decimal } from '../../../src/kernel/decimal';
import { sql } from '../../../src/stores/session';
import { send } from '../../support/api';
import { onBothEngines } from '../../support/engines';
import { JournalDesk } from './journal-desk';

const wip = (contractId: string, amount: string) =>
  ({ legalEntityId: 'USPM', contractId, currencyCode: 'GBP', amount: decimal(amount), accountingAmount: decimal(amount).times(2) });

describe('tying WIP out', () => {
  it('JOURNAL-16 shows what only one side has as a difference', () => {
    const rows = tieOut([wip('B', '10'), wip('A', '5')], [wip('A', '5'), wip('C', '3')]);
    expect(rows.map((row) => [row.contractId, row.differenceAmount.toFixed(), row.differenceAccountingAmount.toFixed()]))
      .toEqual([['A', '0', '0'], ['B', '10', '20'], ['C', '-3', '-6']]);
  });
});

onBothEngines('sums of the books', (gateway) => {
  const SUM = 'postingType mainAccountId currencyCode amount accountingCurrencyCode accountingAmount entryCount';
  const WIP = 'wipBalances(filter: { contractId: $contract }) { currencyCode ledgerAmount ledgerAccountingAmount subledgerAmount subledgerAccountingAmount differenceAmount differenceAccountingAmount }';

  it('JOURNAL-15 JOURNAL-16 sums the documented example up after the journal, and WIP is gone after the invoice', async () => {
    const desk = await JournalDesk.open(gateway(), { currency: 'GBP', accountingCurrency: 'ILS', fixedRate: '1.25' });
    const { contractNumber: contract, legalEntityId: entity, projects } = desk.desk.world.facts;
    await desk.imported({ quantity: '4', price: '250', costPrice: '120', cost: true });
    await desk.imported({ quantity: '1', price: '100', costPrice: '120', cost: true, billingStatus: BillingStatus.UNBILLED_SALES_CREATED, date: '2026-05-10' });
    await desk.process.postJournals({ allDraft: true, legalEntityId: entity });
    const read = () => desk.ask(`query ($entity: String!, $contract: String!, $project: String!) {
      ledgerBalances(filter: { contractId: $contract }) { ${SUM} }
      june: ledgerBalances(filter: { legalEntityId: $entity, fromDate: "2026-06-01", throughDate: "2026-06-30", postingTypes: [WIP_SALES_VALUE] }) { amount }
      projectBalances(filter: { projectId: $project, mainAccountIds: ["540100"] }) { ${SUM} accountingDebit accountingCredit mainAccountName }
      ${WIP}
    }`, { entity, contract, project: projects.timeAndMaterial.number });
    const sum = (postingType: string, mainAccountId: string, currencyCode: string, amount: string, accountingAmount: string, entryCount: number) =>
      ({ postingType, mainAccountId, currencyCode, amount, accountingCurrencyCode: 'ILS', accountingAmount, entryCount });
    expect(await read()).toEqual({
      ledgerBalances: [
        sum('COST', '540100', 'ILS', '600', '600', 2), sum('PAYROLL_ALLOCATION', '600300', 'ILS', '-600', '-600', 2),
        sum('ACCRUED_REVENUE_SALES_VALUE', '420200', 'GBP', '-1100', '-1375', 2), sum('WIP_SALES_VALUE', '161300', 'GBP', '1100', '1375', 2),
      ],
      june: [{ amount: '1000' }],
      projectBalances: [{ ...sum('COST', '540100', 'ILS', '600', '600', 2), accountingDebit: '600', accountingCredit: '0', mainAccountName: 'cost' }],
      wipBalances: [{
        currencyCode: 'GBP', ledgerAmount: '1100', ledgerAccountingAmount: '1375', subledgerAmount: '1100', subledgerAccountingAmount: '1375',
        differenceAmount: '0', differenceAccountingAmount: '0',
      }],
    });

    await desk.desk.world.confirmedProforma();
    await desk.desk.sync();
    await desk.import();
    await desk.process.postProposals({ allReady: true, legalEntityId: entity });
    const after = await read();
    expect(after.wipBalances).toEqual([{
      currencyCode: 'GBP', ledgerAmount: '100', ledgerAccountingAmount: '125', subledgerAmount: '100', subledgerAccountingAmount: '125',
      differenceAmount: '0', differenceAccountingAmount: '0',
    }]);
    expect(after.ledgerBalances.map((row: { postingType: string; accountingAmount: string }) => [row.postingType, row.accountingAmount])).toEqual([
      ['COST', '600'], ['PAYROLL_ALLOCATION', '-600'], ['INVOICED_REVENUE', '-1250'], ['ACCRUED_REVENUE_SALES_VALUE', '-125'], ['WIP_SALES_VALUE', '125'],
      ['CUSTOMER_BALANCE', '1250'],
    ]);
    const { customerInvoices } = await desk.ask(`query ($contract: String!) { customerInvoices(filter: { contractId: { eq: $contract } }) {
      nodes { voucher { balances { postingType amount accountingAmount entryCount } } }
    } }`, { contract });
    expect(customerInvoices.nodes[0].voucher.balances).toEqual([
      { postingType: 'INVOICED_REVENUE', amount: '-1000', accountingAmount: '-1250', entryCount: 1 },
      { postingType: 'ACCRUED_REVENUE_SALES_VALUE', amount: '1000', accountingAmount: '1250', entryCount: 1 },
      { postingType: 'WIP_SALES_VALUE', amount: '-1000', accountingAmount: '-1250', entryCount: 1 },
      { postingType: 'CUSTOMER_BALANCE', amount: '1000', accountingAmount: '1250', entryCount: 1 },
    ]);
  });

  it('JOURNAL-16 shows a ledger entry that the subledger knows nothing of', async () => {
    const desk = await JournalDesk.open(gateway());
    const { contractNumber: contract } = desk.desk.world.facts;
    const { journal } = await desk.imported({ quantity: '1', price: '100' });
    await desk.post(journal);
    await desk.desk.change(sql`UPDATE "GeneralJournalAccountEntry" SET "TransactionCurrencyAmount" = "TransactionCurrencyAmount" + 500
      WHERE "dataAreaId" = ${desk.desk.legalEntityId} AND "PostingType" = 8`);
    const { wipBalances } = await desk.ask(`query ($contract: String!) { ${WIP} }`, { contract });
    expect(wipBalances).toMatchObject([{ ledgerAmount: '100.05', subledgerAmount: '100', differenceAmount: '0.05', differenceAccountingAmount: '0' }]);
  });

  it('JOURNAL-15 asks for a narrower filter when there are more sums than an answer may have', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({});
    await desk.post(journal);
    await desk.desk.change(sql`INSERT INTO "GeneralJournalAccountEntry" ("gw_id", "dataAreaId", "GeneralJournalEntry", "gw_linenumber", "MainAccount", "PostingType",
        "TransactionCurrencyCode", "TransactionCurrencyAmount", "AccountingCurrencyAmount")
      WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${BALANCES_MAX})
      SELECT 'many-' || n, ${desk.desk.legalEntityId}, (SELECT MIN("gw_id") FROM "GeneralJournalEntry" WHERE "dataAreaId" = ${desk.desk.legalEntityId}),
        100 + n, 'A' || n, 2, 'USD', 0, 0 FROM numbers`);
    const answer = await send(gateway(), 'query ($entity: String!) { ledgerBalances(filter: { legalEntityId: $entity }) { amount } }', { entity: desk.desk.legalEntityId });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' } }]);
    const narrowed = await desk.ask('query ($entity: String!) { ledgerBalances(filter: { legalEntityId: $entity, mainAccountIds: ["A1"] }) { amount } }', { entity: desk.desk.legalEntityId });
    expect(narrowed.ledgerBalances).toEqual([{ amount: '0' }]);
  });
});

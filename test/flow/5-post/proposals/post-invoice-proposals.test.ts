import { MAP_FLOWS, SyncLogEntry } from '../../../../src/entities/dual-write';
import {
  CustomerInvoiceLine,
  CustomerTransaction,
  IntegrationJournalLine,
  InvoiceCredit,
  InvoiceProposal,
  InvoiceProposalLine,
  InvoiceProposalStatus,
  LedgerEntry,
  OnAccountTransaction,
  ProjBillingType,
  ProjectPosting,
  ProjectTransaction,
  ProjTransStatus,
  ProjTransType,
  StagedActual,
  TaxTransaction,
  Voucher,
} from '../../../../src/entities/finance';
import { decimal, sum } from '../../../../src/kernel/decimal';
import { execute, sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { balances, PostingDesk } from '../posting-desk';

onBothEngines('posting invoice proposals', (gateway) => {
  const open = (options: Parameters<typeof PostingDesk.open>[1] = {}) => PostingDesk.open(gateway(), options);

  it('POST-14 POST-15 posts the invoice of 1,000 GBP at 1.25 as documented', async () => {
    const desk = await open({ currency: 'GBP', fixedRate: '1.25' });
    const { lineIds, journalId } = await desk.postedJournal({ kind: 'sales', amount: '1000' });
    const proposalId = await desk.proposal([{ amount: '1000', journalLineId: lineIds[0]! }]);

    const { invoice, ledger, outcome } = await desk.posted(proposalId);

    expect(ledger).toEqual([
      ['130100', 'CUSTOMER_BALANCE', 'GBP', '1000', '1250'],
      ['411100', 'INVOICED_REVENUE', 'GBP', '-1000', '-1250'],
      ['161300', 'WIP_SALES_VALUE', 'GBP', '-1000', '-1250'],
      ['420200', 'ACCRUED_REVENUE_SALES_VALUE', 'GBP', '1000', '1250'],
    ]);
    expect(outcome).toMatchObject({
      proposalId,
      customerInvoiceNumber: invoice.number,
      voucherNumber: invoice.voucherNumber,
      lineCount: 1,
    });
    expect(
      [invoice.netAmount, invoice.taxAmount, invoice.invoiceAmount, invoice.accountingInvoiceAmount, invoice.exchangeRate].map(
        String,
      ),
    ).toEqual(['1000', '0', '1000', '1250', '1.25']);
    expect([
      invoice.invoiceDate,
      invoice.dueDate,
      invoice.paymentTerms,
      invoice.postingProfile,
      invoice.postedBy,
      invoice.postedOn,
    ]).toEqual(['2026-06-20', '2026-07-20', 'Net30', 'GEN', 'test', '2026-06-30T12:00:00.000Z']);
    const [line] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect([line!.lineAmount.toFixed(), line!.accountingAmount.toFixed(), line!.taxAmount.toFixed()]).toEqual([
      '1000',
      '1250',
      '0',
    ]);
    const trace = await desk.rows(ProjectPosting, sql`WHERE t."gw_projinvoicetrans" = ${line!.id}`);
    expect(trace.map((row) => [row.mainAccountId, row.accountingAmount.toFixed()]).sort()).toEqual([
      ['161300', '-1250'],
      ['411100', '-1250'],
      ['420200', '1250'],
    ]);
    const [owed] = await desk.rows(CustomerTransaction, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect([owed!.amount.toFixed(), owed!.accountingAmount.toFixed(), owed!.dueDate, owed!.invoiceNumber]).toEqual([
      '1000',
      '1250',
      '2026-07-20',
      invoice.number,
    ]);
    const proposal = await desk.row(InvoiceProposal, proposalId);
    expect([proposal.status, proposal.invoiceDate, proposal.dueDate, proposal.invoiceAmount.toFixed(), proposal.version]).toEqual(
      [InvoiceProposalStatus.INVOICED, '2026-06-20', '2026-07-20', '1000', 2],
    );
    const voucher = await desk.row(Voucher, invoice.voucherId);
    expect([voucher.number, voucher.accountingDate, voucher.documentNumber, voucher.accountingCurrencyCode]).toEqual([
      invoice.voucherNumber,
      '2026-06-20',
      invoice.number,
      'USD',
    ]);
    const [transaction] = await desk.rows(
      ProjectTransaction,
      sql`WHERE t."gw_projadvancedjournalline" IN
      (SELECT "gw_id" FROM "ProjAdvancedJournalLine" WHERE "gw_projadvancedjournal" = ${journalId})`,
    );
    expect([transaction!.status, transaction!.customerInvoiceId, transaction!.version]).toEqual([
      ProjTransStatus.INVOICED,
      invoice.id,
      2,
    ]);
  });

  it('POST-14 posts time and material without WIP as customer balance against invoiced revenue', async () => {
    const desk = await open({ wip: false });
    const { lineIds } = await desk.postedJournal({ accrues: false });
    const { ledger } = await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }]));
    expect(ledger.map(([account, , , amount]) => [account, amount])).toEqual([
      ['130100', '1000'],
      ['411100', '-1000'],
    ]);
  });

  it('POST-15 releases WIP at the rate it was posted with, and revenue at the rate of the invoice', async () => {
    const desk = await open({ currency: 'GBP', fixedRate: '1.30' });
    const { lineIds } = await desk.postedJournal({ rate: '1.25' });
    const { ledger } = await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }]));
    expect(ledger.map(([account, , , amount, accounting]) => [account, amount, accounting])).toEqual([
      ['130100', '1000', '1300'],
      ['411100', '-1000', '-1300'],
      ['161300', '-1000', '-1250'],
      ['420200', '1000', '1250'],
    ]);
  });

  it('POST-15 releases WIP from the account that holds it, whatever the profile says meanwhile', async () => {
    const desk = await open({ accountingCurrency: 'EUR', currency: 'EUR' });
    const { lineIds } = await desk.postedJournal({});
    await gateway().database.write((work) =>
      execute(
        work,
        sql`UPDATE "ProjectPostingProfiles" SET "MainAccountId" = '161200'
      WHERE "dataAreaId" = 'EUPM' AND "PostingType" = 8`,
      ),
    );
    const { ledger } = await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }]));
    expect(ledger.map(([account]) => account)).toEqual(['130100', '411100', '161300', '420200']);
  });

  it('POST-15 POST-19 releases WIP of a line that is not to be invoiced, on an invoice of zero', async () => {
    const desk = await open();
    const { lineIds } = await desk.postedJournal({ amount: '400', quantity: '2' });
    const proposalId = await desk.proposal([
      { amount: '400', quantity: '2', billingType: ProjBillingType.NON_CHARGEABLE, journalLineId: lineIds[0]! },
    ]);
    const { invoice, ledger } = await desk.posted(proposalId);
    expect(ledger.map(([account, , , amount]) => [account, amount])).toEqual([
      ['161300', '-400'],
      ['420200', '400'],
    ]);
    expect(invoice.invoiceAmount.toFixed()).toBe('0');
    expect((await desk.rows(ProjectTransaction, sql`WHERE t."gw_projadvancedjournalline" = ${lineIds[0]}`))[0]!.status).toBe(
      ProjTransStatus.INVOICED,
    );
  });

  it('POST-15 follows the sign of unbilled sales that are negative themselves', async () => {
    const desk = await open();
    const { lineIds } = await desk.postedJournal({ amount: '1000', quantity: '4' }, { amount: '-250', quantity: '-1' });
    const { ledger } = await desk.posted(
      await desk.proposal([
        { amount: '1000', quantity: '4', journalLineId: lineIds[0]! },
        { amount: '-250', quantity: '-1', journalLineId: lineIds[1]! },
      ]),
    );
    expect(ledger.map(([account, , , amount]) => [account, amount])).toEqual([
      ['130100', '750'],
      ['411100', '-750'],
      ['161300', '-750'],
      ['420200', '750'],
    ]);
  });

  it('POST-16 POST-19 posts a billed reversal as a credit note that leaves WIP alone', async () => {
    const desk = await open();
    const { lineIds } = await desk.postedJournal({});
    const { invoice: original } = await desk.posted(await desk.proposal([{ journalLineId: lineIds[0]! }]));
    const [credited] = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${original.id}`);
    const { invoice, ledger } = await desk.posted(
      await desk.proposal([{ amount: '-1000', quantity: '-4', creditedInvoiceLineId: credited!.id }]),
    );
    expect(ledger.map(([account, , , amount]) => [account, amount])).toEqual([
      ['130100', '-1000'],
      ['411100', '1000'],
    ]);
    expect(invoice.invoiceAmount.toFixed()).toBe('-1000');
    const credits = await desk.rows(InvoiceCredit, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect(credits.map((credit) => [credit.creditedInvoiceId, credit.netAmount.toFixed(), credit.taxAmount.toFixed()])).toEqual([
      [original.id, '-1000', '0'],
    ]);
  });

  it('POST-17 credits a milestone of 5,000 to invoiced revenue on account, and marks it invoiced', async () => {
    const desk = await open();
    const onAccountTransactionId = await desk.milestone();
    const proposalId = await desk.proposal([
      { amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId },
    ]);
    const { ledger } = await desk.posted(proposalId);
    expect(ledger.map(([account, type, , amount]) => [account, type, amount])).toEqual([
      ['130100', 'CUSTOMER_BALANCE', '5000'],
      ['411200', 'INVOICED_REVENUE_ON_ACCOUNT', '-5000'],
    ]);
    expect((await desk.row(OnAccountTransaction, onAccountTransactionId)).status).toBe(ProjTransStatus.INVOICED);
  });

  it('POST-17 credits a milestone of a completed contract to WIP invoiced on account', async () => {
    const desk = await open({ accountingCurrency: 'CHF', currency: 'CHF' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`INSERT INTO "ProjectCostAndRevenueProfiles"
      ("gw_id", "dataAreaId", "ProfileId", "AccrueRevenue", "OnAccountPosting", "CompletionMethod") VALUES ('cc', 'CHPM', 'COMPLETED', 0, 0, 1)`,
      ),
    );
    await gateway().database.write((work) =>
      execute(
        work,
        sql`UPDATE "Projects" SET "CostAndRevenueProfileId" = 'COMPLETED'
      WHERE "ProjectId" = ${desk.world.facts.projects.fixedPrice.number}`,
      ),
    );
    const onAccountTransactionId = await desk.milestone();
    const { ledger } = await desk.posted(
      await desk.proposal([{ amount: '5000', quantity: '1', classification: ProjTransType.ON_ACCOUNT, onAccountTransactionId }]),
    );
    expect(ledger.map(([account, type, , amount]) => [account, type, amount])).toEqual([
      ['130100', 'CUSTOMER_BALANCE', '5000'],
      ['161400', 'WIP_INVOICED_ON_ACCOUNT', '-5000'],
    ]);
  });

  it('POST-17 credits hours that are billed by hand on a fixed-price line on account', async () => {
    const desk = await open();
    const { fixedPrice } = desk.world.facts.lines;
    const { ledger } = await desk.posted(await desk.proposal([{ amount: '300', contractLineId: fixedPrice }]));
    expect(ledger.map(([account, , , amount]) => [account, amount])).toEqual([
      ['130100', '300'],
      ['411200', '-300'],
    ]);
  });

  it('POST-18 POST-14 rounds tax per line and code; receivable is net plus tax', async () => {
    const desk = await open({ currency: 'GBP', exchangeRate: '1.25', taxRatePercent: '7.5' });
    const proposalId = await desk.proposal([{ amount: '10.10' }, { amount: '10.10' }, { amount: '10.10' }]);
    const { invoice, ledger } = await desk.posted(proposalId);
    // 7.5 % of 10.10 is 0.7575: 0.76 on each line, 2.28 together; on the whole of 30.30 it would be 2.27.
    expect(ledger).toEqual([
      ['130100', 'CUSTOMER_BALANCE', 'GBP', '32.58', '40.74'],
      ['411100', 'INVOICED_REVENUE', 'GBP', '-30.3', '-37.89'],
      ['202110', 'SALES_TAX_PAYABLE', 'GBP', '-2.28', '-2.85'],
    ]);
    expect([invoice.netAmount, invoice.taxAmount, invoice.invoiceAmount, invoice.accountingInvoiceAmount].map(String)).toEqual([
      '30.3',
      '2.28',
      '32.58',
      '40.74',
    ]);
    const taxes = await desk.rows(TaxTransaction, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect(
      taxes.map((tax) => [tax.taxCode, tax.ratePercent, tax.baseAmount, tax.taxAmount, tax.accountingTaxAmount].map(String)),
    ).toEqual(Array(3).fill(['VAT7.5', '7.5', '10.1', '0.76', '0.95']));
    const lines = await desk.rows(
      InvoiceProposalLine,
      sql`WHERE t."gw_projproposaljour" = ${proposalId} ORDER BY t."LineNumber"`,
    );
    expect(lines.map((line) => [line.taxAmount.toFixed(), line.version])).toEqual(Array(3).fill(['0.76', 2]));
    const staged = await desk.row(StagedActual, lines[0]!.stagedActualId);
    expect([staged.accountingAmount, staged.salesTaxAmount, staged.accountingExchangeRate].map(String)).toEqual([
      '12.63',
      '0.76',
      '1.25',
    ]);
  });

  it('POST-18 rounds yen to whole yen', async () => {
    const desk = await open({ currency: 'JPY', accountingCurrency: 'JPY', taxRatePercent: '10' });
    const { ledger } = await desk.posted(await desk.proposal([{ amount: '1005' }, { amount: '1004' }]));
    expect(ledger.map(([account, , , amount, accounting]) => [account, amount, accounting])).toEqual([
      ['130100', '2210', '2210'],
      ['411100', '-2009', '-2009'],
      ['202110', '-201', '-201'],
    ]);
  });

  it('POST-18 takes the tax rate that is valid at the invoice date', async () => {
    const desk = await open({ accountingCurrency: 'SEK', currency: 'SEK', taxRatePercent: '25' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`INSERT INTO "SalesTaxCodeValues"
      ("gw_id", "dataAreaId", "TaxCode", "FromDate", "Rate") VALUES ('later', 'SEPM', 'VAT25', '2026-07-01', '6')`,
      ),
    );
    const june = await desk.posted(await desk.proposal([{ amount: '100' }]));
    const july = await desk.posted(await desk.proposal([{ amount: '100' }]), { invoiceDate: '2026-07-01' });
    expect([june.invoice.taxAmount.toFixed(), july.invoice.taxAmount.toFixed()]).toEqual(['25', '6']);
  });

  it('POST-19 posts a zero invoice with number and voucher and without ledger entries', async () => {
    const desk = await open();
    const { invoice, ledger } = await desk.posted(await desk.proposal([{ amount: '0', quantity: '1' }]));
    expect(ledger).toEqual([]);
    expect(invoice.number).toMatch(/^USPM-INV-\d{7}$/);
    expect(invoice.voucherNumber).toMatch(/^USPM-PIV-\d{7}$/);
    const [owed] = await desk.rows(CustomerTransaction, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect(owed!.amount.toFixed()).toBe('0');
  });

  it('POST-21 stamps the billed staged actuals and the customer invoice, and logs both write-backs', async () => {
    const desk = await open();
    const proposalId = await desk.proposal([{}, {}]);
    const { invoice } = await desk.posted(proposalId);
    const lines = await desk.rows(InvoiceProposalLine, sql`WHERE t."gw_projproposaljour" = ${proposalId}`);
    const staged = await Promise.all(lines.map((line) => desk.row(StagedActual, line.stagedActualId)));
    expect(staged.map((row) => [row.voucherNumber, row.version, row.changeSetId])).toEqual(
      Array(2).fill([invoice.voucherNumber, 2, invoice.changeSetId]),
    );
    const log = await desk.rows(SyncLogEntry, sql`WHERE t."gw_changesetid" = ${invoice.changeSetId}`);
    expect(log.map((entry) => entry.mapName).sort()).toEqual(
      [MAP_FLOWS.actualsWriteBack.map, MAP_FLOWS.customerInvoices.map].sort(),
    );
  });

  it('POST-14 posts a proposal of more lines than a chunk, and its trace, tax and voucher agree to the cent', async () => {
    const desk = await open({ currency: 'GBP', exchangeRate: '1.2347', taxRatePercent: '7.7' });
    const { lineIds } = await desk.postedJournal(...Array.from({ length: 1_203 }, (_, index) => ({ amount: `${index + 1}.37` })));
    const proposalId = await desk.proposal(lineIds.map((journalLineId, index) => ({ amount: `${index + 1}.37`, journalLineId })));
    const { invoice, outcome } = await desk.posted(proposalId);
    expect(outcome.lineCount).toBe(1_203);
    const ledger = await desk.rows(LedgerEntry, sql`WHERE t."GeneralJournalEntry" = ${invoice.voucherId}`);
    const trace = await desk.rows(ProjectPosting, sql`WHERE t."gw_generaljournalentry" = ${invoice.voucherId}`);
    const taxes = await desk.rows(TaxTransaction, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    const lines = await desk.rows(CustomerInvoiceLine, sql`WHERE t."gw_projinvoicejour" = ${invoice.id}`);
    expect(balances(ledger)).toBe(true);
    expect(invoice.invoiceAmount.eq(sum(lines.map((line) => line.lineAmount.plus(line.taxAmount))))).toBe(true);
    expect(invoice.taxAmount.eq(sum(taxes.map((tax) => tax.taxAmount)))).toBe(true);
    expect(
      sum(trace.map((row) => row.accountingAmount))
        .minus(sum(taxes.map((tax) => tax.accountingTaxAmount)))
        .neg()
        .eq(invoice.accountingInvoiceAmount),
    ).toBe(true);
    const journalLines = await desk.rows(
      IntegrationJournalLine,
      sql`WHERE t."gw_projadvancedjournal" IN
      (SELECT "gw_projadvancedjournal" FROM "ProjAdvancedJournalLine" WHERE "gw_id" = ${lineIds[0]})`,
    );
    const released = sum(ledger.filter((entry) => entry.mainAccountId === '161300').map((entry) => entry.accountingAmount));
    expect(released.neg().eq(sum(journalLines.map((line) => line.accountingAmount)))).toBe(true);
    expect(sum(lines.map((line) => line.lineAmount)).eq(decimal('724206').plus(decimal('0.37').times(1_203)))).toBe(true);
  });
});

import { asker, importRecords, Process, type Ask, type Draft } from '../support/process';
import { onBothEngines } from '../support/engines';
import { discrepanciesOf } from './audit';
import { readBooks, type Books } from './books';
import { documentedExamples, EXAMPLES, guid, indexOf, transactionIds, WORKED_ON, type ExampleNumber } from './documented-examples';

/** The day on which everything is confirmed and posted: today by the tests' clock. */
const TODAY = '2026-06-30';

const ACTUALS = `query ($contract: String!) { actuals(first: 500, filter: { contract: { number: { eq: $contract } } }, orderBy: [{ field: TRANSACTION_TYPE }, { field: AMOUNT, direction: DESC }]) { nodes {
  id transactionType classification billingType billingStatus adjustmentStatus notToExceedStatus skipSync description externalDescription
  quantity price amount tax currencyCode transactionDate documentDate accountingDate legalEntityId accountingAmount accountingCurrencyCode
  accountingExchangeRate voucherNumber salesTaxAmount version
  contractLine { id } customer { id } project { id } task { id } resource { id } role { id } category { id } product { id } unit { id } contractingUnit { id }
  proformaInvoice { number } lineDetail { id } milestone { id } timeEntry { id } stagedActual { id }
  connections { nodes { transaction1Role transaction2Role transaction2 { id } } } origins { nodes { originType originId } }
} } }`;

interface AnsweredActual {
  readonly id: string;
  readonly transactionType: string;
  readonly classification: string;
  readonly billingType: string;
  readonly billingStatus: string | null;
  readonly adjustmentStatus: string | null;
  readonly skipSync: boolean;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  readonly accountingDate: string;
  readonly transactionDate: string;
  readonly documentDate: string;
  readonly accountingAmount: string | null;
  readonly accountingExchangeRate: string | null;
  readonly voucherNumber: string | null;
  readonly salesTaxAmount: string | null;
  readonly stagedActual: object | null;
  readonly connections: { readonly nodes: readonly { transaction1Role: string; transaction2Role: string; transaction2: { id: string } }[] };
  readonly origins: { readonly nodes: readonly { originType: string; originId: string }[] };
}

const PROFORMA = `query ($number: String!) { proformaInvoice(number: $number) {
  id number name description status hasCorrections invoiceDate accountingDate chargeableAmount nonChargeableAmount complimentaryAmount tax totalAmount currencyCode
  createdOn confirmedOn billedActualCount customerInvoiceNumber customerInvoiceDate customerInvoiceTax version stage blockers { code }
  lines { nodes { id lineNumber name chargeableAmount nonChargeableAmount complimentaryAmount tax extendedAmount invoicedTillDate } }
  details { nodes { id quantity price amount tax billingType version } }
} }`;

/** Account, posting type, currency, amount in it, amount in accounting currency. */
type Entry = readonly [account: string, postingType: string, currency: string, amount: string, accountingAmount: string];

interface AnsweredVoucher {
  readonly ledgerEntries: { readonly nodes: readonly { mainAccountId: string; postingType: string; currencyCode: string; amount: string; accountingAmount: string }[] };
}

const LEDGER = 'ledgerEntries { nodes { mainAccountId postingType currencyCode amount accountingAmount } }';

const entriesOf = (voucher: AnsweredVoucher): Entry[] => voucher.ledgerEntries.nodes
  .map((entry) => [entry.mainAccountId, entry.postingType, entry.currencyCode, entry.amount, entry.accountingAmount] as const).sort();

const pick = <Row extends object, Key extends keyof Row>(row: Row, ...keys: Key[]) => keys.map((key) => row[key]);

onBothEngines('the documented examples through the whole process, by queries only', (gateway) => {
  let ask: Ask;
  /** Answers at the moments between the steps. */
  const confirmed = new Map<ExampleNumber, AnsweredActual[]>();
  const written = new Map<ExampleNumber, AnsweredActual[]>();
  const numbers = new Map<ExampleNumber, string>();
  let drafts: Draft[];
  let afterSync: { number: string; hasLines: boolean; invoiceAmount: string; status: string; stage: string }[];
  let blockersBeforePosting: Record<string, string[]>;
  let proformasBefore: Map<string, Record<string, unknown>>;
  let books: Books;

  const contracts = Object.keys(EXAMPLES) as ExampleNumber[];
  const actualsOf = async (contract: ExampleNumber): Promise<AnsweredActual[]> => (await ask(ACTUALS, { contract })).actuals.nodes;
  const proforma = async (contract: ExampleNumber) => (await ask(PROFORMA, { number: numbers.get(contract) })).proformaInvoice;

  beforeAll(async () => {
    ask = asker(gateway());
    const process = new Process(gateway());
    await importRecords(gateway(), documentedExamples());
    const contractIds = await Promise.all(contracts.map((number) => process.contractId(number)));
    await process.markReady(contractIds);
    drafts = await process.createDrafts(contractIds);
    drafts.forEach((draft, index) => numbers.set(contracts[index]!, draft.number));
    for (const draft of drafts) await process.confirm(draft.id);
    for (const contract of contracts) confirmed.set(contract, await actualsOf(contract));
    proformasBefore = new Map(await Promise.all(contracts.map(async (contract) => [contract, await proforma(contract)] as const)));

    await process.sync();
    afterSync = (await ask('{ invoiceProposals { nodes { number hasLines invoiceAmount status stage } } }')).invoiceProposals.nodes;
    await process.importFromStaging();
    const { proformaInvoices } = await ask('{ proformaInvoices { nodes { number blockers { code } } } }');
    blockersBeforePosting = Object.fromEntries(proformaInvoices.nodes.map((one: { number: string; blockers: { code: string }[] }) => [one.number, one.blockers.map(({ code }) => code)]));
    await process.postJournals();
    await process.importFromStaging();
    await process.postProposals();
    await process.sync();
    for (const contract of contracts) written.set(contract, await actualsOf(contract));
    books = await readBooks(ask);
  });

  const journalVouchers = async (contractId: ExampleNumber): Promise<Entry[][]> => {
    const { vouchers } = await ask(`query ($contractId: String!) {
      vouchers(filter: { journalLine: { contractId: { eq: $contractId } } }) { nodes { ${LEDGER} } }
    }`, { contractId });
    return vouchers.nodes.map(entriesOf);
  };
  const invoiceOf = async (contract: ExampleNumber) => (await ask(`query ($number: String!) { proformaInvoice(number: $number) { customerInvoice {
    number proposalNumber customerAccount invoiceDate dueDate paymentTerms currencyCode exchangeRate netAmount taxAmount invoiceAmount accountingInvoiceAmount voucherNumber
    voucher { number accountingDate documentNumber ${LEDGER} }
    lines { nodes { classification quantity salesPrice lineAmount taxAmount accountingAmount } }
    taxTransactions { nodes { taxCode ratePercent baseAmount taxAmount accountingTaxAmount } }
    customerTransaction { customerAccount invoiceNumber voucherNumber date dueDate currencyCode amount accountingAmount }
    projectTransactions { nodes { transactionType status amount currencyCode accountingAmount } }
  } } }`, { number: numbers.get(contract) })).proformaInvoice.customerInvoice;

  it('drafts have the chargeable amounts of the examples', () => {
    expect(drafts.map((draft) => pick(draft, 'chargeableAmount', 'tax', 'totalAmount', 'currencyCode'))).toEqual([
      ['1600', '0', '1600', 'USD'], ['1000', '0', '1000', 'GBP'], ['5000', '0', '5000', 'USD'], ['75', '0', '75', 'USD'],
      ['520.49', '0', '520.49', 'USD'], ['2000', '0', '2000', 'USD'],
    ]);
    expect(drafts.map((draft) => draft.details.totalCount)).toEqual([1, 1, 1, 1, 4, 1]);
  });

  it('A1: 8 hours of 1,600 are reversed unadjustable and skipped, and billed chargeable and sent', () => {
    const [cost, unbilled, reversal, billed] = confirmed.get('CON-TIME')!;
    const facts = (actual: AnsweredActual) => pick(actual, 'transactionType', 'quantity', 'price', 'amount', 'billingType', 'billingStatus', 'adjustmentStatus', 'skipSync');
    expect(confirmed.get('CON-TIME')!.map(facts)).toEqual([
      ['COST', '8', '100', '800', 'NOT_AVAILABLE', null, null, false],
      ['UNBILLED_SALES', '8', '200', '1600', 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', null, false],
      ['UNBILLED_SALES', '-8', '200', '-1600', 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', 'UNADJUSTABLE', true],
      ['BILLED_SALES', '8', '200', '1600', 'CHARGEABLE', 'CUSTOMER_INVOICE_POSTED', null, false],
    ]);
    expect(confirmed.get('CON-TIME')!.map((actual) => pick(actual, 'accountingDate', 'transactionDate', 'documentDate'))).toEqual([
      [WORKED_ON, WORKED_ON, WORKED_ON], [WORKED_ON, WORKED_ON, WORKED_ON], [TODAY, WORKED_ON, WORKED_ON], [TODAY, WORKED_ON, WORKED_ON],
    ]);
    expect([unbilled!, reversal!, billed!].map((actual) => actual.connections.nodes)).toEqual([
      [{ transaction1Role: 'Unbilled Sales', transaction2Role: 'Cost', transaction2: { id: cost!.id } }],
      [{ transaction1Role: 'Reversing', transaction2Role: 'Original', transaction2: { id: unbilled!.id } }],
      [{ transaction1Role: 'Billed Sales', transaction2Role: 'Unbilled Sales', transaction2: { id: unbilled!.id } }],
    ]);
  });

  it('A1: the billed actual comes from invoice, line, detail, time entry and journal line, the reversal from the work alone', () => {
    const [, , reversal, billed] = confirmed.get('CON-TIME')!;
    const { timeEntry, journalLine } = transactionIds(indexOf('CON-TIME'), 1);
    const work = [{ originType: 'msdyn_journalline', originId: journalLine }, { originType: 'msdyn_timeentry', originId: timeEntry }];
    expect(reversal!.origins.nodes).toHaveLength(2);
    expect(reversal!.origins.nodes).toEqual(expect.arrayContaining(work));
    expect(billed!.origins.nodes.map((origin) => origin.originType).sort()).toEqual(['invoice', 'invoicedetail', 'msdyn_invoicelinetransaction', 'msdyn_journalline', 'msdyn_timeentry']);
    expect(billed!.origins.nodes).toEqual(expect.arrayContaining(work));
  });

  it('C1: a milestone of 5,000 makes a billed actual only, chargeable and sent, and is posted', async () => {
    const made = confirmed.get('CON-FIXED')!.filter((actual) => actual.transactionType !== 'COST');
    expect(made.map((actual) => pick(actual, 'transactionType', 'classification', 'quantity', 'amount', 'billingType', 'adjustmentStatus', 'skipSync'))).toEqual([
      ['BILLED_SALES', 'MILESTONE', '1', '5000', 'CHARGEABLE', null, false],
    ]);
    expect(made[0]!.connections.nodes).toEqual([]);
    const { milestone } = await ask('query ($id: ID!) { milestone(id: $id) { invoiceStatus amount } }', { id: guid(15, indexOf('CON-FIXED')) });
    expect(milestone).toEqual({ invoiceStatus: 'CUSTOMER_INVOICE_POSTED', amount: '5000' });
  });

  it('B and billing types: expense, material and fee are billed as they stand, a non-chargeable hour with its own billing type', () => {
    const billed = confirmed.get('CON-MIXED')!.filter((actual) => actual.transactionType === 'BILLED_SALES');
    expect(billed.map((actual) => pick(actual, 'classification', 'quantity', 'price', 'amount', 'billingType')).sort()).toEqual([
      ['EXPENSE', '1', '120.5', '120.5', 'CHARGEABLE'], ['FEE', '1', '300', '300', 'CHARGEABLE'], ['MATERIAL', '3', '33.33', '99.99', 'CHARGEABLE'],
      ['TIME', '2', '150', '300', 'NON_CHARGEABLE'],
    ]);
    const reversed = confirmed.get('CON-MIXED')!.filter((actual) => actual.adjustmentStatus === 'UNADJUSTABLE');
    expect(reversed.map((actual) => pick(actual, 'amount', 'billingType', 'skipSync')).sort()).toEqual([
      ['-120.5', 'CHARGEABLE', true], ['-300', 'CHARGEABLE', true], ['-300', 'NON_CHARGEABLE', true], ['-99.99', 'CHARGEABLE', true],
    ]);
  });

  it('headers arrive alone, under the proformas\' numbers, and rows that are skipped never arrive', async () => {
    expect(afterSync).toEqual(drafts.map(({ number }) => ({ number, hasLines: false, invoiceAmount: '0', status: 'OPEN', stage: 'AWAITING_LINES' })));
    const all = contracts.flatMap((contract) => written.get(contract)!);
    expect(all.filter((actual) => (actual.stagedActual === null) !== actual.skipSync)).toEqual([]);
    const { stagedActuals, stagedConnections } = await ask(`query ($contract: String!) {
      stagedActuals(filter: { contractId: { eq: $contract } }, orderBy: [{ field: TRANSACTION_TYPE }]) {
        nodes { transactionType classification billingType quantity unitPrice amount currencyCode legalEntityId proformaNumber projectId categoryId isProcessed }
      }
      stagedConnections(filter: { transaction1: { contractId: { eq: $contract } } }, orderBy: [{ field: TRANSACTION1_ROLE }]) {
        nodes { transaction1Role transaction2Role transaction1 { transactionType } transaction2 { transactionType } }
      }
    }`, { contract: 'CON-TIME' });
    const hour = { classification: 'HOUR', quantity: '8', currencyCode: 'USD', legalEntityId: 'USPM', projectId: 'PRJ-1', categoryId: 'Consulting', isProcessed: true };
    expect(stagedActuals.nodes).toEqual([
      { ...hour, transactionType: 'COST', billingType: 'NOT_AVAILABLE', unitPrice: '100', amount: '800', proformaNumber: null },
      { ...hour, transactionType: 'SALES', billingType: 'CHARGEABLE', unitPrice: '200', amount: '1600', proformaNumber: null },
      { ...hour, transactionType: 'BILLED_SALES', billingType: 'CHARGEABLE', unitPrice: '200', amount: '1600', proformaNumber: numbers.get('CON-TIME') },
    ]);
    expect(stagedConnections.nodes).toEqual([
      { transaction1Role: 'Billed Sales', transaction2Role: 'Unbilled Sales', transaction1: { transactionType: 'BILLED_SALES' }, transaction2: { transactionType: 'SALES' } },
      { transaction1Role: 'Unbilled Sales', transaction2Role: 'Cost', transaction1: { transactionType: 'SALES' }, transaction2: { transactionType: 'COST' } },
    ]);
  });

  it('a milestone has its proposal line at the first import; time and material waits until its unbilled sales are posted', () => {
    expect(contracts.map((contract) => blockersBeforePosting[numbers.get(contract)!])).toEqual([
      ['UNBILLED_NOT_POSTED'], ['UNBILLED_NOT_POSTED'], ['NOT_POSTED'], ['UNBILLED_NOT_POSTED'], ['UNBILLED_NOT_POSTED'], ['NOT_POSTED'],
    ]);
  });

  it('7.1: the journal has 480 USD of cost at 1 and 1,000 GBP of sales at 1.25', async () => {
    const { integrationJournalLines } = await ask(`query ($contract: String!) {
      integrationJournalLines(filter: { contractId: { eq: $contract } }, orderBy: [{ field: TRANSACTION_TYPE }]) {
        nodes { transactionType quantity unitPrice amount currencyCode exchangeRate accountingAmount accountingCurrencyCode accruesRevenue status
          projectTransaction { status amount accountingAmount customerInvoice { proposalNumber } } }
      }
    }`, { contract: 'CON-RATE' });
    expect(integrationJournalLines.nodes).toEqual([
      {
        transactionType: 'COST', quantity: '4', unitPrice: '120', amount: '480', currencyCode: 'USD', exchangeRate: '1', accountingAmount: '480', accountingCurrencyCode: 'USD',
        accruesRevenue: false, status: 'POSTED', projectTransaction: { status: 'POSTED', amount: '480', accountingAmount: '480', customerInvoice: null },
      },
      {
        transactionType: 'SALES', quantity: '4', unitPrice: '250', amount: '1000', currencyCode: 'GBP', exchangeRate: '1.25', accountingAmount: '1250', accountingCurrencyCode: 'USD',
        accruesRevenue: true, status: 'POSTED',
        projectTransaction: { status: 'INVOICED', amount: '1000', accountingAmount: '1250', customerInvoice: { proposalNumber: numbers.get('CON-RATE') } },
      },
    ]);
  });

  it('7.1 and 7.2: each journal line has a voucher of its own with the entries of its profile', async () => {
    const journals = Object.fromEntries(await Promise.all(contracts.map(async (contract) => [contract, (await journalVouchers(contract)).sort()] as const)));
    const cost = (amount: string, credited: Entry[0], creditedType: string): Entry[] =>
      [['540100', 'COST', 'USD', amount, amount], [credited, creditedType, 'USD', `-${amount}`, `-${amount}`]];
    const time = (amount: string) => cost(amount, '600300', 'PAYROLL_ALLOCATION');
    const accrual = (currency: string, amount: string, accountingAmount = amount): Entry[] => [
      ['161300', 'WIP_SALES_VALUE', currency, amount, accountingAmount],
      ['420200', 'ACCRUED_REVENUE_SALES_VALUE', currency, `-${amount}`, `-${accountingAmount}`],
    ];
    expect(journals).toEqual({
      'CON-TIME': [accrual('USD', '1600'), time('800')],
      'CON-RATE': [accrual('GBP', '1000', '1250'), time('480')],
      'CON-FIXED': [time('300')],
      // Sales without WIP and sales that are not charged get a voucher number and no entries.
      'CON-NOWIP': [[], time('50')],
      'CON-MIXED': [[], accrual('USD', '120.5'), accrual('USD', '300'), accrual('USD', '99.99'), time('100'),
        cost('100.25', '600400', 'EXPENSE_OFFSET'), cost('60', '600500', 'COST_ITEM')].sort(),
      'CON-COMPLETED': [],
    });
  });

  it('7.1: the invoice of 1,000 GBP releases WIP and accrued revenue, and owes 1,250 USD of revenue', async () => {
    const invoice = await invoiceOf('CON-RATE');
    expect(entriesOf(invoice.voucher)).toEqual([
      ['130100', 'CUSTOMER_BALANCE', 'GBP', '1000', '1250'], ['161300', 'WIP_SALES_VALUE', 'GBP', '-1000', '-1250'],
      ['411100', 'INVOICED_REVENUE', 'GBP', '-1000', '-1250'], ['420200', 'ACCRUED_REVENUE_SALES_VALUE', 'GBP', '1000', '1250'],
    ]);
    expect(invoice).toMatchObject({
      proposalNumber: numbers.get('CON-RATE'), customerAccount: 'C-2', currencyCode: 'GBP', exchangeRate: '1.25', netAmount: '1000', taxAmount: '0',
      invoiceAmount: '1000', accountingInvoiceAmount: '1250', invoiceDate: TODAY, dueDate: '2026-07-30', paymentTerms: 'Net30',
    });
    expect(invoice.lines.nodes).toEqual([{ classification: 'HOUR', quantity: '4', salesPrice: '250', lineAmount: '1000', taxAmount: '0', accountingAmount: '1250' }]);
    expect(invoice.taxTransactions.nodes).toEqual([]);
  });

  it('7.2: invoices post by their profile, with sales tax on top', async () => {
    const usd = (account: string, postingType: string, amount: string): Entry => [account, postingType, 'USD', amount, amount];
    const vouchers = Object.fromEntries(await Promise.all(contracts.filter((contract) => contract !== 'CON-RATE')
      .map(async (contract) => [contract, entriesOf((await invoiceOf(contract)).voucher)] as const)));
    expect(vouchers).toEqual({
      'CON-TIME': [usd('130100', 'CUSTOMER_BALANCE', '1736'), usd('161300', 'WIP_SALES_VALUE', '-1600'), usd('202110', 'SALES_TAX_PAYABLE', '-136'),
        usd('411100', 'INVOICED_REVENUE', '-1600'), usd('420200', 'ACCRUED_REVENUE_SALES_VALUE', '1600')],
      'CON-FIXED': [usd('130100', 'CUSTOMER_BALANCE', '5425'), usd('202110', 'SALES_TAX_PAYABLE', '-425'), usd('411200', 'INVOICED_REVENUE_ON_ACCOUNT', '-5000')],
      'CON-NOWIP': [usd('130100', 'CUSTOMER_BALANCE', '75'), usd('411100', 'INVOICED_REVENUE', '-75')],
      // 120.50 + 99.99 + 300; the non-chargeable hour of 300 is on the invoice at zero.
      'CON-MIXED': [usd('130100', 'CUSTOMER_BALANCE', '520.49'), usd('161300', 'WIP_SALES_VALUE', '-520.49'), usd('411100', 'INVOICED_REVENUE', '-520.49'),
        usd('420200', 'ACCRUED_REVENUE_SALES_VALUE', '520.49')],
      'CON-COMPLETED': [usd('130100', 'CUSTOMER_BALANCE', '2000'), usd('161400', 'WIP_INVOICED_ON_ACCOUNT', '-2000')],
    });
  });

  it('sales tax of 8.5 percent is computed per line, posted, and owed by the customer', async () => {
    const invoice = await invoiceOf('CON-TIME');
    expect(invoice.taxTransactions.nodes).toEqual([{ taxCode: 'CA-SALES', ratePercent: '8.5', baseAmount: '1600', taxAmount: '136', accountingTaxAmount: '136' }]);
    expect(invoice.customerTransaction).toEqual({
      customerAccount: 'C-1', invoiceNumber: invoice.number, voucherNumber: invoice.voucherNumber, date: TODAY, dueDate: '2026-07-30',
      currencyCode: 'USD', amount: '1736', accountingAmount: '1736',
    });
    expect(invoice.voucher).toMatchObject({ number: invoice.voucherNumber, accountingDate: TODAY, documentNumber: invoice.number });
    expect((await invoiceOf('CON-RATE')).customerTransaction).toMatchObject({ currencyCode: 'GBP', amount: '1000', accountingAmount: '1250' });
  });

  it('the proposal lines are what the customer pays, and the subledger says what was invoiced', async () => {
    const { invoiceProposal } = await ask(`query ($number: String!) { invoiceProposal(number: $number) {
      status hasLines netAmount taxAmount invoiceAmount stage blockers { code }
      lines(orderBy: [{ field: LINE_AMOUNT }, { field: CLASSIFICATION }]) { nodes { classification billingType linePropertyId quantity salesPrice lineAmount taxAmount journalLine { status } } }
    } }`, { number: numbers.get('CON-MIXED') });
    const line = { taxAmount: '0', journalLine: { status: 'POSTED' } };
    const charged = { ...line, billingType: 'CHARGEABLE', linePropertyId: 'Charge' };
    expect(invoiceProposal).toEqual({
      status: 'INVOICED', hasLines: true, netAmount: '520.49', taxAmount: '0', invoiceAmount: '520.49', stage: 'INVOICED', blockers: [],
      lines: { nodes: [
        { ...line, classification: 'HOUR', billingType: 'NON_CHARGEABLE', linePropertyId: 'NonCharge', quantity: '2', salesPrice: '150', lineAmount: '0' },
        { ...charged, classification: 'ITEM', quantity: '3', salesPrice: '33.33', lineAmount: '99.99' },
        { ...charged, classification: 'COST', quantity: '1', salesPrice: '120.5', lineAmount: '120.5' },
        { ...charged, classification: 'REVENUE', quantity: '1', salesPrice: '300', lineAmount: '300' },
      ] },
    });
    const invoiced = (await invoiceOf('CON-MIXED')).projectTransactions.nodes;
    expect(invoiced.map((row: { transactionType: string; status: string }) => pick(row, 'transactionType', 'status'))).toEqual(Array(4).fill(['SALES', 'INVOICED']));
  });

  it('7.4: accounting amount, exchange rate, voucher and sales tax are back on the actuals', async () => {
    const back = (contract: ExampleNumber) => written.get(contract)!.map((actual) =>
      pick(actual, 'transactionType', 'accountingAmount', 'accountingExchangeRate', 'salesTaxAmount'));
    expect(back('CON-TIME')).toEqual([['COST', '800', '1', '0'], ['UNBILLED_SALES', '1600', '1', '0'], ['UNBILLED_SALES', null, null, null], ['BILLED_SALES', '1600', '1', '136']]);
    expect(back('CON-RATE')).toEqual([['COST', '480', '1', '0'], ['UNBILLED_SALES', '1250', '1.25', '0'], ['UNBILLED_SALES', null, null, null], ['BILLED_SALES', '1250', '1.25', '0']]);
    expect(back('CON-FIXED')).toEqual([['COST', '300', '1', '0'], ['BILLED_SALES', '5000', '1', '425']]);
    const [cost, unbilled, reversal, billed] = written.get('CON-TIME')!;
    expect(billed!.voucherNumber).toBe((await invoiceOf('CON-TIME')).voucherNumber);
    expect(reversal!.voucherNumber).toBeNull();
    expect(new Set([cost, unbilled, billed].map((actual) => actual!.voucherNumber)).size).toBe(3);
  });

  it('7.4: nothing else changes on the actuals, on the proforma or its lines', async () => {
    const NOTHING = { accountingAmount: null, accountingExchangeRate: null, voucherNumber: null, salesTaxAmount: null, accountingCurrencyCode: null, stagedActual: null };
    const others = (actuals: readonly AnsweredActual[]) => actuals.map((actual) => ({ ...actual, ...NOTHING }));
    for (const contract of contracts) {
      expect(others(written.get(contract)!)).toEqual(others(confirmed.get(contract)!));
      const before = proformasBefore.get(contract)!;
      const invoice = await invoiceOf(contract);
      expect(before).toMatchObject({ status: 'CONFIRMED', stage: 'AWAITING_SYNC', customerInvoiceNumber: null, customerInvoiceDate: null, customerInvoiceTax: null });
      expect(await proforma(contract)).toEqual({
        ...before, status: 'POSTED', customerInvoiceNumber: invoice.number, customerInvoiceDate: TODAY, customerInvoiceTax: invoice.taxAmount, stage: 'DONE', blockers: [],
      });
    }
  });

  it('invoices and vouchers are numbered without a gap, and each project\'s WIP is back to zero', () => {
    expect(books.invoices.map((invoice) => invoice.number).sort()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `USPM-INV-000000${number}`));
    const inWip = books.ledgerEntries.filter((entry) => entry.mainAccountId === '161300').map((entry) => Number(entry.accountingAmount));
    expect(inWip.length).toBeGreaterThan(0);
    expect(inWip.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(0, 10);
    expect(discrepanciesOf(books)).toEqual([]);
  });

  it('a second round of sync, import and posting changes nothing', async () => {
    await new Process(gateway()).settleFinance();
    expect(await readBooks(ask)).toEqual(books);
  });

  it('one request leads from a voucher back to the time entry', async () => {
    const { vouchers } = await ask(`query ($number: String!) { vouchers(filter: { customerInvoice: { proposalNumber: { eq: $number } } }) { nodes { customerInvoice {
      lines { nodes { proposalLine { stagedActual { actual { proformaInvoice { number } timeEntry { date durationMinutes resource { name } } } } } } }
    } } } }`, { number: numbers.get('CON-TIME') });
    expect(vouchers.nodes).toEqual([{ customerInvoice: { lines: { nodes: [{ proposalLine: { stagedActual: { actual: {
      proformaInvoice: { number: numbers.get('CON-TIME') }, timeEntry: { date: WORKED_ON, durationMinutes: 480, resource: { name: 'Nadia Haddad' } },
    } } } }] } } }]);
  });
});

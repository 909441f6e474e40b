import { onBothEngines } from '../support/engines';
import { asker, importContoso, Process, type Ask, type ImportedEntitySet } from '../support/process';
import { audit, CHECKS, type CheckName } from './audit';
import { readAll, readBooks, type Books } from './books';

onBothEngines('the Contoso sample through the whole process, by queries only', (gateway) => {
  let ask: Ask;
  let books: Books;

  beforeAll(async () => {
    ask = asker(gateway());
    await importContoso(gateway());
    const process = new Process(gateway());
    const contracts = await readAll<{ id: string }>(ask, 'projectContracts', 'id');
    const contractIds = contracts.map((contract) => contract.id);
    await process.markReady(contractIds);
    await process.createDrafts(contractIds);
    const proformas = await readAll<{ id: string; status: string }>(ask, 'proformaInvoices', 'id status');
    for (const { id, status } of proformas) if (status === 'DRAFT') await process.confirm(id);
    await process.settleFinance();
    books = await readBooks(ask);
  });

  it('every proforma of the sample and every new one is done, and its backlog holds nothing that is ready', async () => {
    const { proformaInvoices } = await ask('{ proformaInvoices(first: 500) { nodes { number stage blockers { code } } } }');
    expect(proformaInvoices.nodes.length).toBeGreaterThanOrEqual(16);
    expect(proformaInvoices.nodes.filter((proforma: { stage: string }) => proforma.stage !== 'DONE')).toEqual([]);
    const { billingBacklog, syncErrors, staged } = await ask(`{
      billingBacklog(filter: { isReady: { eq: true } }) { totalCount } syncErrors { totalCount }
      staged: stagedActuals(filter: { isProcessed: { eq: false } }) { totalCount }
    }`);
    expect([billingBacklog.totalCount, syncErrors.totalCount, staged.totalCount]).toEqual([0, 0, 0]);
  });

  it.each(Object.keys(CHECKS) as CheckName[])('%s', (check) => {
    expect(audit(books)[check]).toEqual([]);
  });

  it('the sample exercises the invariants: three legal entities, four currencies, every billing type, and WIP that stays with what is not billed', () => {
    expect(new Set(books.invoices.map((invoice) => invoice.legalEntityId))).toEqual(new Set(['GBPM', 'JPPM', 'USPM']));
    expect(new Set(books.invoices.map((invoice) => invoice.currencyCode))).toEqual(new Set(['EUR', 'GBP', 'JPY', 'USD']));
    const billed = books.actuals.filter((actual) => actual.transactionType === 'BILLED_SALES');
    expect(new Set(billed.map((actual) => actual.billingType))).toEqual(new Set(['CHARGEABLE', 'NON_CHARGEABLE', 'COMPLIMENTARY']));
    expect(new Set(billed.map((actual) => actual.classification))).toEqual(new Set(['TIME', 'EXPENSE', 'MATERIAL', 'FEE', 'MILESTONE']));
    expect(books.invoices.some((invoice) => invoice.netAmount === '0')).toBe(true);
    expect(books.projectTransactions.some((row) => row.transactionType === 'SALES' && row.status === 'POSTED')).toBe(true);
  });

  it('a second round of every step changes nothing, and says that it did nothing', async () => {
    const process = new Process(gateway());
    await process.settleFinance();
    expect((await process.sync()).maps.nodes.map((map) => map.read + map.written)).toEqual(Array(6).fill(0));
    expect(await process.importFromStaging()).toMatchObject({ journalLineCount: 0, invoiceProposalCount: 0, waitingProposalCount: 0, onAccountTransactionCount: 0 });
    expect(await readBooks(ask)).toEqual(books);
  });

  it('the sample can be loaded again afterwards, and changes nothing', async () => {
    const sets = await importContoso(gateway());
    expect(sets.filter(({ created }: ImportedEntitySet) => created > 0)).toEqual([]);
    expect(await readBooks(ask)).toEqual(books);
  });

  it('every step of the process left a run that ended well', async () => {
    const { runs } = await ask('{ runs(first: 500) { nodes { kind status finishedOn actor } } }');
    expect(runs.nodes.filter((run: { status: string; finishedOn: string | null }) => run.status !== 'SUCCEEDED' || !run.finishedOn)).toEqual([]);
    expect(new Set(runs.nodes.map((run: { kind: string }) => run.kind))).toEqual(new Set(['CONFIRM', 'SYNC', 'IMPORT', 'POST_JOURNALS', 'POST_PROPOSALS']));
  });

  /** The audit is worth what it finds: each kind of damage is told by the check that is there for it. */
  const damage: readonly [what: string, check: CheckName, damaged: (books: Books) => Books][] = [
    ['a customer invoice line is lost', 'billed amounts are in exactly one customer invoice line', (all) => ({ ...all, invoiceLines: all.invoiceLines.slice(1) })],
    ['a customer invoice line is doubled', 'billed amounts are in exactly one customer invoice line', (all) => ({ ...all, invoiceLines: [...all.invoiceLines, all.invoiceLines[0]!] })],
    ['an amount of a ledger entry is wrong', 'vouchers balance in both currencies', ({ ledgerEntries: [first, ...rest], ...all }) => ({ ...all, ledgerEntries: [{ ...first!, accountingAmount: `${first!.accountingAmount}1` }, ...rest] })],
    ['a voucher is missing', 'invoice numbers and vouchers have no gap', (all) => ({ ...all, vouchers: all.vouchers.slice(1) })],
    ['a reversal was not made', 'sources are billed in full and unbilled to zero', (all) => ({ ...all, connections: all.connections.filter((one) => one.transaction1Role !== 'Reversing') })],
    ['a skipped reversal arrived', 'what is sent is staged, and nothing else', (all) => ({ ...all, actuals: all.actuals.map((actual) => ({ ...actual, skipSync: true })) })],
    ['a proforma counts what is not charged', 'proforma totals are those of their details', (all) => ({ ...all, details: all.details.map((detail) => ({ ...detail, billingType: 'CHARGEABLE' })) })],
    ['tax is not on the invoice', 'invoice totals are those of their lines, taxes and proformas', (all) => ({ ...all, taxes: all.taxes.slice(1) })],
    ['an unbilled row stays open', 'journals and project subledger agree', (all) => ({ ...all, projectTransactions: all.projectTransactions.map((row) => ({ ...row, status: 'POSTED' })) })],
    ['WIP is not released', 'WIP is what is posted and not invoiced', (all) => ({ ...all, projectPostings: all.projectPostings.filter((row) => row.postingType !== 'WIP_SALES_VALUE' || !row.accountingAmount.startsWith('-')) })],
    ['a posting is not traced', 'the ledger trace adds up to the ledger', (all) => ({ ...all, projectPostings: all.projectPostings.slice(1) })],
    ['a customer owes nothing', 'the customer subledger is the ledger\'s customer balance', (all) => ({ ...all, customerTransactions: all.customerTransactions.slice(1) })],
    ['a voucher number did not come back', 'accounting detail is written back', ({ actuals: [first, ...rest], ...all }) => ({ ...all, actuals: [{ ...first!, voucherNumber: 'none' }, ...rest] })],
  ];
  it.each(damage)('the audit finds it when %s', (_what, check, damaged) => {
    expect(audit(damaged(books))[check]).not.toEqual([]);
  });
});

import { TABLE_MAPS } from '../../src/entities/dual-write';
import { BLOCKERS } from '../../src/flow/blockers/blockers';
import { onBothEngines, type TestGateway } from '../support/engines';
import { asker, ERRORS, importRecords, Process, type AnsweredError, type Ask, type EntitySetRecords } from '../support/process';
import { discrepanciesOf } from './audit';
import { readBooks } from './books';
import { EXAMPLES, recordsOf, transactionIds, WORKED_ON, type Example } from './documented-examples';

interface AnsweredBlocker {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly nextStep: string | null;
  readonly recordIds: readonly string[];
}

/** Stage and blockers of one proforma, as somebody asks who wonders why an invoice has no lines. */
interface Standing {
  readonly stage: string;
  readonly blockers: readonly AnsweredBlocker[];
  readonly invoiceProposal: { readonly hasLines: boolean; readonly stage: string; readonly blockers: readonly AnsweredBlocker[] } | null;
}

/** One contract on a database of its own, up to its confirmed proforma; then step by step, asking why it waits. */
class WaitingInvoice {
  readonly ask: Ask;
  readonly process: Process;
  number = '';

  constructor(private readonly gateway: TestGateway) {
    this.ask = asker(gateway);
    this.process = new Process(gateway);
  }

  async confirmed(entitySets: readonly EntitySetRecords[], contractNumber = 'CON-1'): Promise<void> {
    await importRecords(this.gateway, entitySets);
    const contractId = await this.process.contractId(contractNumber);
    await this.process.markReady([contractId]);
    const [draft] = await this.process.createDrafts([contractId]);
    this.number = draft!.number;
    expect(await this.why()).toMatchObject({ stage: 'DRAFT', blockers: [{ code: 'NOT_CONFIRMED', nextStep: 'confirmProformaInvoice', count: 1 }] });
    await this.process.confirm(draft!.id);
  }

  async why(): Promise<Standing> {
    const blockers = 'blockers { code message count nextStep recordIds }';
    const { proformaInvoice } = await this.ask(`query ($number: String!) {
      proformaInvoice(number: $number) { stage ${blockers} invoiceProposal { hasLines stage ${blockers} } }
    }`, { number: this.number });
    return proformaInvoice;
  }

  /** Code and next step of everything that holds it back. */
  async waitsFor(): Promise<[stage: string, ...[code: string, nextStep: string | null][]]> {
    const { stage, blockers } = await this.why();
    return [stage, ...blockers.map(({ code, nextStep }): [string, string | null] => [code, nextStep])];
  }

  async finishes(): Promise<void> {
    await this.process.settleFinance();
    expect(await this.why()).toMatchObject({ stage: 'DONE', blockers: [], invoiceProposal: { stage: 'INVOICED', hasLines: true, blockers: [] } });
    expect(discrepanciesOf(await readBooks(this.ask))).toEqual([]);
  }
}

const TIME: Example = EXAMPLES['CON-TIME'];
const timeContract = () => recordsOf({ 'CON-1': TIME });

/** The records without those of a set that a test leaves out, and the left out ones to bring later. */
function leavingOut(entitySets: readonly EntitySetRecords[], ...names: string[]): [rest: EntitySetRecords[], left: EntitySetRecords[]] {
  return [entitySets.filter(({ name }) => !names.includes(name)), entitySets.filter(({ name }) => names.includes(name))];
}

onBothEngines('why an invoice has no lines: each step of the process is still to come', (gateway) => {
  it('tells at every step what is missing, what to call next, and goes on when it was called', async () => {
    const invoice = new WaitingInvoice(gateway());
    await invoice.confirmed(timeContract());
    expect(await invoice.waitsFor()).toEqual(['AWAITING_SYNC', ['HEADER_NOT_SYNCED', 'sync'], ['ACTUALS_NOT_SYNCED', 'sync']]);
    const [, actuals] = (await invoice.why()).blockers;
    expect(actuals).toMatchObject({ count: 1, message: '1 of 1 billed sales actuals have not arrived in the staging table.' });
    const { nodes } = await invoice.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Actual { transactionType amount } } }', { ids: actuals!.recordIds });
    expect(nodes).toEqual([{ transactionType: 'BILLED_SALES', amount: '1600' }]);

    await invoice.process.sync();
    expect(await invoice.waitsFor()).toEqual(['AWAITING_IMPORT', ['UNBILLED_NOT_IMPORTED', 'importFromStaging']]);
    expect(await invoice.process.importFromStaging()).toMatchObject({ journalLineCount: 2, invoiceProposalCount: 0, waitingProposalCount: 1 });
    const posting = await invoice.why();
    expect(posting).toMatchObject({
      stage: 'AWAITING_IMPORT',
      blockers: [{ code: 'UNBILLED_NOT_POSTED', nextStep: 'postIntegrationJournals', count: 1, recordIds: [expect.any(String)] }],
      invoiceProposal: { hasLines: false, stage: 'AWAITING_LINES' },
    });
    expect(posting.blockers[0]!.message).toBe('The unbilled sales actuals of 1 of 1 lines are in an integration journal that is not posted (USPM-000001).');
    expect(posting.invoiceProposal!.blockers).toEqual(posting.blockers);

    await invoice.process.postJournals();
    expect(await invoice.waitsFor()).toEqual(['AWAITING_IMPORT', ['LINES_NOT_IMPORTED', 'importFromStaging']]);
    await invoice.process.importFromStaging();
    expect(await invoice.waitsFor()).toEqual(['AWAITING_POSTING', ['NOT_POSTED', 'postInvoiceProposals']]);
    await invoice.process.postProposals();
    expect(await invoice.waitsFor()).toEqual(['AWAITING_WRITE_BACK', ['WRITE_BACK_PENDING', 'sync']]);
    await invoice.process.sync();
    await invoice.finishes();
  });
});

onBothEngines('why an invoice has no lines: its project is missing in finance', (gateway) => {
  it('lists the failed rows with code, sentence and column, and carries them when the project was brought and they are retried', async () => {
    const invoice = new WaitingInvoice(gateway());
    const [rest, left] = leavingOut(timeContract(), 'Projects', 'ProjectContractLines');
    // A contract line may be without project in finance; an actual of the project may not.
    const lines = left.find(({ name }) => name === 'ProjectContractLines')!.records.map((line) => ({ ...line, ProjectId: '' }));
    await invoice.confirmed([...rest, { name: 'ProjectContractLines', records: lines }]);
    expect(await invoice.process.sync()).toMatchObject({ status: 'FINISHED_WITH_ERRORS' });

    const errors = `{ syncErrors(filter: { status: { eq: OPEN } }) { nodes {
      id code message column status attempts mapName proformaNumber actual { transactionType project { number } }
    } } }`;
    const { syncErrors } = await invoice.ask(errors);
    expect(syncErrors.nodes).toHaveLength(3);
    for (const error of syncErrors.nodes) {
      expect(error).toMatchObject({ code: 'LOOKUP_NOT_FOUND', status: 'OPEN', attempts: 1, mapName: 'Project Operations integration actuals (msdyn_actuals)' });
      expect(error.message).toBe('Projects has no row with ProjectId "PRJ-1" in legal entity USPM; create it there, then retry.');
      expect(error.actual.project.number).toBe('PRJ-1');
    }
    // The header went on: one bad row does not hold the others.
    expect((await invoice.why()).invoiceProposal).toMatchObject({ hasLines: false, stage: 'AWAITING_LINES' });
    const [stage, ...blockers] = await invoice.waitsFor();
    expect(stage).toBe('AWAITING_SYNC');
    expect(blockers[0]).toEqual(['ACTUAL_SYNC_FAILED', 'retrySyncErrors']);
    expect((await invoice.why()).blockers[0]!.message).toContain('PRJ-1');

    const retry = `mutation { retrySyncErrors(input: { all: true }) { resolvedCount failedCount syncErrors { status code attempts } ${ERRORS} } }`;
    const early = (await invoice.ask(retry)).retrySyncErrors;
    expect(early).toMatchObject({ resolvedCount: 0, errors: [] });
    expect(early.failedCount).toBeGreaterThanOrEqual(3);
    expect((await invoice.ask(errors)).syncErrors.nodes.map((error: { attempts: number }) => error.attempts)).toEqual([2, 2, 2]);

    await invoice.process.importRecords(left.filter(({ name }) => name === 'Projects'));
    const mended = (await invoice.ask(retry)).retrySyncErrors;
    expect(mended).toMatchObject({ failedCount: 0, errors: [] });
    expect(mended.resolvedCount).toBeGreaterThanOrEqual(3);
    expect((await invoice.ask(errors)).syncErrors.nodes).toEqual([]);
    expect(await invoice.waitsFor()).toEqual(['AWAITING_IMPORT', ['UNBILLED_NOT_IMPORTED', 'importFromStaging']]);
    await invoice.finishes();
  });
});

onBothEngines('why an invoice has no lines: somebody gave its records up', (gateway) => {
  const maps = Object.values(TABLE_MAPS).map((name) => ({ name }));
  const operate = (invoice: WaitingInvoice, mutation: string, input: object) =>
    invoice.ask(`mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { ${ERRORS} } }`, { input });

  it('STAGE-10 names the sync of the proforma as what carries a discarded queue, and dismissed errors, when nothing else does', async () => {
    const invoice = new WaitingInvoice(gateway());
    const [rest, left] = leavingOut(timeContract(), 'Projects', 'ProjectContractLines');
    const lines = left.find(({ name }) => name === 'ProjectContractLines')!.records.map((line) => ({ ...line, ProjectId: '' }));
    await invoice.confirmed([...rest, { name: 'ProjectContractLines', records: lines }]);
    await invoice.ask(`mutation ($input: OperateTableMapsInput!) { pauseTableMaps(input: $input) { ${ERRORS} } }`, { input: { tableMaps: maps } });
    await operate(invoice, 'resumeTableMaps', { tableMaps: maps, mode: 'SKIP_TO_LIVE_DISCARDING_QUEUE' });
    expect(await invoice.process.sync()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await invoice.waitsFor()).slice(0, 2)).toEqual(['AWAITING_SYNC', ['LEFT_BEHIND', 'sync']]);
    expect((await invoice.why()).blockers[0]!.message).toMatch(/^No sync of everything carries \d+ records of the proforma any more: the queue with \d+ was discarded\. A sync that names the proforma does\.$/);

    const syncIt = () => operate(invoice, 'sync', { proformaInvoiceNumber: invoice.number });
    await syncIt();
    expect((await invoice.waitsFor())[1]).toEqual(['ACTUAL_SYNC_FAILED', 'retrySyncErrors']);
    await operate(invoice, 'dismissSyncErrors', { all: true });
    expect((await invoice.why()).blockers[0]).toMatchObject({ code: 'LEFT_BEHIND', message: expect.stringContaining('somebody dismissed the sync errors of') });
    expect((await invoice.why()).invoiceProposal!.blockers[0]!.code).toBe('LEFT_BEHIND');

    await invoice.process.importRecords(left.filter(({ name }) => name === 'Projects'));
    await syncIt();
    expect((await invoice.waitsFor()).flat()).not.toContain('LEFT_BEHIND');
    await invoice.process.settleFinance();
    expect(await invoice.waitsFor()).toEqual(['DONE']);
  });
});

onBothEngines('why an invoice has no lines: an exchange rate is missing', (gateway) => {
  const rate = { RateTypeName: 'Default', FromCurrency: 'GBP', ToCurrency: 'USD', StartDate: '2026-01-01', Rate: '1.3', ConversionFactor: 'One' };
  const addRate = (invoice: WaitingInvoice) => invoice.process.importRecords([{ name: 'ExchangeRates', records: [rate] }]);

  it('keeps time and material out of the journal and a milestone from being posted, says which rate, and goes on when it was added', async () => {
    const invoice = new WaitingInvoice(gateway());
    await invoice.confirmed(recordsOf({ 'CON-1': { ...EXAMPLES['CON-RATE'], fixedRate: undefined }, 'CON-2': { ...EXAMPLES['CON-COMPLETED'], currency: 'GBP' } }));
    await invoice.process.sync();
    expect(await invoice.process.importFromStaging()).toMatchObject({ journalLineCount: 1, errorRowCount: 1 });
    const { stagedActuals } = await invoice.ask('{ stagedActuals(filter: { importErrorCode: { isNull: false } }) { nodes { importErrorCode importError transactionType isProcessed } } }');
    expect(stagedActuals.nodes).toEqual([{
      importErrorCode: 'EXCHANGE_RATE_MISSING', transactionType: 'SALES', isProcessed: false,
      importError: expect.stringContaining(`from GBP to USD is valid on ${WORKED_ON}`),
    }]);
    const { blockers } = await invoice.why();
    expect(blockers).toMatchObject([{ code: 'UNBILLED_IMPORT_ERROR', nextStep: 'importFromStaging', count: 1 }]);
    expect(blockers[0]!.message).toContain('from GBP to USD');

    // A milestone needs no journal; without a rate it cannot be posted.
    const milestone = new WaitingInvoice(gateway());
    await milestone.confirmed([], 'CON-2');
    await milestone.process.sync();
    await milestone.process.importFromStaging();
    expect(await milestone.waitsFor()).toEqual(['AWAITING_POSTING', ['EXCHANGE_RATE_MISSING', 'importRecords']]);
    expect((await milestone.why()).blockers[0]!.message).toContain('from GBP to USD is valid on 2026-06-30');
    const { postInvoiceProposals } = await milestone.ask(`mutation ($numbers: [String!]) {
      postInvoiceProposals(input: { proposalNumbers: $numbers }) { run { status } results { customerInvoice { id } invoiceProposal { status } ${ERRORS} } ${ERRORS} }
    }`, { numbers: [milestone.number] });
    expect(postInvoiceProposals).toMatchObject({
      errors: [], run: { status: 'FINISHED_WITH_ERRORS' },
      results: [{ customerInvoice: null, invoiceProposal: { status: 'OPEN' }, errors: [{ __typename: 'ValidationError', code: 'EXCHANGE_RATE_MISSING' }] }],
    });

    await addRate(milestone);
    expect(await milestone.waitsFor()).toEqual(['AWAITING_POSTING', ['NOT_POSTED', 'postInvoiceProposals']]);
    await milestone.finishes();
    const { customerInvoices } = await milestone.ask('{ customerInvoices(orderBy: [{ field: PROPOSAL_NUMBER }]) { nodes { exchangeRate invoiceAmount accountingInvoiceAmount } } }');
    expect(customerInvoices.nodes).toEqual([
      { exchangeRate: '1.3', invoiceAmount: '1000', accountingInvoiceAmount: '1300' }, { exchangeRate: '1.3', invoiceAmount: '2000', accountingInvoiceAmount: '2600' },
    ]);
  });
});

onBothEngines('why an invoice has no lines: a fiscal period is not open', (gateway) => {
  const period = (StartDate: string, EndDate: string, PeriodStatus = 'Open') => ({ dataAreaId: 'USPM', PeriodName: StartDate, StartDate, EndDate, PeriodStatus });
  const addPeriods = (invoice: WaitingInvoice, ...records: object[]) => invoice.process.importRecords([{ name: 'FiscalPeriods', records }]);

  it('leaves journal lines of the period in error, and posts them when the period was added', async () => {
    const invoice = new WaitingInvoice(gateway());
    const periods = { name: 'FiscalPeriods', records: [period('2026-06-30', '2026-06-30', 'Closed'), period('2026-07-01', '2026-12-31')] };
    await invoice.confirmed([...timeContract(), periods]);
    await invoice.process.sync();
    await invoice.process.importFromStaging();
    const [journal] = await invoice.process.postJournals();
    expect(journal).toMatchObject({ integrationJournal: { status: 'ERROR' }, postedLineCount: 0, failedLineCount: 2 });
    const { integrationJournalLines } = await invoice.ask('{ integrationJournalLines { nodes { status postError voucherNumber } } }');
    for (const line of integrationJournalLines.nodes) {
      expect(line).toEqual({ status: 'ERROR', voucherNumber: null, postError: `PERIOD_CLOSED: The fiscal period of ${WORKED_ON} is not open in USPM.` });
    }
    const { stage, blockers } = await invoice.why();
    expect([stage, blockers[0]!.code, blockers[0]!.count]).toEqual(['AWAITING_IMPORT', 'UNBILLED_POSTING_ERROR', 1]);
    expect(blockers[0]!.message).toContain(`The fiscal period of ${WORKED_ON} is not open in USPM`);

    await addPeriods(invoice, period('2026-06-01', '2026-06-29'));
    expect(await invoice.process.postJournals()).toMatchObject([{ integrationJournal: { status: 'POSTED' }, postedLineCount: 2, failedLineCount: 0 }]);
    expect(await invoice.waitsFor()).toEqual(['AWAITING_IMPORT', ['LINES_NOT_IMPORTED', 'importFromStaging']]);
    await invoice.process.importFromStaging();

    // The invoice would be dated on the closed day of its confirmation.
    expect(await invoice.waitsFor()).toEqual(['AWAITING_POSTING', ['PERIOD_CLOSED', 'updateInvoiceProposal']]);
    expect((await invoice.why()).blockers[0]!.message).toContain('2026-06-30');
    const { postInvoiceProposals } = await invoice.ask(`mutation { postInvoiceProposals(input: { allReady: true }) { results { customerInvoice { id } ${ERRORS} } } }`);
    expect(postInvoiceProposals.results.map((result: { customerInvoice: null; errors: AnsweredError[] }) => [result.customerInvoice, result.errors[0]!.code])).toEqual([[null, 'PERIOD_CLOSED']]);
    const { updateInvoiceProposal } = await invoice.ask(`mutation ($number: String!) {
      updateInvoiceProposal(input: { proposalNumber: $number, invoiceDate: "2026-07-01" }) { invoiceProposal { invoiceDate } ${ERRORS} }
    }`, { number: invoice.number });
    expect(updateInvoiceProposal).toEqual({ invoiceProposal: { invoiceDate: '2026-07-01' }, errors: [] });
    expect(await invoice.waitsFor()).toEqual(['AWAITING_POSTING', ['NOT_POSTED', 'postInvoiceProposals']]);
    await invoice.finishes();
    const { customerInvoices } = await invoice.ask('{ customerInvoices { nodes { number invoiceDate voucher { accountingDate } } } }');
    expect(customerInvoices.nodes).toEqual([{ number: 'USPM-INV-0000001', invoiceDate: '2026-07-01', voucher: { accountingDate: '2026-07-01' } }]);
  });
});

onBothEngines('why an invoice has no lines: the connection to its unbilled sales is missing', (gateway) => {
  it('blocks while the connections are not sent, and goes on when they are', async () => {
    const invoice = new WaitingInvoice(gateway());
    await invoice.confirmed(timeContract());
    const { unbilled } = transactionIds(1, 1);
    // Everything but the connections goes over.
    const { tableMaps } = await invoice.ask('{ tableMaps { nodes { name } } }');
    const maps = tableMaps.nodes.map((map: { name: string }) => map.name).filter((name: string) => !name.includes('connections'));
    await invoice.process.sync({ maps });
    const { stage, blockers } = await invoice.why();
    expect(stage).toBe('AWAITING_SYNC');
    expect(blockers.map(({ code, nextStep, count }) => [code, nextStep, count])).toEqual([['CONNECTION_NOT_SYNCED', 'sync', 1]]);
    await invoice.process.sync();
    expect(await invoice.waitsFor()).toEqual(['AWAITING_IMPORT', ['UNBILLED_NOT_IMPORTED', 'importFromStaging']]);
    const { actual } = await invoice.ask('query ($id: ID!) { actual(id: $id) { stagedActual { connectedFrom { nodes { transaction1Role } } } } }', { id: unbilled });
    expect(actual.stagedActual.connectedFrom.nodes).toEqual([{ transaction1Role: 'Billed Sales' }]);
    await invoice.finishes();
  });

  it('names a next step that the API has, wherever it names one', async () => {
    const { __schema } = await asker(gateway())('{ __schema { mutationType { fields { name } } } }');
    const known = __schema.mutationType.fields.map((field: { name: string }) => field.name);
    expect(Object.values(BLOCKERS).map(({ nextStep }) => nextStep).filter((nextStep) => nextStep !== null && !known.includes(nextStep))).toEqual([]);
  });
});

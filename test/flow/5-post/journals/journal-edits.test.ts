import { onBothEngines } from '../../../support/engines';
import { JournalDesk, type AnsweredJournal } from '../journal-desk';

const LINES = 'integrationJournal { version } lines { salesTaxGroup itemSalesTaxGroup costSalesTaxGroup costItemSalesTaxGroup defaultDimension version }';

onBothEngines('edits of integration journal lines', (gateway) => {
  const open = async () => {
    const desk = await JournalDesk.open(gateway(), { taxRatePercent: '20' });
    const { journal } = await desk.imported({ quantity: '1', price: '100', cost: true }, { quantity: '1', price: '100' });
    const kinds = await desk.ask('query ($number: String!) { integrationJournal(number: $number) { lines { nodes { id transactionType } } } }', { number: journal.number });
    const idsOf = (type: string): string[] =>
      kinds.integrationJournal.lines.nodes.filter((line: { transactionType: string }) => line.transactionType === type).map((line: { id: string }) => line.id);
    const update = (lines: object[], input: object = {}) =>
      desk.mutate('updateIntegrationJournalLines', { journalNumber: journal.number, lines, ...input }, LINES);
    return { desk, journal, sales: idsOf('SALES'), cost: idsOf('COST'), update };
  };
  const places = (answer: { errors: readonly { __typename: string; path: string[] | null }[] }) =>
    answer.errors.map((error) => [error.__typename, error.path?.join('.')]);

  it('JOURNAL-13 changes tax groups and dimensions of several lines at once, and raises the version of journal and lines', async () => {
    const { journal, sales, cost, update } = await open();
    const lines = [
      { lineId: sales[0], itemSalesTaxGroup: null, defaultDimension: '001-Sales' },
      { lineId: cost[0], costSalesTaxGroup: 'VAT20', costItemSalesTaxGroup: 'FULL' },
    ];
    expect(await update(lines, { expectedVersion: journal.version, idempotencyKey: 'edit' })).toEqual({
      integrationJournal: { version: journal.version + 1 },
      lines: [
        { salesTaxGroup: 'VAT20', itemSalesTaxGroup: null, costSalesTaxGroup: null, costItemSalesTaxGroup: null, defaultDimension: '001-Sales', version: 2 },
        { salesTaxGroup: null, itemSalesTaxGroup: null, costSalesTaxGroup: 'VAT20', costItemSalesTaxGroup: 'FULL', defaultDimension: null, version: 2 },
      ],
      errors: [],
    });
    expect(await update(lines)).toMatchObject({ integrationJournal: { version: journal.version + 1 }, errors: [] });
    expect(await update(lines, { expectedVersion: journal.version })).toMatchObject({ errors: [{ __typename: 'ConflictError' }] });
  });

  it('JOURNAL-13 refuses every bad line with its path, and then changes none', async () => {
    const { desk, journal, sales, cost, update } = await open();
    const before = await desk.journal(journal.number);
    const answer = await update([
      { lineId: sales[0], defaultDimension: '001' },
      { lineId: sales[1], salesTaxGroup: 'NONE', itemSalesTaxGroup: 'NONE', costSalesTaxGroup: 'VAT20' },
      { lineId: cost[0], salesTaxGroup: 'VAT20', costItemSalesTaxGroup: 'NONE', defaultDimension: 'x'.repeat(251) },
      { lineId: gateway().context.ids.next(), defaultDimension: '001' },
      { lineId: sales[0], defaultDimension: '002' },
    ]);
    expect(places(answer)).toEqual([
      ['ValidationError', 'input.lines.1.salesTaxGroup'], ['ValidationError', 'input.lines.1.itemSalesTaxGroup'], ['ValidationError', 'input.lines.1.costSalesTaxGroup'],
      ['ValidationError', 'input.lines.2.salesTaxGroup'], ['ValidationError', 'input.lines.2.costItemSalesTaxGroup'], ['ValidationError', 'input.lines.2.defaultDimension'],
      ['NotFoundError', 'input.lines.3.lineId'], ['ValidationError', 'input.lines.4.lineId'],
    ]);
    expect(places(await update([]))).toEqual([['ValidationError', 'input.lines']]);
    expect(await desk.journal(journal.number)).toEqual(before);
  });

  it('ONEWAY-05 refuses each field that Dataverse owns, under its own path', async () => {
    const { sales, update } = await open();
    const answer = await update([
      { lineId: sales[0], defaultDimension: '001', quantity: '2', accountingDate: '2026-07-01' },
      { lineId: sales[1], categoryId: 'Time', linePropertyId: 'NonCharge' },
    ]);
    expect(places(answer)).toEqual([
      ['OneWayDirectionError', 'input.lines.0.accountingDate'], ['OneWayDirectionError', 'input.lines.0.quantity'],
      ['OneWayDirectionError', 'input.lines.1.categoryId'], ['OneWayDirectionError', 'input.lines.1.linePropertyId'],
    ].sort());
    expect(answer.errors[0]).toMatchObject({ code: 'ONE_WAY_DIRECTION', owner: 'Dataverse' });
    expect(answer.lines).toEqual([]);
  });

  it('JOURNAL-13 refuses posted lines and posted journals', async () => {
    const { desk, journal, sales, update } = await open();
    const status = (found: AnsweredJournal) => found.lines.nodes.map((line) => line.status);
    await desk.post(journal);
    expect(status(await desk.journal(journal.number))).toEqual(['POSTED', 'POSTED', 'POSTED']);
    expect(await update([{ lineId: sales[0], defaultDimension: '001' }])).toMatchObject({
      integrationJournal: null, errors: [{ __typename: 'StateTransitionError', from: 'POSTED', allowed: ['DRAFT', 'ERROR'], path: ['input', 'journalNumber'] }],
    });
  });

  it('JOURNAL-14 the proposal line takes the groups of the journal line that it bills, and is taxed by them', async () => {
    const { desk, journal, sales, update } = await open();
    await update([{ lineId: sales[0], itemSalesTaxGroup: null }]);
    await desk.post(journal);
    await desk.desk.world.confirmedProforma();
    await desk.desk.sync();
    await desk.import();
    const { invoiceProposalLines } = await desk.ask(`query ($project: String!) {
      invoiceProposalLines(filter: { projectId: { eq: $project } }) { nodes { journalLine { id } salesTaxGroup itemSalesTaxGroup taxAmount proposal { taxAmount blockers { code } } } }
    }`, { project: desk.desk.world.facts.projects.timeAndMaterial.number });
    const proposal = { taxAmount: '20', blockers: [{ code: 'NOT_POSTED' }] };
    const byLine = new Map(invoiceProposalLines.nodes.map((line: { journalLine: { id: string } }) => [line.journalLine.id, line]));
    expect(byLine.get(sales[0])).toMatchObject({ salesTaxGroup: 'VAT20', itemSalesTaxGroup: null, taxAmount: '0', proposal });
    expect(byLine.get(sales[1])).toMatchObject({ salesTaxGroup: 'VAT20', itemSalesTaxGroup: 'FULL', taxAmount: '20', proposal });
  });

  it('JOURNAL-17 posts under the dimensions of the line, and the invoice releases WIP under the same', async () => {
    const { desk, journal, sales, update } = await open();
    await update([{ lineId: sales[0], defaultDimension: '001-North' }, { lineId: sales[1], defaultDimension: '002-South' }]);
    await desk.post(journal);
    await desk.desk.world.confirmedProforma();
    await desk.desk.sync();
    await desk.import();
    await desk.process.postProposals({ allReady: true, legalEntityId: desk.desk.legalEntityId });
    const { vouchers } = await desk.ask(`query ($entity: String!) { vouchers(filter: { legalEntityId: { eq: $entity } }) { nodes {
      customerInvoice { number } ledgerEntries(filter: { postingType: { eq: WIP_SALES_VALUE } }) { nodes { defaultDimension amount } }
    } } }`, { entity: desk.desk.legalEntityId });
    const wip = (isInvoice: boolean) => vouchers.nodes
      .filter((voucher: { customerInvoice: object | null }) => (voucher.customerInvoice !== null) === isInvoice)
      .flatMap((voucher: { ledgerEntries: { nodes: { defaultDimension: string; amount: string }[] } }) => voucher.ledgerEntries.nodes)
      .map((entry: { defaultDimension: string; amount: string }) => `${entry.defaultDimension} ${entry.amount}`).sort();
    expect([wip(false), wip(true)]).toEqual([['001-North 100', '002-South 100'], ['001-North -100', '002-South -100']]);
  });
});

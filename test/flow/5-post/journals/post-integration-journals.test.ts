import {
  FiscalPeriod,
  FiscalPeriodStatus,
  IntegrationJournal,
  IntegrationJournalLine,
  IntegrationJournalLineStatus,
  IntegrationJournalStatus,
  LedgerEntry,
  ProjectPosting,
  ProjectTransaction,
  ProjTransStatus,
  ProjTransType,
  StagedActual,
  Voucher,
} from '../../../../src/entities/finance';
import { MAP_FLOWS, SyncLogEntry } from '../../../../src/entities/dual-write';
import {
  postIntegrationJournals,
  type PostIntegrationJournalsInput,
} from '../../../../src/flow/5-post/journals/post-integration-journals.command';
import { raw, sql, execute } from '../../../../src/stores/session';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { PostingDesk } from '../posting-desk';

function post(gateway: TestGateway, input: PostIntegrationJournalsInput, idempotencyKey?: string) {
  return postIntegrationJournals(gateway.context, input, { mutation: 'postIntegrationJournals', input, idempotencyKey });
}

onBothEngines('posting integration journals', (gateway) => {
  const open = (options: Parameters<typeof PostingDesk.open>[1] = {}) => PostingDesk.open(gateway(), options);
  const linesOf = (desk: PostingDesk, journalId: string) =>
    desk.rows(IntegrationJournalLine, sql`WHERE t."gw_projadvancedjournal" = ${journalId} ORDER BY t."LineNumber"`);

  it('POST-02 POST-03 posts 480 USD of cost and 1,000 GBP of sales under the fixed rate of 1.25 as documented', async () => {
    const desk = await open({ currency: 'GBP', fixedRate: '1.25' });
    const { journalId, stagedIds } = await desk.journal({ kind: 'cost', amount: '480' }, { kind: 'sales', amount: '1000' });

    const [result] = await post(gateway(), { journalIds: [journalId] });

    expect(result).toEqual({
      id: journalId,
      outcome: { journalId, status: IntegrationJournalStatus.POSTED, postedLineCount: 2, failedLineCount: 0, errorJournalId: null },
      refusals: [],
    });
    const [cost, sales] = await linesOf(desk, journalId);
    expect(await desk.ledger(cost!.voucherNumber!)).toEqual([
      ['540100', 'COST', 'USD', '480', '480'],
      ['600300', 'PAYROLL_ALLOCATION', 'USD', '-480', '-480'],
    ]);
    expect(await desk.ledger(sales!.voucherNumber!)).toEqual([
      ['161300', 'WIP_SALES_VALUE', 'GBP', '1000', '1250'],
      ['420200', 'ACCRUED_REVENUE_SALES_VALUE', 'GBP', '-1000', '-1250'],
    ]);
    const staged = await desk.row(StagedActual, stagedIds[1]!);
    expect([
      staged.voucherNumber,
      staged.accountingAmount?.toFixed(),
      staged.accountingExchangeRate?.toFixed(),
      staged.salesTaxAmount?.toFixed(),
    ]).toEqual([sales!.voucherNumber, '1250', '1.25', '0']);
    const transactions = await desk.rows(
      ProjectTransaction,
      sql`
      WHERE t."VoucherJournal" IN (${cost!.voucherNumber}, ${sales!.voucherNumber}) ORDER BY t."VoucherJournal"`,
    );
    expect(
      transactions.map((row) => [
        row.status,
        row.amount.toFixed(),
        row.currencyCode,
        row.accountingAmount.toFixed(),
        row.customerInvoiceId,
      ]),
    ).toEqual([
      [ProjTransStatus.POSTED, '480', 'USD', '480', null],
      [ProjTransStatus.POSTED, '1000', 'GBP', '1250', null],
    ]);
    const trace = await desk.rows(ProjectPosting, sql`WHERE t."Voucher" = ${sales!.voucherNumber} ORDER BY t."MainAccount"`);
    expect(
      trace.map((row) => [row.mainAccountId, row.amount.toFixed(), row.accountingAmount.toFixed(), row.journalLineId]),
    ).toEqual([
      ['161300', '1000', '1250', sales!.id],
      ['420200', '-1000', '-1250', sales!.id],
    ]);
    const header = await desk.row(IntegrationJournal, journalId);
    expect([header.status, header.postedOn, header.postedBy, header.version]).toEqual([
      IntegrationJournalStatus.POSTED,
      '2026-06-30T12:00:00.000Z',
      'test',
      2,
    ]);
  });

  it('POST-02 credits expenses to expense offset and items to cost of items, and a negative quantity reverses', async () => {
    const desk = await open();
    const { journalId } = await desk.journal(
      { kind: 'cost', classification: ProjTransType.COST, amount: '50' },
      { kind: 'cost', classification: ProjTransType.ITEM, amount: '75' },
      { kind: 'cost', classification: ProjTransType.HOUR, quantity: '-2', amount: '-200' },
    );
    await post(gateway(), { journalIds: [journalId] });
    const [expense, item, reversal] = await linesOf(desk, journalId);
    expect((await desk.ledger(expense!.voucherNumber!)).map(([account, , , amount]) => [account, amount])).toEqual([
      ['540100', '50'],
      ['600400', '-50'],
    ]);
    expect((await desk.ledger(item!.voucherNumber!)).map(([account, , , amount]) => [account, amount])).toEqual([
      ['540100', '75'],
      ['540200', '-75'],
    ]);
    expect((await desk.ledger(reversal!.voucherNumber!)).map(([account, , , amount]) => [account, amount])).toEqual([
      ['540100', '-200'],
      ['600300', '200'],
    ]);
  });

  it('POST-04 posts sales without accrual with a project transaction and a voucher, and no ledger entries', async () => {
    const desk = await open({ wip: false });
    const { journalId } = await desk.journal({ accrues: false });
    await post(gateway(), { journalIds: [journalId] });
    const [line] = await linesOf(desk, journalId);
    expect(line!.status).toBe(IntegrationJournalLineStatus.POSTED);
    expect(await desk.ledger(line!.voucherNumber!)).toEqual([]);
    expect(await desk.rows(ProjectTransaction, sql`WHERE t."gw_projadvancedjournalline" = ${line!.id}`)).toHaveLength(1);
    expect(await desk.rows(Voucher, sql`WHERE t."gw_id" = ${line!.voucherId}`)).toHaveLength(1);
  });

  it('POST-03 keeps yen without decimals', async () => {
    const desk = await open({ currency: 'USD', accountingCurrency: 'JPY', exchangeRate: '149.37' });
    const { journalId } = await desk.journal({ amount: '100.01' });
    await post(gateway(), { journalIds: [journalId] });
    const [line] = await linesOf(desk, journalId);
    expect(await desk.ledger(line!.voucherNumber!)).toEqual([
      ['161300', 'WIP_SALES_VALUE', 'USD', '100.01', '14938'],
      ['420200', 'ACCRUED_REVENUE_SALES_VALUE', 'USD', '-100.01', '-14938'],
    ]);
  });

  it('POST-05 POST-01 puts a line of a closed period in error, posts the rest, and leaves no gap', async () => {
    const desk = await open({ accountingCurrency: 'EUR', currency: 'EUR' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`UPDATE "FiscalPeriods" SET "PeriodStatus" = ${FiscalPeriodStatus.CLOSED}
      WHERE "dataAreaId" = ${desk.legalEntityId} AND "StartDate" = '2026-05-01'`,
      ),
    );
    const { journalId, stagedIds } = await desk.journal({}, { accountingDate: '2026-05-31' }, {});

    const [result] = await post(gateway(), { journalIds: [journalId] });

    expect(result!.outcome).toEqual({
      journalId,
      status: IntegrationJournalStatus.ERROR,
      postedLineCount: 2,
      failedLineCount: 1,
      errorJournalId: null,
    });
    const lines = await linesOf(desk, journalId);
    expect(lines.map((line) => [line.status, line.voucherNumber, line.postError])).toEqual([
      [IntegrationJournalLineStatus.POSTED, 'EUPM-PJV-0000001', null],
      [IntegrationJournalLineStatus.ERROR, null, 'PERIOD_CLOSED: The fiscal period of 2026-05-31 is not open in EUPM.'],
      [IntegrationJournalLineStatus.POSTED, 'EUPM-PJV-0000002', null],
    ]);
    expect((await desk.row(StagedActual, stagedIds[1]!)).voucherNumber).toBeNull();
    expect((await desk.row(IntegrationJournal, journalId)).postedOn).toBeNull();
  });

  it('POST-06 posting a journal in error again takes only the lines that are not posted', async () => {
    const desk = await open({ accountingCurrency: 'CHF', currency: 'CHF' });
    await gateway().database.write((work) =>
      execute(
        work,
        sql`DELETE FROM "ProjectPostingProfiles"
      WHERE "dataAreaId" = 'CHPM' AND "PostingType" = 5`,
      ),
    );
    const { journalId } = await desk.journal({ kind: 'cost', amount: '480' }, {});
    expect((await post(gateway(), { journalIds: [journalId] }))[0]!.outcome).toMatchObject({
      status: IntegrationJournalStatus.ERROR,
      failedLineCount: 1,
    });
    const [before] = await linesOf(desk, journalId);
    expect(before!.postError).toBe(
      'SETUP_MISSING: The project posting profile of CHPM has no main account for PAYROLL_ALLOCATION of HOUR of category Time.',
    );

    await gateway().database.write((work) =>
      execute(
        work,
        sql`INSERT INTO "ProjectPostingProfiles"
      ("gw_id", "dataAreaId", "PostingType", "ProjTransType", "CategoryId", "MainAccountId") VALUES ('mended', 'CHPM', 5, 0, '', '600300')`,
      ),
    );
    const [again] = await post(gateway(), { journalIds: [journalId] });

    expect(again!.outcome).toEqual({
      journalId,
      status: IntegrationJournalStatus.POSTED,
      postedLineCount: 1,
      failedLineCount: 0,
      errorJournalId: null,
    });
    const lines = await linesOf(desk, journalId);
    expect(lines.map((line) => [line.voucherNumber, line.postError])).toEqual([
      ['CHPM-PJV-0000002', null],
      ['CHPM-PJV-0000001', null],
    ]);
  });

  it('POST-06 POST-26 refuses a posted journal, one without lines, and one that does not exist', async () => {
    const desk = await open();
    const { journalId } = await desk.journal({});
    const empty = await desk.journal();
    await post(gateway(), { journalIds: [journalId] });
    const results = await post(gateway(), { journalIds: [journalId, empty.journalId, 'nowhere'] });
    expect(results.map((result) => [result.outcome, result.refusals[0]!.code])).toEqual([
      [null, 'INVALID_STATE'],
      [null, 'BLOCKED'],
      [null, 'NOT_FOUND'],
    ]);
    const places = ['0', '1', '2'].map((index) => ['input', 'journalIds', index]);
    expect(results.map((result) => result.refusals[0]!.path)).toEqual(places);
    expect(results[0]!.refusals[0]).toMatchObject({ from: 'POSTED', to: 'POSTED', allowed: ['DRAFT', 'ERROR'] });
    expect(
      await desk.rows(
        ProjectTransaction,
        sql`WHERE t."gw_projadvancedjournalline" IN
      (SELECT "gw_id" FROM "ProjAdvancedJournalLine" WHERE "gw_projadvancedjournal" = ${journalId})`,
      ),
    ).toHaveLength(1);
  });

  it('POST-06 lets one of two win that post the same journal at the same time, and doubles nothing', async () => {
    const desk = await open({ accountingCurrency: 'SEK', currency: 'SEK' });
    const { journalId } = await desk.journal({}, {}, {});
    const outcomes = (
      await Promise.all([post(gateway(), { journalIds: [journalId] }), post(gateway(), { journalIds: [journalId] })])
    ).flat();
    expect(outcomes.filter((result) => result.outcome !== null)).toHaveLength(1);
    expect(outcomes.find((result) => result.outcome === null)!.refusals[0]!.code).toBe('INVALID_STATE');
    const vouchers = await desk.rows(Voucher, sql`WHERE t."dataAreaId" = 'SEPM' ORDER BY t."SubledgerVoucher"`);
    expect(vouchers.map((voucher) => voucher.number)).toEqual(['SEPM-PJV-0000001', 'SEPM-PJV-0000002', 'SEPM-PJV-0000003']);
  });

  it('POST-01 gives journals that are posted at the same time continuous numbers', async () => {
    const desk = await open({ accountingCurrency: 'NOK', currency: 'NOK' });
    const journals = [];
    for (let index = 0; index < 4; index += 1) journals.push(await desk.journal({}, {}));
    await Promise.all(journals.map(({ journalId }) => post(gateway(), { journalIds: [journalId] })));
    const vouchers = await desk.rows(Voucher, sql`WHERE t."dataAreaId" = 'NOPM' ORDER BY t."SubledgerVoucher"`);
    expect(vouchers.map((voucher) => Number(voucher.number.slice(-7)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('POST-01 POST-07 undoes everything when the write fails after the numbers were taken, and the next posting has no gap', async () => {
    const desk = await open({ accountingCurrency: 'DKK', currency: 'DKK' });
    const { journalId, stagedIds, lineIds } = await desk.journal({}, {});
    const broken = { ...gateway().context, ids: { next: failingAfter(gateway().context.ids.next, 6) } };
    const input = { journalIds: [journalId] };
    await expect(postIntegrationJournals(broken, input, { mutation: 'postIntegrationJournals', input })).rejects.toThrow(
      'out of ids',
    );
    expect((await desk.row(StagedActual, stagedIds[0]!)).version).toBe(1);
    expect((await desk.row(IntegrationJournalLine, lineIds[0]!)).status).toBe(IntegrationJournalLineStatus.DRAFT);
    expect(await desk.rows(Voucher, sql`WHERE t."dataAreaId" = 'DKPM'`)).toEqual([]);

    await post(gateway(), input);
    const vouchers = await desk.rows(Voucher, sql`WHERE t."dataAreaId" = 'DKPM' ORDER BY t."SubledgerVoucher"`);
    expect(vouchers.map((voucher) => voucher.number)).toEqual(['DKPM-PJV-0000001', 'DKPM-PJV-0000002']);
  });

  it('POST-07 stamps the staged actuals with one change set and logs their write-back once', async () => {
    const desk = await open();
    const { journalId, stagedIds } = await desk.journal({ kind: 'cost', amount: '480' }, {});
    await post(gateway(), { journalIds: [journalId] });
    const staged = await Promise.all(stagedIds.map((id) => desk.row(StagedActual, id)));
    const [changeSetId] = staged.map((row) => row.changeSetId);
    expect(staged.map((row) => [row.version, row.changeSetId])).toEqual([
      [2, changeSetId],
      [2, changeSetId],
    ]);
    const log = await desk.rows(SyncLogEntry, sql`WHERE t."gw_changesetid" = ${changeSetId}`);
    expect(log.map((entry) => [entry.mapName, entry.direction])).toEqual([
      [MAP_FLOWS.actualsWriteBack.map, MAP_FLOWS.actualsWriteBack.direction],
    ]);
  });

  it('POST-07 logs nothing when no line was posted', async () => {
    const desk = await open();
    const before = (await desk.rows(SyncLogEntry, raw(''))).length;
    const { journalId } = await desk.journal({ accountingDate: '1999-12-31' });
    expect((await post(gateway(), { journalIds: [journalId] }))[0]!.outcome).toMatchObject({
      postedLineCount: 0,
      failedLineCount: 1,
      errorJournalId: null,
    });
    expect(await desk.rows(SyncLogEntry, raw(''))).toHaveLength(before);
  });

  it('POST-24 gives the same outcome for the same idempotency key, and refuses another input under it', async () => {
    const desk = await open({ accountingCurrency: 'AUD', currency: 'AUD' });
    const { journalId } = await desk.journal({});
    const later = await desk.journal({});
    const input = { allDraft: true, legalEntityId: 'AUPM' };
    const [first, second] = await post(gateway(), input, 'key-1');
    expect([first!.outcome!.postedLineCount, second!.outcome!.postedLineCount]).toEqual([1, 1]);
    const added = await desk.journal({});
    expect(await post(gateway(), input, 'key-1')).toEqual([first, second]);
    expect((await desk.row(IntegrationJournal, added.journalId)).status).toBe(IntegrationJournalStatus.DRAFT);
    expect([first!.id, second!.id]).toEqual([journalId, later.journalId]);
    await expect(post(gateway(), { allDraft: true }, 'key-1')).rejects.toThrow('another input');
  });

  it('POST-05 takes all journals of one legal entity that are not posted, in the order of their numbers', async () => {
    const desk = await open({ accountingCurrency: 'CAD', currency: 'CAD' });
    const first = await desk.journal({ accountingDate: '1999-12-31' });
    const second = await desk.journal({});
    const results = await post(gateway(), { allDraft: true, legalEntityId: 'CAPM' });
    expect(results.map((result) => [result.id, result.outcome!.failedLineCount])).toEqual([
      [first.journalId, 1],
      [second.journalId, 0],
    ]);
    expect((await post(gateway(), { allDraft: true, legalEntityId: 'CAPM' })).map((result) => result.id)).toEqual([
      first.journalId,
    ]);
    await expect(post(gateway(), {})).rejects.toThrow('or allDraft');
  });

  it('POST-01 posts a journal of more lines than a chunk', async () => {
    const desk = await open({ accountingCurrency: 'PLN', currency: 'PLN' });
    const { journalId } = await desk.journal(...Array.from({ length: 1_101 }, () => ({ kind: 'cost' as const, amount: '1' })));
    const [result] = await post(gateway(), { journalIds: [journalId] });
    expect(result!.outcome).toMatchObject({ postedLineCount: 1_101, failedLineCount: 0 });
    const lines = await linesOf(desk, journalId);
    expect(lines.map((line) => Number(line.voucherNumber!.slice(-7)))).toEqual(lines.map((_, index) => index + 1));
    expect(await desk.rows(LedgerEntry, sql`WHERE t."dataAreaId" = 'PLPM'`)).toHaveLength(2_202);
    expect(await desk.rows(FiscalPeriod, sql`WHERE t."dataAreaId" = 'PLPM'`)).not.toHaveLength(0);
  });
});

/** An id maker that breaks after some ids: a fault in the middle of a posting. */
function failingAfter(next: () => string, count: number): () => string {
  let given = 0;
  return () => {
    given += 1;
    if (given > count) throw new Error('out of ids');
    return next();
  };
}

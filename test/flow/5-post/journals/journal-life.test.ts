import { TransactionClassification } from '../../../../src/entities/dataverse';
import { FiscalPeriodStatus } from '../../../../src/entities/finance';
import { sql } from '../../../../src/stores/session';
import { onBothEngines } from '../../../support/engines';
import { JournalDesk, type AnsweredJournal } from '../journal-desk';

const { OPEN, ON_HOLD, CLOSED } = FiscalPeriodStatus;
const statuses = (journal: AnsweredJournal) => journal.lines.nodes.map((line) => line.status);

onBothEngines('closed fiscal periods', (gateway) => {
  it('JOURNAL-02 posts on the first day of the next open period, at the rate of the own date, and keeps that date', async () => {
    const desk = await JournalDesk.open(gateway(), { currency: 'GBP', accountingCurrency: 'UAH', exchangeRate: '1.25' });
    await desk.desk.change(sql`INSERT INTO "ExchangeRates" ("gw_id", "RateTypeName", "FromCurrency", "ToCurrency", "StartDate", "Rate")
      VALUES ('july', 'Default', 'GBP', 'UAH', '2026-07-01', '9')`);
    await desk.switchOn('MoveToNextOpenPeriod');
    const { journal } = await desk.imported({ date: '2026-05-20' }, { date: '2026-07-02' });
    await desk.periods(CLOSED, '2026-05-01');
    await desk.periods(ON_HOLD, '2026-06-01');

    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'POSTED' }, postedLineCount: 2, failedLineCount: 0 });
    expect((await desk.journal(journal.number)).lines.nodes).toMatchObject([
      { accountingDate: '2026-07-01', originalAccountingDate: '2026-05-20', exchangeRate: '1.25', accountingAmount: '2000', voucher: { accountingDate: '2026-07-01' } },
      { accountingDate: '2026-07-02', originalAccountingDate: null, exchangeRate: '9', voucher: { accountingDate: '2026-07-02' } },
    ]);
    const { projectPostings } = await desk.ask(`query ($contract: String!) { projectPostings(filter: { contractId: { eq: $contract } }) { nodes { accountingDate } } }`,
      { contract: desk.desk.world.facts.contractNumber });
    expect(projectPostings.nodes.map((row: { accountingDate: string }) => row.accountingDate).sort())
      .toEqual(['2026-07-01', '2026-07-01', '2026-07-02', '2026-07-02']);
  });

  it('JOURNAL-02 is an error of the line where the parameters do not move it, or no later period is open', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ date: '2026-05-20' });
    await desk.periods(CLOSED, '2026-05-01');
    const code = `PERIOD_CLOSED: The fiscal period of 2026-05-20 is not open in ${desk.desk.legalEntityId}`;
    expect(await desk.post(journal)).toMatchObject({ failedLineCount: 1 });
    expect((await desk.journal(journal.number)).lines.nodes).toMatchObject([{ status: 'ERROR', postError: `${code}.`, accountingDate: '2026-05-20' }]);

    await desk.switchOn('MoveToNextOpenPeriod');
    await desk.desk.changeSetup('FiscalPeriods', sql`"PeriodStatus" = ${CLOSED}`, sql`"StartDate" > '2026-05-01'`);
    await desk.post(journal);
    expect((await desk.journal(journal.number)).lines.nodes).toMatchObject([{ postError: `${code}, and no later one is.` }]);

    await desk.periods(OPEN, '2027-01-01');
    expect(await desk.post(journal)).toMatchObject({ postedLineCount: 1 });
    expect((await desk.journal(journal.number)).lines.nodes).toMatchObject([
      { status: 'POSTED', postError: null, accountingDate: '2027-01-01', originalAccountingDate: '2026-05-20' },
    ]);
  });

  it('JOURNAL-02 does not move a date that no fiscal period covers', async () => {
    const desk = await JournalDesk.open(gateway());
    await desk.switchOn('MoveToNextOpenPeriod');
    const { journal } = await desk.imported({ date: '2026-05-20' });
    await desk.desk.change(sql`DELETE FROM "FiscalPeriods" WHERE "dataAreaId" = ${desk.desk.legalEntityId} AND "StartDate" = '2026-05-01'`);
    expect(await desk.post(journal)).toMatchObject({ failedLineCount: 1 });
  });
});

onBothEngines('lines that cannot be posted', (gateway) => {
  /** Three sales lines of which the one of May fails. */
  const withOneFailure = async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal, ids } = await desk.imported({ date: '2026-06-10' }, { date: '2026-05-20' }, { date: '2026-06-11' });
    await desk.periods(CLOSED, '2026-05-01');
    return { desk, journal, ids };
  };

  it('JOURNAL-05 moves them to a new journal in Error that names its original, and posts the original', async () => {
    const { desk, journal } = await withOneFailure();
    await desk.switchOn('MoveErrorLinesToNewJournal');
    const number = `${desk.desk.legalEntityId}-000002`;
    expect(await desk.post(journal)).toMatchObject({
      integrationJournal: { status: 'POSTED' }, postedLineCount: 2, failedLineCount: 1, errorJournal: { number },
    });
    const posted = await desk.journal(journal.number);
    expect([statuses(posted), posted.errorJournals.nodes]).toEqual([['POSTED', 'POSTED'], [{ number }]]);
    const moved = await desk.journal(number);
    expect(moved).toMatchObject({ status: 'ERROR', originalNumber: journal.number, originalJournal: { number: journal.number }, postedBy: null });
    expect(moved.lines.nodes).toMatchObject([{ lineNumber: 2, status: 'ERROR', postError: expect.stringContaining('PERIOD_CLOSED') }]);

    await desk.periods(OPEN, '2026-05-01');
    expect(await desk.post(moved)).toMatchObject({ integrationJournal: { status: 'POSTED' }, postedLineCount: 1, errorJournal: null });
    expect(await desk.import()).toBe(0);
  });

  it('JOURNAL-05 leaves them where they are when the parameters say nothing, and when no line could be posted', async () => {
    const { desk, journal } = await withOneFailure();
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'ERROR' }, errorJournal: null });
    const other = await JournalDesk.open(gateway());
    await other.switchOn('MoveErrorLinesToNewJournal');
    const { journal: failing } = await other.imported({ date: '2026-05-20' });
    await other.periods(CLOSED, '2026-05-01');
    expect(await other.post(failing)).toMatchObject({ integrationJournal: { status: 'ERROR' }, errorJournal: null });
    expect(await other.journals()).toHaveLength(1);
  });

  it('JOURNAL-03 a line without its actual in Dataverse is of invalid actuals, and posts after a reset once the actual is there', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal, ids: [orphan] } = await desk.imported({}, {});
    const point = (from: string, to: string) => desk.desk.change(sql`UPDATE "ProjAdvancedJournalLine" SET "gw_actualid" = ${to} WHERE "gw_actualid" = ${from}`);
    const gone = gateway().context.ids.next();
    await point(orphan!.unbilledId, gone);
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'ERROR' }, postedLineCount: 1, failedLineCount: 1 });
    const invalid = (await desk.journal(journal.number)).lines.nodes.find((line) => line.actualId === gone)!;
    expect([invalid.status, invalid.postError])
      .toEqual(['INVALID_ACTUALS', `NOT_FOUND: Dataverse has no actual ${gone}: its staged row is an orphan.`]);

    await point(gone, orphan!.unbilledId);
    expect(await desk.post(journal)).toMatchObject({ postedLineCount: 0, failedLineCount: 0, integrationJournal: { status: 'ERROR' } });
    expect(await desk.mutate('resetIntegrationJournal', { journalNumber: journal.number }, 'resetLineCount')).toEqual({ resetLineCount: 1, errors: [] });
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'POSTED' }, postedLineCount: 1 });
  });

  it('JOURNAL-03 a line whose staged connection leads elsewhere in Dataverse is of invalid actuals, and its cost is posted', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal, ids: [sale, other] } = await desk.imported({ cost: true }, { cost: true });
    const ownConnection = sql`"msdyn_transactionconnectionid" IN (
      SELECT "ConnectionId" FROM "ProjCDSTransactionRelationshipImport" WHERE "Transaction1Id" = ${sale!.unbilledId})`;
    const swap = (from: string, to: string) => desk.desk.change(sql`UPDATE "msdyn_transactionconnection" SET "msdyn_transaction1" = ${to}
      WHERE ${ownConnection} AND "msdyn_transaction1" = ${from}`);
    await swap(sale!.unbilledId, other!.unbilledId);
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'ERROR' }, postedLineCount: 3, failedLineCount: 1 });
    const invalid = (await desk.journal(journal.number)).lines.nodes.find((line) => line.actualId === sale!.unbilledId)!;
    expect([invalid.status, invalid.postError]).toEqual(['INVALID_ACTUALS',
      expect.stringMatching(/^NOT_FOUND: Dataverse holds otherwise the staged connection \S+ from Unbilled Sales to Cost: the connection is broken\.$/)]);
    await swap(other!.unbilledId, sale!.unbilledId);
    expect(await desk.mutate('resetIntegrationJournal', { journalNumber: journal.number }, 'resetLineCount')).toEqual({ resetLineCount: 1, errors: [] });
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'POSTED' }, postedLineCount: 1 });
  });

  it('JOURNAL-04 a cost of a fee is unrecoverable: posting and reset leave it, deleting does not', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ classification: TransactionClassification.FEE, cost: true });
    expect(await desk.post(journal)).toMatchObject({ postedLineCount: 1, failedLineCount: 1 });
    await desk.mutate('resetIntegrationJournal', { journalNumber: journal.number });
    const { lines } = await desk.journal(journal.number);
    const unrecoverable = lines.nodes.find((line) => line.status === 'UNRECOVERABLE')!;
    expect(unrecoverable.postError).toBe('INVALID_INPUT: Finance has no posting for COST of REVENUE in an integration journal.');
    expect(await desk.post(journal)).toMatchObject({ postedLineCount: 0, failedLineCount: 0 });

    const deleted = await desk.mutate('deleteIntegrationJournalLines', { journalNumber: journal.number, lineIds: [unrecoverable.id] },
      'integrationJournal { status postedBy } deletedLineCount stagedActuals { isProcessed }');
    expect(deleted).toEqual({
      integrationJournal: { status: 'POSTED', postedBy: 'test' }, deletedLineCount: 1, stagedActuals: [{ isProcessed: false }], errors: [],
    });
  });
});

onBothEngines('reset and deletion', (gateway) => {
  it('JOURNAL-06 puts journal and lines back to draft, says who and when, and leaves posted lines posted', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ date: '2026-06-10' }, { date: '2026-05-20' });
    await desk.periods(CLOSED, '2026-05-01');
    await desk.post(journal);
    const failed = await desk.journal(journal.number);
    const reset = (input: object) => desk.mutate('resetIntegrationJournal', { journalNumber: journal.number, ...input }, 'resetLineCount integrationJournal { status }');
    expect(await reset({ expectedVersion: failed.version - 1 })).toMatchObject({
      integrationJournal: null, errors: [{ __typename: 'ConflictError', expectedVersion: failed.version - 1, actualVersion: failed.version }],
    });
    expect(await reset({ expectedVersion: failed.version })).toEqual({ resetLineCount: 1, integrationJournal: { status: 'DRAFT' }, errors: [] });
    const draft = await desk.journal(journal.number);
    expect(draft).toMatchObject({ resetOn: '2026-06-30T12:00:00.000Z', resetBy: 'test', version: failed.version + 1 });
    expect([statuses(draft).sort(), draft.lines.nodes.map((line) => line.postError)]).toEqual([['DRAFT', 'POSTED'], [null, null]]);
    expect(await reset({})).toMatchObject({
      errors: [{ __typename: 'StateTransitionError', code: 'INVALID_STATE', from: 'DRAFT', allowed: ['PROCESSING', 'ERROR'], path: ['input', 'journalNumber'] }],
    });

    await desk.periods(OPEN, '2026-05-01');
    expect(await desk.post(journal)).toMatchObject({ integrationJournal: { status: 'POSTED' }, postedLineCount: 1 });
    expect(await reset({})).toMatchObject({ errors: [{ from: 'POSTED' }] });
    expect(await desk.mutate('resetIntegrationJournal', { journalNumber: 'NONE' })).toMatchObject({ errors: [{ code: 'NOT_FOUND' }] });
  });

  it('JOURNAL-06 a reset that races a posting changes nothing that is posted', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ date: '2026-05-20' }, {}, {});
    await desk.periods(CLOSED, '2026-05-01');
    await desk.post(journal);
    await desk.periods(OPEN, '2026-05-01');
    await Promise.all([desk.post(journal), desk.mutate('resetIntegrationJournal', { journalNumber: journal.number }), desk.post(journal)]);
    await desk.post(journal);
    expect([(await desk.journal(journal.number)).status, statuses(await desk.journal(journal.number))]).toEqual(['POSTED', ['POSTED', 'POSTED', 'POSTED']]);
    const { vouchers } = await desk.ask('query ($entity: String!) { vouchers(filter: { legalEntityId: { eq: $entity } }) { totalCount } }', { entity: desk.desk.legalEntityId });
    expect(vouchers.totalCount).toBe(3);
  });

  it('JOURNAL-07 deleted draft lines come back with the next import, once', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({}, {}, {});
    const lineIds = journal.lines.nodes.slice(0, 2).map((line) => line.id);
    const input = { journalNumber: journal.number, lineIds, idempotencyKey: 'delete' };
    const first = await desk.mutate('deleteIntegrationJournalLines', input, 'deletedLineCount integrationJournal { version lines { totalCount } }');
    expect(first).toEqual({ deletedLineCount: 2, integrationJournal: { version: 2, lines: { totalCount: 1 } }, errors: [] });
    expect(await desk.mutate('deleteIntegrationJournalLines', input, 'deletedLineCount integrationJournal { version lines { totalCount } }')).toEqual(first);
    const imported = await Promise.all([desk.import(), desk.import()]);
    expect(imported.reduce<number>((total, count) => total + count!, 0)).toBe(2);
    const actualIds = (await desk.journals()).flatMap((found) => found.lines.nodes.map((line) => line.actualId));
    expect(actualIds.sort()).toEqual(journal.lines.nodes.map((line) => line.actualId).sort());
  });

  it('JOURNAL-07 a journal whose lines were all deleted is nothing to post among all that are not posted, and by name says so', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({});
    await desk.mutate('deleteIntegrationJournalLines', { journalNumber: journal.number, lineIds: journal.lines.nodes.map((line) => line.id) });
    const post = async (input: object) => (await desk.mutate('postIntegrationJournals', input, 'results { errors { code } }')).results;
    expect(await post({ allDraft: true, legalEntityId: journal.number.slice(0, 4) })).toEqual([]);
    expect(await post({ journalIds: [journal.id] })).toEqual([{ errors: [{ code: 'BLOCKED' }] }]);
  });

  it('JOURNAL-07 a whole draft journal is deleted, and all of it comes back; one with posted lines is refused', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ date: '2026-06-10' }, { date: '2026-05-20' });
    const remove = (id: string) => desk.mutate('deleteIntegrationJournal', { journalId: id }, 'deletedIntegrationJournalId deletedLineCount');
    expect(await remove(journal.id)).toEqual({ deletedIntegrationJournalId: journal.id, deletedLineCount: 2, errors: [] });
    expect(await remove(journal.id)).toMatchObject({ deletedIntegrationJournalId: null, errors: [{ code: 'NOT_FOUND' }] });
    expect(await desk.import()).toBe(2);
    const [again] = await desk.journals();
    await desk.periods(CLOSED, '2026-05-01');
    await desk.post(again!);
    expect(await remove(again!.id)).toMatchObject({ errors: [{ code: 'INVALID_STATE', path: ['input', 'journalId'] }] });
    await desk.periods(OPEN, '2026-05-01');
    await desk.post(again!);
    expect(await remove(again!.id)).toMatchObject({ errors: [{ __typename: 'StateTransitionError', from: 'POSTED' }] });
  });

  it('JOURNAL-07 refuses, line by line and changing nothing: posted, unknown, of another journal, named twice, none', async () => {
    const desk = await JournalDesk.open(gateway());
    const { journal } = await desk.imported({ date: '2026-06-10' }, { date: '2026-05-20' });
    const { journal: other } = await desk.imported({ date: '2026-06-12' });
    await desk.periods(CLOSED, '2026-05-01');
    await desk.post(journal);
    const failed = await desk.journal(journal.number);
    const [posted, error] = ['POSTED', 'ERROR'].map((status) => failed.lines.nodes.find((line) => line.status === status)!.id);
    const unknown = gateway().context.ids.next();
    const lineIds = [error!, posted!, unknown, other.lines.nodes[0]!.id, error!];
    const { errors } = await desk.mutate('deleteIntegrationJournalLines', { journalNumber: journal.number, lineIds });
    expect(errors.map((found) => [found.__typename, found.path?.join('.')])).toEqual([
      ['StateTransitionError', 'input.lineIds.1'], ['NotFoundError', 'input.lineIds.2'], ['NotFoundError', 'input.lineIds.3'], ['ValidationError', 'input.lineIds.4'],
    ]);
    expect(await desk.mutate('deleteIntegrationJournalLines', { journalNumber: journal.number, lineIds: [] })).toMatchObject({ errors: [{ code: 'INVALID_INPUT' }] });
    expect(await desk.journal(journal.number)).toEqual(failed);
    expect(await desk.import()).toBe(0);
  });
});

import { JournalGrouping } from '../../../src/entities/finance';
import { journalPeriodOf } from '../../../src/flow/4-import/journal-period.rules';
import { sql } from '../../../src/stores/session';
import { ask } from '../../support/api';
import { onBothEngines, type TestGateway } from '../../support/engines';
import { ImportDesk } from './import-desk';

const DATES = ['2026-05-31', '2026-06-10', '2026-02-01', '2026-06-10', '2026-06-11', '2025-12-31'];

/** A journal as the API shows it: its first day, and the accounting dates of its lines. */
async function journalsOf(gateway: TestGateway, desk: ImportDesk): Promise<[string | null, string[]][]> {
  const { integrationJournals } = await ask(gateway, `query ($entity: String!) {
    integrationJournals(filter: { legalEntityId: { eq: $entity } }) { nodes { periodStartDate lines { nodes { accountingDate } } } }
  }`, { entity: desk.legalEntityId });
  return integrationJournals.nodes.map((journal: { periodStartDate: string | null; lines: { nodes: { accountingDate: string }[] } }) => [
    journal.periodStartDate, journal.lines.nodes.map((line) => line.accountingDate).sort(),
  ]);
}

/** A legal entity with one line per date of DATES to import. */
async function deskWith(gateway: TestGateway, grouping: JournalGrouping, linesPerJournal = 200): Promise<ImportDesk> {
  const desk = await ImportDesk.open(gateway);
  await desk.changeSetup('ProjectParameters', sql`"JournalGrouping" = ${grouping}, "MaxLinesPerJournal" = ${linesPerJournal}`);
  await desk.world.unbilledMany(DATES.length, (index) => ({ date: DATES[index]!, cost: false }));
  await desk.sync();
  return desk;
}

describe('the period of a journal', () => {
  it.each([
    [JournalGrouping.DAYS, '2028-02-29', { start: '2028-02-29', end: '2028-02-29' }],
    [JournalGrouping.MONTHS, '2028-02-29', { start: '2028-02-01', end: '2028-02-29' }],
    [JournalGrouping.MONTHS, '2026-12-31', { start: '2026-12-01', end: '2026-12-31' }],
    [JournalGrouping.YEARS, '2026-06-10', { start: '2026-01-01', end: '2026-12-31' }],
    [JournalGrouping.ALL, '2026-06-10', null],
  ])('JOURNAL-01 with grouping %s the date %s belongs to %j', (grouping, date, period) => {
    expect(journalPeriodOf(date, grouping)).toEqual(period);
  });
});

onBothEngines('integration journals grouped by accounting date', (gateway) => {
  it('JOURNAL-01 groups by day, month or year, the earliest first', async () => {
    expect(await journalsOf(gateway(), await imported(JournalGrouping.DAYS))).toEqual([
      ['2025-12-31', ['2025-12-31']], ['2026-02-01', ['2026-02-01']], ['2026-05-31', ['2026-05-31']],
      ['2026-06-10', ['2026-06-10', '2026-06-10']], ['2026-06-11', ['2026-06-11']],
    ]);
    expect(await journalsOf(gateway(), await imported(JournalGrouping.MONTHS))).toEqual([
      ['2025-12-01', ['2025-12-31']], ['2026-02-01', ['2026-02-01']], ['2026-05-01', ['2026-05-31']],
      ['2026-06-01', ['2026-06-10', '2026-06-10', '2026-06-11']],
    ]);
    expect(await journalsOf(gateway(), await imported(JournalGrouping.YEARS))).toEqual([
      ['2025-01-01', ['2025-12-31']], ['2026-01-01', [...DATES].sort().slice(1)],
    ]);
    expect(await journalsOf(gateway(), await imported(JournalGrouping.ALL))).toEqual([[null, [...DATES].sort()]]);

    async function imported(grouping: JournalGrouping): Promise<ImportDesk> {
      const desk = await deskWith(gateway(), grouping);
      expect(await desk.import()).toMatchObject({ journalLineCount: DATES.length });
      return desk;
    }
  });

  it('JOURNAL-01 splits a period at the line limit, and imports at the same time double nothing', async () => {
    const desk = await deskWith(gateway(), JournalGrouping.MONTHS, 2);
    const made = await Promise.all([desk.import(), desk.import(), desk.import()]);
    expect(made.reduce((total, outcome) => total + outcome.journalLineCount, 0)).toBe(DATES.length);
    expect(await desk.import()).toMatchObject({ journalLineCount: 0, journalIds: [] });
    const lines = await desk.journalLines();
    expect(new Set(lines.map((line) => line.stagedActualId)).size).toBe(DATES.length);
    for (const [start, dates] of await journalsOf(gateway(), desk)) {
      expect(dates.length).toBeLessThanOrEqual(2);
      expect(dates.map((date) => date.slice(0, 7))).toEqual(dates.map(() => start!.slice(0, 7)));
    }
  });

  it('JOURNAL-01 goes on behind rows of a period that cannot be taken up', async () => {
    const desk = await deskWith(gateway(), JournalGrouping.DAYS);
    await desk.change(sql`UPDATE "ProjCDSActualsImport" SET "ProjectId" = 'NONE'
      WHERE "dataAreaId" = ${desk.legalEntityId} AND "AccountingDate" = '2026-02-01'`);
    expect(await desk.import()).toMatchObject({ journalLineCount: DATES.length - 1, rowsWithErrorsCount: 1 });
    expect((await desk.journals()).map((journal) => journal.periodStartDate)).not.toContain('2026-02-01');
  });
});

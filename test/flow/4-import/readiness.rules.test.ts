import fc from 'fast-check';
import { isCounted, lineBlockersOf, type LineReadiness } from '../../../src/flow/4-import/readiness.rules';
import { BLOCKERS, type BlockerCode } from '../../../src/flow/blockers/blockers';
import type { ReadinessCode } from '../../../src/stores/finance/staging-readiness.store';

const ready: LineReadiness = { documentId: 'proposal', expectedCount: 3, stagedCount: 3, issues: [], checksumMatches: true, problems: [] };
const issue = (code: ReadinessCode, count = 1) => ({ code, count, recordIds: Array.from({ length: count }, (_, index) => `${code}-${index}`), details: [] });
const codesOf = (readiness: LineReadiness) => lineBlockersOf(readiness).map((blocker) => blocker.code);

const CODES: ReadinessCode[] = [
  'ACTUALS_NOT_SYNCED', 'ACTUAL_SYNC_FAILED', 'UNBILLED_NOT_SYNCED', 'CONNECTION_MISSING', 'CONNECTION_NOT_SYNCED', 'CONNECTION_SYNC_FAILED', 'MILESTONE_NOT_SYNCED',
  'MILESTONE_NOT_IMPORTED', 'UNBILLED_NOT_IMPORTED', 'UNBILLED_IMPORT_ERROR', 'UNBILLED_NOT_POSTED', 'UNBILLED_POSTING_ERROR', 'ORIGINAL_NOT_INVOICED',
];

const readinesses = fc.record<LineReadiness>({
  documentId: fc.constant('proposal'),
  expectedCount: fc.integer({ min: 0, max: 20 }),
  stagedCount: fc.integer({ min: 0, max: 20 }),
  issues: fc.uniqueArray(fc.record({ code: fc.constantFrom(...CODES), count: fc.integer({ min: 1, max: 30 }) }), { selector: ({ code }) => code })
    .map((found) => found.map(({ code, count }) => issue(code, count))),
  checksumMatches: fc.constantFrom(true, false, null),
  problems: fc.array(fc.record({
    code: fc.constant('SETUP_MISSING' as const), message: fc.constantFrom('No category.', 'No project.'), count: fc.integer({ min: 1, max: 5 }),
    recordIds: fc.constant(['actual']),
  }), { maxLength: 3 }),
});

describe('readiness of a proposal\'s lines', () => {
  it('IMPORT-09 nothing holds back what is staged, summed and posted', () => {
    expect(lineBlockersOf(ready)).toEqual([]);
    expect(lineBlockersOf({ ...ready, expectedCount: 0, stagedCount: 0 })).toEqual([]);
  });

  it('IMPORT-09 each wait of a line holds the whole proposal back', () => {
    for (const code of CODES) expect(codesOf({ ...ready, issues: [issue(code)] })).toEqual([code]);
  });

  it('IMPORT-08 counts what neither side can explain as not arrived', () => {
    const blockers = lineBlockersOf({ ...ready, expectedCount: 10, stagedCount: 4, issues: [issue('ACTUALS_NOT_SYNCED', 2), issue('ACTUAL_SYNC_FAILED', 1)] });
    expect(blockers.map((found) => [found.code, found.count])).toEqual([['ACTUALS_NOT_SYNCED', 5], ['ACTUAL_SYNC_FAILED', 1]]);
    expect(blockers[0]!.recordIds).toEqual(['ACTUALS_NOT_SYNCED-0', 'ACTUALS_NOT_SYNCED-1']);
    expect(codesOf({ ...ready, stagedCount: 2 })).toEqual(['ACTUALS_NOT_SYNCED']);
  });

  it('IMPORT-08 refuses more rows than expected, and other rows than summed', () => {
    expect(codesOf({ ...ready, stagedCount: 4, checksumMatches: null })).toEqual(['CHECKSUM_MISMATCH']);
    expect(codesOf({ ...ready, checksumMatches: false })).toEqual(['CHECKSUM_MISMATCH']);
  });

  it('IMPORT-08 IMPORT-09 is ready exactly when counts agree, nothing waits, the checksum matches and nothing is missing', () => {
    fc.assert(fc.property(readinesses, (readiness) => {
      const isReady = isCounted(readiness) && readiness.checksumMatches !== false && readiness.problems.length === 0;
      expect(lineBlockersOf(readiness).length === 0).toBe(isReady);
    }));
  });

  it('STAGE-07 tells each code once, in the order of the process, with at most ten records', () => {
    const order = Object.keys(BLOCKERS) as BlockerCode[];
    fc.assert(fc.property(readinesses, (readiness) => {
      const blockers = lineBlockersOf(readiness);
      const places = blockers.map((found) => order.indexOf(found.code));
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      for (const found of blockers) {
        expect(found.recordIds.length).toBeLessThanOrEqual(10);
        expect(found.count).toBeGreaterThan(0);
        expect(found.message).toMatch(/\.$/);
      }
    }));
  });
});

import { Decimal } from 'decimal.js';
import type { Ask } from '../../support/process';
import { groupBy } from '../../../src/kernel/group-by';
import { sumOf } from '../books';

/** What may hold a record back while work goes on; everything else would be an amount that nothing in the process accounts for. */
const CAUSES_OF_WORK = new Set([
  'NOT_SYNCED', 'SYNC_ERROR', 'WAITING_FOR_RECORD', 'DOCUMENT_INCOMPLETE', 'UNBILLED_NOT_POSTED', 'CREDITED_NOT_POSTED', 'PREVALIDATION_WAITING', 'IMPORT_NOT_RUN',
  'IMPORT_ERROR', 'JOURNAL_NOT_POSTED', 'JOURNAL_LINE_ERROR', 'PROPOSAL_NOT_POSTED', 'NOT_WRITTEN_BACK',
]);

interface Missing {
  readonly flow: string;
  readonly stage: string;
  readonly currencyCode: string;
  readonly missingCount: number | null;
  readonly missingAmount: string | null;
}

interface CauseSum extends Missing {
  readonly cause: string;
  readonly count: number;
  readonly missingCount: number;
  readonly missingAmount: string;
}

/**
 * What both sides' comparison does not account for, as sentences: a cause that no work explains, records that do not add up to what
 * their stage misses, and, when everything has gone to its end, whatever is still out of step.
 */
export async function unreconciled(ask: Ask, isAtEnd: boolean): Promise<string[]> {
  const { reconciliation } = await ask(`{ reconciliation { overall { flow stage currencyCode missingCount missingAmount }
    outOfStep(first: 10) { nodes { flow stage cause message amount record { __typename id } } sums { flow stage currencyCode cause count missingCount missingAmount } } } }`);
  const told = reconciliation.outOfStep.sums as readonly CauseSum[];
  const missing = reconciliation.overall as readonly Missing[];
  const unexplained = told.filter((sum) => isAtEnd || !CAUSES_OF_WORK.has(sum.cause)).map((sum) => `out of step: ${JSON.stringify(sum)}`);
  const byStage = groupBy(told, (sum) => `${sum.flow} ${sum.stage} ${sum.currencyCode}`);
  const differing = missing.flatMap(({ flow, stage, currencyCode, missingCount, missingAmount }) => {
    const key = `${flow} ${stage} ${currencyCode}`;
    const rows = byStage.get(key) ?? [];
    const is = `${rows.reduce((total, row) => total + row.missingCount, 0)} rows, ${sumOf(rows, (row) => row.missingAmount).toFixed()}`;
    const was = `${missingCount ?? 0} rows, ${new Decimal(missingAmount ?? 0).toFixed()}`;
    return is === was ? [] : [`${key} misses ${was}; the records out of step make that ${is}`];
  });
  const sentences = [...unexplained, ...differing];
  return sentences.length === 0 ? [] : [...sentences, `The first of them: ${JSON.stringify(reconciliation.outOfStep.nodes)}`];
}

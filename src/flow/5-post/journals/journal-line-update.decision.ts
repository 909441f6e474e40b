import { IntegrationJournalLineStatus, ProjCdsTransType, type IntegrationJournal, type IntegrationJournalLine } from '../../../entities/finance';
import { invalid, notFound, wrongStateTo, type Refusal } from '../../../kernel/refusal';
import { statesAllowing } from '../../../kernel/state-table';
import type { FinanceSetup } from '../../../stores/finance/setup.store';
import { INTEGRATION_JOURNAL_LINE_STATES } from './integration-journal.states';
import { DEFAULT_DIMENSION_LENGTH_MAX } from '../default-dimension.limits';

/** What finance may change of a journal line (domain facts 6.1). Undefined leaves a value; null or an empty text clears it. */
export interface JournalLineChange {
  readonly lineId: string;
  readonly salesTaxGroup?: string | null;
  readonly itemSalesTaxGroup?: string | null;
  readonly costSalesTaxGroup?: string | null;
  readonly costItemSalesTaxGroup?: string | null;
  readonly defaultDimension?: string | null;
}

const EDITABLE = ['salesTaxGroup', 'itemSalesTaxGroup', 'costSalesTaxGroup', 'costItemSalesTaxGroup', 'defaultDimension'] as const;
type Editable = (typeof EDITABLE)[number];

export type UpdatedLine = Pick<IntegrationJournalLine, 'id' | 'version' | Editable>;

export interface JournalLineUpdates {
  /** Lines that really change, each with every editable value. */
  readonly rows: readonly UpdatedLine[];
  readonly refusals: readonly Refusal[];
}

/** Decides an edit of lines of one journal: all of it, or the refusals of every line with their paths. */
export function decideJournalLineUpdates(
  journal: IntegrationJournal, changes: readonly JournalLineChange[], found: ReadonlyMap<string, IntegrationJournalLine>, setup: FinanceSetup,
): JournalLineUpdates {
  const rows: UpdatedLine[] = [];
  const refusals: Refusal[] = [];
  changes.forEach((change, index) => {
    const path = ['input', 'lines', String(index)];
    const line = found.get(change.lineId);
    if (line?.journalId !== journal.id) {
      refusals.push(notFound(`line in integration journal ${journal.number}`, change.lineId, [...path, 'lineId']));
    } else {
      const refused = refusalsOfLine(line, change, setup, path);
      refusals.push(...refused);
      if (refused.length === 0) rows.push(...changedRow(line, change));
    }
  });
  return { rows, refusals };
}

/** The given values; an empty text stands for none, as in finance. */
function valuesOf(change: JournalLineChange): Partial<Record<Editable, string | null>> {
  const given = EDITABLE.filter((field) => change[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, change[field] || null]));
}

function changedRow(line: IntegrationJournalLine, change: JournalLineChange): UpdatedLine[] {
  const { id, version, salesTaxGroup, itemSalesTaxGroup, costSalesTaxGroup, costItemSalesTaxGroup, defaultDimension } = line;
  const before = { salesTaxGroup, itemSalesTaxGroup, costSalesTaxGroup, costItemSalesTaxGroup, defaultDimension };
  const after = { ...before, ...valuesOf(change) };
  return EDITABLE.some((field) => before[field] !== after[field]) ? [{ id, version: version + 1, ...after }] : [];
}

function refusalsOfLine(line: IntegrationJournalLine, change: JournalLineChange, setup: FinanceSetup, path: string[]): Refusal[] {
  const { lineNumber, legalEntityId, status, transactionType } = line;
  if (INTEGRATION_JOURNAL_LINE_STATES[status].edit === undefined) {
    const allowed = statesAllowing(INTEGRATION_JOURNAL_LINE_STATES, 'edit').map((state) => IntegrationJournalLineStatus[Number(state)]!);
    const what = `Line ${lineNumber}`;
    return [wrongStateTo({ what, from: IntegrationJournalLineStatus[status], done: 'edited', allowed, path: [...path, 'lineId'] })];
  }
  const values = valuesOf(change);
  const isSales = transactionType === ProjCdsTransType.SALES;
  const refusals: Refusal[] = [];
  const refuseField = (field: Editable, message: string): void => {
    refusals.push(invalid('INVALID_INPUT', message, [...path, field]));
  };
  for (const field of ['salesTaxGroup', 'itemSalesTaxGroup', 'costSalesTaxGroup', 'costItemSalesTaxGroup'] as const) {
    const group = values[field];
    const isOfSales = field === 'salesTaxGroup' || field === 'itemSalesTaxGroup';
    if (!group) continue;
    if (isOfSales !== isSales) {
      refuseField(field, `Line ${lineNumber} is a ${isSales ? 'sales' : 'cost'} line: it has no tax groups of the ${isOfSales ? 'billing' : 'cost'} side.`);
    } else if ((field === 'salesTaxGroup' || field === 'costSalesTaxGroup') && !setup.hasSalesTaxGroup(legalEntityId, group)) {
      refuseField(field, `Sales tax group ${group} does not exist in legal entity ${legalEntityId}.`);
    } else if ((field === 'itemSalesTaxGroup' || field === 'costItemSalesTaxGroup') && !setup.hasItemSalesTaxGroup(legalEntityId, group)) {
      refuseField(field, `Item sales tax group ${group} does not exist in legal entity ${legalEntityId}.`);
    }
  }
  if ((values.defaultDimension?.length ?? 0) > DEFAULT_DIMENSION_LENGTH_MAX) {
    refuseField('defaultDimension', `A default dimension has at most ${DEFAULT_DIMENSION_LENGTH_MAX} characters.`);
  }
  return refusals;
}

import { fromStored, type TableFacts } from '../../../../src/entities/columns';
import { SyncDirection, type MapFlow } from '../../../../src/entities/dual-write';
import type { PreparedMap } from '../../../../src/flow/3-sync/run/prepare-table-map';
import { Decimal } from '../../../../src/kernel/decimal';
import { readTableMaps } from '../../../../src/stores/dual-write/table-map.store';
import { name, query, sql, type Session } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import type { TestGateway } from '../../../support/engines';
import { prepareTableMap } from '../stored-maps';

export interface AnsweredField {
  readonly column: string;
  readonly sourceColumns: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly changes: boolean;
  readonly kept: boolean;
}

export interface AnsweredRecord {
  readonly mapName: string;
  readonly direction: 'DATAVERSE_TO_FINANCE' | 'FINANCE_TO_DATAVERSE';
  readonly recordId: string;
  readonly integrationKey: string;
  readonly outcome: 'CREATE' | 'CHANGE' | 'SKIP' | 'WAIT' | 'REFUSE';
  readonly code: string | null;
  readonly message: string | null;
  readonly column: string | null;
  readonly waitsFor: string | null;
  readonly fields: readonly AnsweredField[];
}

export interface AnsweredFlow {
  readonly mapName: string;
  readonly direction: AnsweredRecord['direction'];
  readonly status: string;
  readonly failureCode: string | null;
  readonly failure: string | null;
  readonly counts: {
    readonly create: number; readonly change: number; readonly skip: number; readonly wait: number; readonly refuse: number;
    readonly codes: readonly { readonly code: string; readonly count: number }[]; readonly isComplete: boolean;
  };
}

const PREVIEW = `query ($maps: [String!], $directions: [SyncDirection!], $includePaused: Boolean, $initialSync: Boolean, $proformaInvoiceNumber: String,
  $recordId: ID, $first: Int, $after: String, $outcomes: [PreviewOutcome!]) {
  previewSync(maps: $maps, directions: $directions, includePaused: $includePaused, initialSync: $initialSync,
    proformaInvoiceNumber: $proformaInvoiceNumber, recordId: $recordId) {
    flows { mapName direction status failureCode failure counts { create change skip wait refuse codes { code count } isComplete } }
    records(first: $first, after: $after, outcomes: $outcomes) {
      nodes { mapName direction recordId integrationKey recordVersion outcome code message column waitsFor
        fields { column sourceColumns from to changes kept } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** A preview by the API, all of its pages. */
export async function preview(gateway: TestGateway, scope: object = {}, first = 200): Promise<{ flows: AnsweredFlow[]; records: AnsweredRecord[] }> {
  const records: AnsweredRecord[] = [];
  for (let after: string | null = null; ;) {
    const { previewSync } = await ask(gateway, PREVIEW, { ...scope, first, after });
    records.push(...previewSync.records.nodes);
    if (!previewSync.records.pageInfo.hasNextPage) return { flows: previewSync.flows, records };
    after = previewSync.records.pageInfo.endCursor;
  }
}

export const flowOf = ({ mapName, direction }: Pick<AnsweredRecord, 'mapName' | 'direction'>): MapFlow => ({ map: mapName, direction: SyncDirection[direction] });

export async function preparedMap(session: Session, flow: MapFlow): Promise<PreparedMap> {
  const all = await readTableMaps(session);
  return prepareTableMap(all.find((map) => map.name === flow.map)!, flow.direction, all);
}

/** The rows of a table as text by a key: decimals exact, without trailing zeros. */
export async function rowsAsText(session: Session, table: TableFacts, keyColumn: string): Promise<Map<string, Record<string, string | null>>> {
  const rows = await query<Record<string, unknown>>(session, sql`SELECT * FROM ${name(table.table)}`);
  return new Map(rows.map((row) => [String(row[keyColumn]), Object.fromEntries(Object.entries(row).map(([column, raw]) => {
    const value = fromStored(table.column(column)!, raw);
    return [column, value === null ? null : value instanceof Decimal ? value.toFixed() : String(value)];
  }))]));
}

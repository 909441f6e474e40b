/** The kinds of records, each with a part of its GUIDs of its own. */
export const GUID_KINDS = {
  company: '1001', currency: '1002', organizationalUnit: '1003', role: '1004', category: '1005', unit: '1006', product: '1007',
  account: '2001', resource: '2002', project: '2003', task: '2004', contract: '2005', contractLine: '2006', contractCustomer: '2007',
  milestone: '2008', timeEntry: '3001', journalLine: '3002', actual: '3003', connection: '3004', origin: '3005', invoice: '4001',
  invoiceLine: '4002', lineDetail: '4003',
} as const;

export type GuidKind = keyof typeof GUID_KINDS;

/** The space of the records that every folder shares: companies, currencies, categories. */
export const SHARED_SPACE = 0;

/**
 * GUIDs that ascend in the order in which records are made. Folders of different spaces share no GUID, so several can be loaded
 * into one database.
 */
export class Guids {
  private readonly counters = new Map<GuidKind, number>();

  constructor(private readonly space: number) {}

  next(kind: GuidKind): string {
    const counter = (this.counters.get(kind) ?? 0) + 1;
    this.counters.set(kind, counter);
    const node = this.space.toString(16).padStart(6, '0');
    return `${counter.toString(16).padStart(8, '0')}-${GUID_KINDS[kind]}-f011-8c4d-000d3a${node}`;
  }
}

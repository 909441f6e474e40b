import { executeReturning, execute, sql, type UnitOfWork } from './session';

/** The number sequences of the gateway; each exists per legal entity, but for the proformas of the one Dataverse environment. */
export const NUMBER_SEQUENCES = {
  proformaInvoice: { prefix: 'PI', digits: 7 },
  integrationJournal: { prefix: '', digits: 6 },
  projectVoucher: { prefix: 'PJV', digits: 7 },
  customerInvoice: { prefix: 'INV', digits: 7 },
  invoiceVoucher: { prefix: 'PIV', digits: 7 },
} as const;

export type NumberSequenceName = keyof typeof NUMBER_SEQUENCES;

/**
 * Takes `count` continuous numbers of a sequence inside the caller's unit of work: when that fails, the numbers were never
 * taken, so there is no gap. `scope` is a legal entity's id, or `DV` for Dataverse.
 */
export async function takeNumbers(work: UnitOfWork, scope: string, sequence: NumberSequenceName, count: number): Promise<string[]> {
  const code = `${scope}/${sequence}`;
  await execute(work, sql`INSERT INTO "NumberSequenceTable" ("NumberSequence", "NextRec") VALUES (${code}, 1) ON CONFLICT DO NOTHING`);
  const [row] = await executeReturning<{ next: string | number }>(work, sql`UPDATE "NumberSequenceTable"
    SET "NextRec" = "NextRec" + ${count} WHERE "NumberSequence" = ${code} RETURNING "NextRec" AS next`);
  const first = Number(row!.next) - count;
  const { prefix, digits } = NUMBER_SEQUENCES[sequence];
  const head = [scope === 'DV' ? '' : scope, prefix].filter(Boolean).join('-');
  return Array.from({ length: count }, (_, index) => `${head}-${String(first + index).padStart(digits, '0')}`);
}

export async function takeNumber(work: UnitOfWork, scope: string, sequence: NumberSequenceName): Promise<string> {
  return (await takeNumbers(work, scope, sequence, 1))[0]!;
}

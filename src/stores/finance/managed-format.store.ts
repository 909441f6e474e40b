import { LegalEntity, ManagedInvoiceFormat } from '../../entities/finance';
import { insertRows, selectRows, updateRows } from '../bulk';
import { forUpdate, sql, type Session, type UnitOfWork } from '../session';

export async function hasLegalEntity(session: Session, legalEntityId: string): Promise<boolean> {
  return (await selectRows(session, LegalEntity, sql`WHERE t."LegalEntityId" = ${legalEntityId}`)).length > 0;
}

export async function managedInvoiceFormat(session: Session, legalEntityId: string, formatId: string): Promise<ManagedInvoiceFormat | null> {
  const [format] = await selectRows(session, ManagedInvoiceFormat, sql`WHERE t."dataAreaId" = ${legalEntityId} AND t."FormatId" = ${formatId}`);
  return format ?? null;
}

/** Locks a managed format until the unit of work ends; null when there is none. */
export async function lockManagedFormat(work: UnitOfWork, legalEntityId: string, formatId: string): Promise<ManagedInvoiceFormat | null> {
  const [format] = await selectRows(work, ManagedInvoiceFormat, sql`
    WHERE t."dataAreaId" = ${legalEntityId} AND t."FormatId" = ${formatId}${forUpdate(work)}`);
  return format ?? null;
}

/** Stores a new format; false when somebody made one of the same id first. */
export async function insertManagedFormat(work: UnitOfWork, format: ManagedInvoiceFormat): Promise<boolean> {
  return (await insertRows(work, ManagedInvoiceFormat, [format], { ifAbsent: true })) === 1;
}

/** Changes a locked format. */
export async function updateManagedFormat(work: UnitOfWork, format: ManagedInvoiceFormat): Promise<void> {
  await updateRows(work, ManagedInvoiceFormat, [format]);
}

import {
  RECORD_TYPES,
  type Actual,
  type ProformaInvoiceLineDetail,
  type TransactionConnection,
  type TransactionOrigin,
} from '../../entities/dataverse';
import type { NewRow } from './draft/draft.decision';

interface Making {
  readonly changeSetId: string;
  readonly newId: () => string;
}

type End = Pick<Actual, 'id' | 'skipSync'> & { readonly role: string };

/** Between two actuals; finance hears of it when both of them are sent. */
export function connection({ newId, changeSetId }: Making, one: End, other: End): NewRow<TransactionConnection> {
  return {
    id: newId(),
    name: null,
    transaction1Id: one.id,
    transaction1Role: one.role,
    transaction1Type: RECORD_TYPES.actual,
    transaction2Id: other.id,
    transaction2Role: other.role,
    transaction2Type: RECORD_TYPES.actual,
    changeSetId: one.skipSync || other.skipSync ? null : changeSetId,
  };
}

interface OriginDocument {
  readonly originId: string;
  readonly originType: string;
}

export function invoiceDocuments(detail: ProformaInvoiceLineDetail): OriginDocument[] {
  return [
    { originId: detail.proformaInvoiceId, originType: RECORD_TYPES.invoice },
    { originId: detail.lineId, originType: RECORD_TYPES.invoiceLine },
    { originId: detail.id, originType: RECORD_TYPES.invoiceLineDetail },
  ];
}

const INVOICE_TYPES: readonly string[] = [RECORD_TYPES.invoice, RECORD_TYPES.invoiceLine, RECORD_TYPES.invoiceLineDetail];

/** Invoice, line and detail that a billed actual came from. */
export function invoicesBehind(billedOrigins: readonly TransactionOrigin[]): OriginDocument[] {
  return billedOrigins.filter(({ originType }) => INVOICE_TYPES.includes(originType));
}

/** Time entry, journal line and what else the unbilled actual came from; not the invoices of its past. */
export function workBehind(sourceOrigins: readonly TransactionOrigin[]): OriginDocument[] {
  return sourceOrigins.filter(({ originType }) => !INVOICE_TYPES.includes(originType));
}

export function origins(
  { newId }: Pick<Making, 'newId'>,
  actualId: string,
  documents: readonly OriginDocument[],
): NewRow<TransactionOrigin>[] {
  return documents.map(({ originId, originType }) => ({
    id: newId(),
    originId,
    originType,
    transactionId: actualId,
    transactionType: RECORD_TYPES.actual,
    changeSetId: null,
  }));
}

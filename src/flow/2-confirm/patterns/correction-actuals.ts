import {
  AdjustmentStatus,
  BillingStatus,
  CONNECTION_ROLES,
  TransactionType,
  type Actual,
  type ProformaInvoiceLineDetail,
  type TransactionConnection,
  type TransactionOrigin,
} from '../../../entities/dataverse';
import type { NewRow } from '../../1-bill/draft/draft.decision';
import { connection, invoiceDocuments, invoicesBehind, origins, workBehind } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, CorrectedActual, DetailDecision } from '../detail-decision';
import { amountBaseOf, bornAtConfirmation } from '../new-actuals';

/** A new actual with its connections and origins. */
export interface CorrectionRows {
  readonly actual: Actual;
  readonly connections: readonly NewRow<TransactionConnection>[];
  readonly origins: readonly NewRow<TransactionOrigin>[];
}

/**
 * The reversal of a billed actual: what the customer was billed is taken back whole, at its own quantity, price and tax. It is
 * sent, because finance reverses receivable and revenue by it, and comes from the invoice that it reverses (domain facts 1.7).
 */
export function billedReversalOf(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  { billed, billedOrigins }: CorrectedActual,
): CorrectionRows {
  const actual: Actual = {
    ...billed,
    ...bornAtConfirmation(confirmation, detail),
    id: confirmation.newId(),
    changeSetId: confirmation.changeSetId,
    adjustmentStatus: AdjustmentStatus.UNADJUSTABLE,
    skipSync: false,
    quantity: billed.quantity.neg(),
    amount: billed.amount.neg(),
    tax: billed.tax.neg(),
    amountBase: billed.amountBase?.neg() ?? null,
  };
  return {
    actual,
    connections: [
      connection(confirmation, { ...actual, role: CONNECTION_ROLES.reversing }, { ...billed, role: CONNECTION_ROLES.original }),
    ],
    origins: origins(confirmation, actual.id, [...invoicesBehind(billedOrigins), ...workBehind(billedOrigins)]),
  };
}

/** Figures of an unbilled actual. */
export type Figures = Pick<Actual, 'quantity' | 'price' | 'amount' | 'tax'>;

/**
 * An unbilled actual in place of what a billed one had billed, with the figures given. It is sent, so that its WIP goes through an
 * integration journal. One that the correction bills at once is invoiced already; any other is open in the backlog, on no invoice.
 */
export function replacementOf(
  confirmation: ConfirmationFacts,
  detail: ProformaInvoiceLineDetail,
  { billed, billedOrigins }: CorrectedActual,
  figures: Figures & { readonly isOpen: boolean },
): CorrectionRows {
  const { isOpen, ...own } = figures;
  const actual: Actual = {
    ...billed,
    ...bornAtConfirmation(confirmation, detail),
    ...(isOpen && { billingStatus: BillingStatus.UNBILLED_SALES_CREATED, proformaInvoiceId: null }),
    ...own,
    id: confirmation.newId(),
    changeSetId: confirmation.changeSetId,
    transactionType: TransactionType.UNBILLED_SALES,
    skipSync: false,
    amountBase: amountBaseOf(billed, own.amount),
  };
  return {
    actual,
    connections: [
      connection(confirmation, { ...actual, role: CONNECTION_ROLES.replacing }, { ...billed, role: CONNECTION_ROLES.original }),
    ],
    origins: origins(confirmation, actual.id, [...invoicesBehind(billedOrigins), ...invoiceDocuments(detail), ...workBehind(billedOrigins)]),
  };
}

/** The decision of a correction: its new actuals, and the billed actual that they replace. */
export function correctionOf(
  { billed }: CorrectedActual,
  rows: readonly CorrectionRows[],
  creditedMilestoneId: string | null = null,
): DetailDecision {
  return {
    actuals: rows.map(({ actual }) => actual),
    connections: rows.flatMap(({ connections }) => connections),
    origins: rows.flatMap((row) => row.origins),
    invoicedActualId: null,
    adjustedActualIds: [billed.id],
    invoicedMilestoneId: null,
    creditedMilestoneId,
  };
}

import { CONNECTION_ROLES, type Actual, type ProformaInvoiceLineDetail, type TransactionOrigin } from '../../../entities/dataverse';
import { connection, invoiceDocuments, origins, workBehind } from '../../1-bill/connections-and-origins';
import type { ConfirmationFacts, DetailDecision } from '../detail-decision';
import { billedActualOf, reversalOf, unbilledActualOf } from '../new-actuals';

/** The rows of a decision, without what becomes of the existing ones. */
export type NewRows = Pick<DetailDecision, 'actuals' | 'connections' | 'origins'>;

/**
 * Figures that no unbilled actual stands for yet, billed: a new unbilled actual, its reversal, and the billed actual (domain facts
 * 6.8, A2 to A4). The unbilled one is sent, so that finance has WIP for the billed one to release; finance releases it itself, so
 * the reversal is not sent. `figures` is the detail, or a share of it.
 */
export function billAnew(
  confirmation: ConfirmationFacts,
  figures: ProformaInvoiceLineDetail,
  source: Actual | null,
  sourceOrigins: readonly TransactionOrigin[],
): NewRows & { readonly unbilled: Actual } {
  const unbilled = unbilledActualOf(confirmation, figures, source);
  const reversal = reversalOf(confirmation, figures, unbilled);
  const billed = billedActualOf(confirmation, figures, source);
  const work = workBehind(sourceOrigins);
  const documents = [...invoiceDocuments(figures), ...work];
  return {
    unbilled,
    actuals: [unbilled, reversal, billed],
    connections: [
      connection(confirmation, { ...reversal, role: CONNECTION_ROLES.reversing }, { ...unbilled, role: CONNECTION_ROLES.original }),
      connection(
        confirmation,
        { ...billed, role: CONNECTION_ROLES.billedSales },
        { ...unbilled, role: CONNECTION_ROLES.unbilledSales },
      ),
    ],
    origins: [
      ...origins(confirmation, unbilled.id, documents),
      ...origins(confirmation, reversal.id, work),
      ...origins(confirmation, billed.id, documents),
    ],
  };
}

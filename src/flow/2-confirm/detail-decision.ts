import type {
  Actual,
  BillingMethod,
  Milestone,
  ProformaInvoiceLineDetail,
  TransactionConnection,
  TransactionOrigin,
} from '../../entities/dataverse';
import type { Refusal } from '../../kernel/refusal';
import type { NewRow } from '../1-bill/draft/draft.decision';

/** What is the same for every detail of a proforma. */
export interface ConfirmationFacts {
  readonly proformaInvoiceId: string;
  /** Stamped on every new actual. */
  readonly accountingDate: string;
  readonly confirmedOn: string;
  /** The change set of what goes to finance. */
  readonly changeSetId: string;
  /** The contract's; a milestone has none of its own. */
  readonly contractingUnitId: string | null;
  /** Decimals of the proforma's currency, to which the amounts of split quantities are rounded. */
  readonly currencyDecimals: number;
  /** How each line of the proforma is billed. */
  readonly billingMethods: ReadonlyMap<string, BillingMethod>;
  /** Whether even the reversal of an original that becomes Adjusted is skipped by the sync: `FlowSettings`. */
  readonly skipReversalsOfAdjusted: boolean;
  readonly newId: () => string;
}

/** A detail with what it bills. */
export interface DetailFacts {
  readonly detail: ProformaInvoiceLineDetail;
  /** The unbilled actual; null on milestones and where none was found. */
  readonly source: Actual | null;
  readonly sourceOrigins: readonly TransactionOrigin[];
  readonly milestone: Milestone | null;
  /** Of a correction: the billed actual that it corrects; null otherwise, and where none was found. */
  readonly corrected: CorrectedActual | null;
}

/** A billed actual that is corrected. */
export interface CorrectedActual {
  readonly billed: Actual;
  readonly billedOrigins: readonly TransactionOrigin[];
  /** Whether it bills an unbilled actual: milestones and manual fixed-price details do not. */
  readonly billsUnbilled: boolean;
}

/** What confirming a detail adds and moves on. */
export interface DetailDecision {
  readonly actuals: readonly Actual[];
  readonly connections: readonly NewRow<TransactionConnection>[];
  readonly origins: readonly NewRow<TransactionOrigin>[];
  /** The unbilled actual that becomes Customer Invoice Posted. */
  readonly invoicedActualId: string | null;
  /** Actuals that later ones replace: their adjustment status becomes Adjusted, if they have none yet. */
  readonly adjustedActualIds: readonly string[];
  /** The milestone that becomes Customer invoice posted. */
  readonly invoicedMilestoneId: string | null;
  /** The milestone that a full credit makes ready to be invoiced again. */
  readonly creditedMilestoneId: string | null;
}

/** One pattern of domain facts 6.8. */
export type DecideDetail = (confirmation: ConfirmationFacts, facts: DetailFacts) => DetailDecision | Refusal;

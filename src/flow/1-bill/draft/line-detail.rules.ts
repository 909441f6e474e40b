import {
  BillingMethod,
  ProductType,
  RetainerUse,
  type ProformaInvoiceLine,
  type ProformaInvoiceLineDetail,
  type ProjectContractLine,
} from '../../../entities/dataverse';
import type { NamedList } from '../../named-list';
import { DETAILS_MAX } from './line-detail.limits';

/** What a line detail of a draft can be, as far as its editing goes (domain facts 1.3). */
export type DetailKind =
  | 'transaction'
  | 'manual'
  | 'fixedPrice'
  | 'product'
  | 'correction'
  | 'fixedPriceCorrection'
  | 'appliedRetainer'
  | 'newAdvance';

/** Fields of a detail that an edit can name. */
export type DetailField = 'quantity' | 'price' | 'tax' | 'billingType' | 'description' | 'externalDescription' | 'classification';

const DESCRIPTIONS = ['description', 'externalDescription'] as const;

/**
 * The fields that can be edited on each kind of detail, on a draft (domain facts 1.3; where its sources differ, the newer one).
 * The transaction class is in none of them.
 */
export const EDITABLE_FIELDS: Readonly<Record<DetailKind, readonly DetailField[]>> = {
  transaction: ['quantity', 'price', 'tax', 'billingType', ...DESCRIPTIONS],
  manual: ['quantity', 'price', 'tax', 'billingType', ...DESCRIPTIONS],
  fixedPrice: ['price', 'tax', 'billingType', ...DESCRIPTIONS],
  product: ['tax'],
  correction: ['quantity', 'price', 'tax', ...DESCRIPTIONS],
  fixedPriceCorrection: [],
  appliedRetainer: [],
  newAdvance: [],
};

/** The kinds as messages name them. */
export const KIND_NAMES: Readonly<Record<DetailKind, string>> = {
  transaction: 'a transaction',
  manual: 'a manual entry',
  fixedPrice: 'a milestone',
  product: 'a product',
  correction: 'a correction',
  fixedPriceCorrection: 'a correction on a fixed-price line, which is credited in full',
  appliedRetainer: 'an applied retainer',
  newAdvance: 'a new advance',
};

/** What a detail's kind depends on besides the detail. */
export interface DetailLine {
  readonly billingMethod: BillingMethod;
  readonly productType: ProductType;
}

type KindFacts = Pick<
  ProformaInvoiceLineDetail,
  'isCorrection' | 'retainerId' | 'retainerUse' | 'milestoneId' | 'unbilledActualId'
>;

export function kindOf(detail: KindFacts, { billingMethod, productType }: DetailLine): DetailKind {
  if (detail.isCorrection) {
    const isFixedPrice = detail.milestoneId !== null || billingMethod === BillingMethod.FIXED_PRICE;
    return isFixedPrice ? 'fixedPriceCorrection' : 'correction';
  }
  if (detail.retainerId !== null) return detail.retainerUse === RetainerUse.INVOICE ? 'newAdvance' : 'appliedRetainer';
  if (productType !== ProductType.PROJECT_BASED_SERVICE) return 'product';
  if (detail.milestoneId !== null) return 'fixedPrice';
  return detail.unbilledActualId === null ? 'manual' : 'transaction';
}

/** The lines of a proforma with what its details' kinds depend on, by line id. */
export function detailLinesOf(
  lines: readonly Pick<ProformaInvoiceLine, 'id' | 'contractLineId' | 'billingMethod'>[],
  contractLines: readonly Pick<ProjectContractLine, 'id' | 'productType'>[],
): Map<string, DetailLine> {
  const productTypes = new Map(contractLines.map(({ id, productType }) => [id, productType]));
  return new Map(
    lines.map(({ id, contractLineId, billingMethod }) => [
      id,
      { billingMethod, productType: productTypes.get(contractLineId) ?? ProductType.PROJECT_BASED_SERVICE },
    ]),
  );
}

/** A list of line details that an input names. */
export function namedDetails(pathOf: NamedList['pathOf']): NamedList {
  return { noun: ['line detail', 'line details'], max: DETAILS_MAX, pathOf };
}

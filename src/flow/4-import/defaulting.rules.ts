import {
  CostPosting, NoYes, ProjBillingType, ProjCdsTransType, ProjContractBillingMethod, ProjTaxGroupMethod, ProjTaxItemGroupMethod, ProjTransType, ProjType,
  type CostAndRevenueProfile, type FinanceProject, type FinanceProjectContractLine, type LineProperty, type ProjectParameters,
} from '../../entities/finance';
import { unreachable } from '../../kernel/refusal';
import type { FinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';

/** Why finance cannot take a row up: a code and a sentence for the accountant. */
export interface ImportProblem {
  readonly code: 'SETUP_MISSING' | 'EXCHANGE_RATE_MISSING' | 'AMOUNT_OUT_OF_RANGE';
  readonly message: string;
}

/** Sales tax groups of the three places that can have one. */
export interface SalesTaxGroups {
  readonly project: string | null;
  readonly contract: string | null;
  readonly customer: string | null;
}

/** The billing sales tax group (domain facts 7.3): from one place, or for *Search* the first of project, contract and customer. */
export function salesTaxGroupOf(method: ProjTaxGroupMethod, groups: SalesTaxGroups): string | null {
  switch (method) {
    case ProjTaxGroupMethod.PROJECT: return groups.project || null;
    case ProjTaxGroupMethod.INVOICE_PROJECT: return groups.contract || null;
    case ProjTaxGroupMethod.ACCOUNT_RECEIVABLE: return groups.customer || null;
    case ProjTaxGroupMethod.SEARCH: return groups.project || groups.contract || groups.customer || null;
    default: return unreachable(method);
  }
}

/** Item sales tax groups of the places that can have one; `product` is undefined for a transaction without a product number. */
export interface ItemSalesTaxGroups {
  readonly category: string | null;
  readonly product?: string | null | undefined;
  readonly milestone: string | null;
}

/**
 * The billing item sales tax group (domain facts 7.3): time, expense and fee take their category's; material that of the released
 * product or the category's, by the method, and the category's when it was written in without a product; on-account rows the parameter's.
 */
export function itemSalesTaxGroupOf(classification: ProjTransType, method: ProjTaxItemGroupMethod, groups: ItemSalesTaxGroups): string | null {
  if (classification === ProjTransType.ON_ACCOUNT || classification === ProjTransType.NONE) return groups.milestone || null;
  return (isTaxedByProduct(classification, method) && groups.product !== undefined ? groups.product : groups.category) || null;
}

function isTaxedByProduct(classification: ProjTransType, method: ProjTaxItemGroupMethod): boolean {
  return classification === ProjTransType.ITEM && method === ProjTaxItemGroupMethod.ITEM_NUMBER;
}

/** The places that can name a cost and revenue profile, the most specific first. */
export interface ProfileIds {
  readonly project: string | null;
  readonly projectGroup: string | null;
  readonly contract: string | null;
  readonly standard: string;
}

/** The cost and revenue profile that rules a transaction: the project's, its group's, its contract's, else the legal entity's default. */
export function profileIdOf({ project, projectGroup, contract, standard }: ProfileIds): string {
  return project || projectGroup || contract || standard;
}

/** The same, looked up for a project and a contract. */
export function profileIdFor(
  { legalEntityId, projectId, contractId }: Pick<DefaultingSubject, 'legalEntityId' | 'projectId' | 'contractId'>,
  setup: FinanceSetup, masters: FinanceMasters | null,
): string {
  const project = projectId === null ? undefined : masters?.project(legalEntityId, projectId);
  const group = project?.projectGroup ? setup.projectGroup(legalEntityId, project.projectGroup) : undefined;
  return profileIdOf({
    project: project?.costAndRevenueProfileId ?? null,
    projectGroup: group?.costAndRevenueProfileId ?? null,
    contract: masters?.contract(legalEntityId, contractId)?.costAndRevenueProfileId ?? null,
    standard: setup.parameters(legalEntityId)?.defaultCostAndRevenueProfileId ?? '',
  });
}

/** Where a profile posts the cost of a transaction; fees have none, so nothing of theirs stands in the way of profit and loss. */
export function costPostingOf(
  classification: ProjTransType, profile: Pick<CostAndRevenueProfile, 'postCostsHour' | 'postCostsExpense' | 'postCostsItem'>,
): CostPosting {
  switch (classification) {
    case ProjTransType.HOUR: return profile.postCostsHour;
    case ProjTransType.COST: return profile.postCostsExpense;
    case ProjTransType.ITEM: return profile.postCostsItem;
    default: return CostPosting.PROFIT_AND_LOSS;
  }
}

/** Whether a transaction is billed by time and material: its contract line says so, else its project's type, else it is. */
export function isTimeAndMaterial(
  contractLine: Pick<FinanceProjectContractLine, 'billingMethod'> | undefined, project: Pick<FinanceProject, 'projectType'> | undefined,
): boolean {
  if (contractLine) return contractLine.billingMethod === ProjContractBillingMethod.TIME_MATERIAL;
  return project?.projectType !== ProjType.FIXED_PRICE;
}

/**
 * Whether posting a journal line accrues revenue (Dr WIP – sales value, Cr Accrued revenue; domain facts 7.2): sales by time and material
 * that will be invoiced, where line property and profile accrue and the cost goes to profit and loss.
 */
export function accruesRevenue(facts: {
  readonly transactionType: ProjCdsTransType;
  readonly isTimeAndMaterial: boolean;
  readonly lineProperty: Pick<LineProperty, 'toBeAccrued' | 'toBeInvoiced'>;
  readonly profile: Pick<CostAndRevenueProfile, 'accrueRevenue'>;
  readonly costPosting: CostPosting;
}): boolean {
  const { lineProperty, profile, costPosting } = facts;
  return facts.transactionType === ProjCdsTransType.SALES && facts.isTimeAndMaterial
    && lineProperty.toBeInvoiced === NoYes.YES && lineProperty.toBeAccrued === NoYes.YES
    && profile.accrueRevenue === NoYes.YES && costPosting === CostPosting.PROFIT_AND_LOSS;
}

/** What defaulting needs to know of a staged actual or milestone. */
export interface DefaultingSubject {
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly contractLineId: string | null;
  readonly projectId: string | null;
  readonly categoryId: string | null;
  readonly customerAccount: string | null;
  readonly productNumber: string | null;
  readonly classification: ProjTransType;
  readonly billingType: ProjBillingType;
}

export interface Defaults {
  readonly lineProperty: LineProperty;
  readonly profile: CostAndRevenueProfile;
  readonly isTimeAndMaterial: boolean;
  readonly salesTaxGroup: string | null;
  readonly itemSalesTaxGroup: string | null;
  readonly defaultDimension: string | null;
}

export type Defaulted = { readonly defaults: Defaults; readonly problem?: undefined } | { readonly problem: ImportProblem };

/** What finance adds to a transaction out of its own set-up, or the first thing that is missing there. */
export function defaultsOf(subject: DefaultingSubject, setup: FinanceSetup, masters: FinanceMasters): Defaulted {
  const { legalEntityId: entity, projectId, categoryId, contractId, productNumber, classification } = subject;
  const missing = (message: string): Defaulted => ({ problem: { code: 'SETUP_MISSING', message } });
  const parameters = setup.parameters(entity);
  if (!parameters) return missing(`Legal entity ${entity} has no project parameters.`);
  const project = projectId === null ? undefined : masters.project(entity, projectId);
  if (projectId !== null && !project) return missing(`Project ${projectId} does not exist in legal entity ${entity}.`);
  const category = categoryId === null ? undefined : setup.category(entity, categoryId);
  if (categoryId !== null && !category) return missing(`Project category ${categoryId} does not exist in legal entity ${entity}.`);
  const lineProperty = setup.linePropertyOfBillingType(entity, subject.billingType);
  if (!lineProperty) return missing(linePropertyMissing(entity, subject.billingType));
  const product = productNumber === null ? undefined : masters.product(entity, productNumber);
  if (productNumber !== null && !product && isTaxedByProduct(classification, parameters.itemSalesTaxGroupMethod)) {
    return missing(`Released product ${productNumber} does not exist in legal entity ${entity}; its item sales tax group is asked for.`);
  }
  const contract = masters.contract(entity, contractId);
  const profileId = profileIdFor(subject, setup, masters);
  const profile = setup.costAndRevenueProfile(entity, profileId);
  if (!profile) return missing(`Cost and revenue profile ${profileId} does not exist in legal entity ${entity}.`);
  return {
    defaults: {
      lineProperty,
      profile,
      isTimeAndMaterial: isTimeAndMaterial(
        subject.contractLineId === null ? undefined : masters.contractLine(entity, subject.contractLineId), project,
      ),
      ...taxGroupsOf(subject, parameters, {
        project: project?.salesTaxGroup ?? null,
        contract: contract?.salesTaxGroup ?? null,
        customer: subject.customerAccount === null ? null : masters.customer(entity, subject.customerAccount)?.salesTaxGroup ?? null,
      }, { category: category?.itemSalesTaxGroup ?? null, product: product?.itemSalesTaxGroup }),
      defaultDimension: project?.defaultDimension ?? null,
    },
  };
}

/** Both tax groups of a transaction by the legal entity's methods. */
export function taxGroupsOf(
  subject: Pick<DefaultingSubject, 'classification'>, parameters: ProjectParameters, groups: SalesTaxGroups,
  itemGroups: Omit<ItemSalesTaxGroups, 'milestone'>,
): Pick<Defaults, 'salesTaxGroup' | 'itemSalesTaxGroup'> {
  const { salesTaxGroupMethod, itemSalesTaxGroupMethod, milestoneItemSalesTaxGroup: milestone } = parameters;
  return {
    salesTaxGroup: salesTaxGroupOf(salesTaxGroupMethod, groups),
    itemSalesTaxGroup: itemSalesTaxGroupOf(subject.classification, itemSalesTaxGroupMethod, { ...itemGroups, milestone }),
  };
}

function linePropertyMissing(legalEntityId: string, billingType: ProjBillingType): string {
  return `Legal entity ${legalEntityId} has no line property for billing type ${ProjBillingType[billingType]}.`;
}

import {
  NoYes, ProjBillingType, ProjCdsTransType, ProjContractBillingMethod, ProjTaxGroupMethod, ProjTransType, ProjType,
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

/**
 * The billing item sales tax group: time, expense, fee and material take their category's, on-account rows the parameter's
 * (domain facts 7.3). Released products are not part of the set-up, so the method *Item number* falls back on the category too.
 */
export function itemSalesTaxGroupOf(
  classification: ProjTransType, groups: { readonly category: string | null; readonly milestone: string | null },
): string | null {
  const isOnAccount = classification === ProjTransType.ON_ACCOUNT || classification === ProjTransType.NONE;
  return (isOnAccount ? groups.milestone : groups.category) || null;
}

/** The cost and revenue profile that rules a transaction: the project's, else its contract's, else the legal entity's default. */
export function profileIdOf(ids: { readonly project: string | null; readonly contract: string | null; readonly standard: string }): string {
  return ids.project || ids.contract || ids.standard;
}

/** Whether a transaction is billed by time and material: its contract line says so, else its project's type, else it is. */
export function isTimeAndMaterial(
  contractLine: Pick<FinanceProjectContractLine, 'billingMethod'> | undefined, project: Pick<FinanceProject, 'projectType'> | undefined,
): boolean {
  if (contractLine) return contractLine.billingMethod === ProjContractBillingMethod.TIME_MATERIAL;
  return project?.projectType !== ProjType.FIXED_PRICE;
}

/** Whether posting a journal line accrues revenue (Dr WIP – sales value, Cr Accrued revenue; domain facts 7.2). */
export function accruesRevenue(facts: {
  readonly transactionType: ProjCdsTransType;
  readonly isTimeAndMaterial: boolean;
  readonly lineProperty: Pick<LineProperty, 'toBeAccrued'>;
  readonly profile: Pick<CostAndRevenueProfile, 'accrueRevenue'>;
}): boolean {
  return facts.transactionType === ProjCdsTransType.SALES && facts.isTimeAndMaterial
    && facts.lineProperty.toBeAccrued === NoYes.YES && facts.profile.accrueRevenue === NoYes.YES;
}

/** What defaulting needs to know of a staged actual or milestone. */
export interface DefaultingSubject {
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly contractLineId: string | null;
  readonly projectId: string | null;
  readonly categoryId: string | null;
  readonly customerAccount: string | null;
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
  const { legalEntityId: entity, projectId, categoryId, contractId } = subject;
  const missing = (message: string): Defaulted => ({ problem: { code: 'SETUP_MISSING', message } });
  const parameters = setup.parameters(entity);
  if (!parameters) return missing(`Legal entity ${entity} has no project parameters.`);
  const project = projectId === null ? undefined : masters.project(entity, projectId);
  if (projectId !== null && !project) return missing(`Project ${projectId} does not exist in legal entity ${entity}.`);
  const category = categoryId === null ? undefined : setup.category(entity, categoryId);
  if (categoryId !== null && !category) return missing(`Project category ${categoryId} does not exist in legal entity ${entity}.`);
  const lineProperty = setup.linePropertyOfBillingType(entity, subject.billingType);
  if (!lineProperty) return missing(linePropertyMissing(entity, subject.billingType));
  const contract = masters.contract(entity, contractId);
  const profileId = profileIdOf({
    project: project?.costAndRevenueProfileId ?? null,
    contract: contract?.costAndRevenueProfileId ?? null,
    standard: parameters.defaultCostAndRevenueProfileId,
  });
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
      }, category?.itemSalesTaxGroup ?? null),
      defaultDimension: project?.defaultDimension ?? null,
    },
  };
}

/** Both tax groups of a transaction by the legal entity's methods. */
export function taxGroupsOf(
  subject: Pick<DefaultingSubject, 'classification'>, parameters: ProjectParameters, groups: SalesTaxGroups, categoryGroup: string | null,
): Pick<Defaults, 'salesTaxGroup' | 'itemSalesTaxGroup'> {
  return {
    salesTaxGroup: salesTaxGroupOf(parameters.salesTaxGroupMethod, groups),
    itemSalesTaxGroup: itemSalesTaxGroupOf(subject.classification, {
      category: categoryGroup, milestone: parameters.milestoneItemSalesTaxGroup,
    }),
  };
}

function linePropertyMissing(legalEntityId: string, billingType: ProjBillingType): string {
  return `Legal entity ${legalEntityId} has no line property for billing type ${ProjBillingType[billingType]}.`;
}

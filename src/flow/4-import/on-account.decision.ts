import { ProjTransStatus, ProjTransType, type OnAccountTransaction, type ProjectParameters, type StagedMilestone } from '../../entities/finance';
import type { FinanceMasters } from '../../stores/finance/setup-masters.store';
import type { FinanceSetup } from '../../stores/finance/setup.store';
import { taxGroupsOf } from './defaulting.rules';

export type OnAccountContent = Omit<Partial<OnAccountTransaction>, 'id'>;

/**
 * The on-account transaction of a staged milestone. Its tax groups default like a line's and stay the accountant's from then on;
 * its item sales tax group is the parameter for fixed-price milestones (domain facts 7.3).
 */
export function onAccountOf(staged: StagedMilestone, setup: FinanceSetup, masters: FinanceMasters): OnAccountContent {
  const { legalEntityId, projectId, contractId, customerAccount } = staged;
  const parameters = setup.parameters(legalEntityId);
  return {
    ...onAccountColumnsOf(staged),
    ...(parameters && milestoneTaxGroups(parameters, {
      project: projectId === null ? null : masters.project(legalEntityId, projectId)?.salesTaxGroup ?? null,
      contract: masters.contract(legalEntityId, contractId)?.salesTaxGroup ?? null,
      customer: customerAccount === null ? null : masters.customer(legalEntityId, customerAccount)?.salesTaxGroup ?? null,
    })),
    status: ProjTransStatus.NO_STATUS,
  };
}

/** The columns of an on-account transaction that Dataverse owns: a newer version of the milestone changes these and no other. */
export function onAccountColumnsOf(staged: StagedMilestone): OnAccountContent {
  return {
    legalEntityId: staged.legalEntityId,
    milestoneId: staged.milestoneId,
    contractId: staged.contractId,
    contractLineId: staged.contractLineId,
    projectId: staged.projectId,
    date: staged.invoiceDate,
    description: staged.description,
    amount: staged.amount,
    currencyCode: staged.currencyCode,
    sourceVersion: staged.sourceVersion,
  };
}

function milestoneTaxGroups(
  parameters: ProjectParameters, groups: { project: string | null; contract: string | null; customer: string | null },
): Pick<OnAccountTransaction, 'salesTaxGroup' | 'itemSalesTaxGroup'> {
  return taxGroupsOf({ classification: ProjTransType.ON_ACCOUNT }, parameters, groups, { category: null });
}

import { ProjectContractCustomer, TimeEntry, TimeEntryStatus } from '../../src/entities/dataverse';
import { decimal } from '../../src/kernel/decimal';
import { insertRows, updateRows } from '../../src/stores/bulk';
import { ask } from './api';
import type { World } from './builders';
import type { TestGateway } from './engines';
import { ERRORS } from './process';

export interface SubmittedTime {
  readonly minutes?: number;
  readonly date?: string;
  readonly project?: 'timeAndMaterial' | 'fixedPrice';
  readonly status?: TimeEntryStatus;
}

/** A submitted time entry of a world's consultant: 8 hours on the time and material project unless told. Its id. */
export async function submitTime(gateway: TestGateway, { facts }: World, options: SubmittedTime = {}): Promise<string> {
  const { minutes = 480, date = '2026-06-10', project = 'timeAndMaterial', status = TimeEntryStatus.SUBMITTED } = options;
  const id = gateway.context.ids.next();
  const entry: Partial<TimeEntry> = {
    id, date, durationMinutes: minutes, resourceId: facts.resourceId, projectId: facts.projects[project].id,
    taskId: project === 'timeAndMaterial' ? facts.taskId : null, roleId: facts.roleId, description: 'Workshop', status,
  };
  await gateway.database.write((work) => insertRows(work, TimeEntry, [entry]));
  return id;
}

/** Gives the customers of a contract these percentages, of the whole contract or of one line only. */
export async function share(gateway: TestGateway, { facts }: World, percents: readonly string[], contractLineId: string | null = null): Promise<void> {
  await gateway.database.write((work) => updateRows(work, ProjectContractCustomer, facts.customers.map(({ contractCustomerId }, index) => ({
    id: contractCustomerId, contractLineId, splitPercent: decimal(percents[index] ?? '0'),
  }))));
}

export interface ApprovedActual {
  readonly id: string;
  readonly transactionType: string;
  readonly billingType: string;
  readonly billingStatus: string | null;
  readonly adjustmentStatus: string | null;
  readonly notToExceedStatus: string;
  readonly skipSync: boolean;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  readonly currencyCode: string;
  readonly accountingDate: string;
  readonly customer: { readonly accountNumber: string } | null;
  readonly timeEntry: { readonly id: string } | null;
  readonly connections: { readonly nodes: readonly { transaction1Role: string; transaction2Role: string; transaction2: { id: string } }[] };
}

export const ACTUAL = `id transactionType billingType billingStatus adjustmentStatus notToExceedStatus skipSync quantity price amount currencyCode accountingDate
  customer { accountNumber } timeEntry { id } connections { nodes { transaction1Role transaction2Role transaction2 { id } } }`;

/** Approves and cancels through the API; the payload, refusals included. */
export class ApprovalDesk {
  constructor(private readonly gateway: () => TestGateway) {}

  /** 200 for sale, 100 in cost, unless told. */
  async approve(timeEntryId: string, figures: object = {}): Promise<{ actuals: ApprovedActual[]; timeEntries: { status: string }[]; errors: { code: string; path: string[] | null }[] }> {
    return this.approveMany([{ timeEntryId, salesPrice: '200', costPrice: '100', ...figures }]);
  }

  async approveMany(entries: readonly object[], gateway = this.gateway()) {
    return this.mutate('approveTimeEntries', 'ApproveTimeEntriesInput', { entries }, gateway);
  }

  async cancel(timeEntryIds: readonly string[], gateway = this.gateway()) {
    return this.mutate('cancelTimeEntryApproval', 'CancelTimeEntryApprovalInput', { timeEntryIds }, gateway);
  }

  /** Every actual of a time entry. */
  async actualsOf(timeEntryId: string): Promise<ApprovedActual[]> {
    const { timeEntry } = await ask(this.gateway(), `query ($id: ID!) { timeEntry(id: $id) { actuals(orderBy: [{ field: ID }]) { nodes { ${ACTUAL} } } } }`, { id: timeEntryId });
    return timeEntry.actuals.nodes;
  }

  private async mutate(mutation: string, inputType: string, input: object, gateway: TestGateway) {
    const answer = await ask(gateway, `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { timeEntries { id status } actuals { ${ACTUAL} } ${ERRORS} } }`, { input });
    return answer[mutation];
  }
}

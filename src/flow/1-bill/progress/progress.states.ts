import type { ProgressPosition } from '../../../stores/dataverse/progress-milestone.store';

export type ProgressStatus = 'NOT_STARTED' | 'IN_PROGRESS' | 'COMPLETED';

/** How far a progress milestone is; it follows from its milestones and is stored nowhere (domain facts 6.4). */
export function progressStatusOf({ amount, remaining, invoiced }: ProgressPosition): ProgressStatus {
  if (invoiced.eq(amount)) return 'COMPLETED';
  return remaining.eq(amount) ? 'NOT_STARTED' : 'IN_PROGRESS';
}

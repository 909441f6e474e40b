import { NoYes } from '../../entities/finance';
import { ZERO } from '../../kernel/decimal';
import type { ProposalTotals } from '../../stores/finance/import-proposal.store';
import { loadFinanceSetup, type FinanceSetup } from '../../stores/finance/setup.store';
import { loadFinanceMasters, type FinanceMasters, type MasterKeys } from '../../stores/finance/setup-masters.store';
import {
  billedGroupsOf, stagedBilledChecksums, stagedBilledCounts, waitingIssuesOf, type BilledGroup, type FindIssues,
} from '../../stores/finance/staging-readiness.store';
import type { Session } from '../../stores/session';
import { tooLargeAmong, type NamedAmounts } from './amount-range.rules';
import { prevalidationIssuesOf } from './prevalidate-billed';
import { lineSetupOf } from './proposal-line.decision';
import { isCounted, togetherByCode, type GroupProblem, type LineReadiness } from './readiness.rules';
import { salesTaxOf } from './sales-tax.rules';

/** A confirmed proforma whose proposal has no lines yet, or that has no proposal at all. */
export interface ReadinessSubject {
  /** Number of the proforma and of the proposal. */
  readonly number: string;
  /** The proposal, or the proforma while there is none. */
  readonly documentId: string;
  readonly expectedCount: number;
  readonly expectedChecksum: string | null;
  /** The proposal; null while the header has not arrived, when set-up and checksum are not looked at. */
  readonly proposal: { readonly legalEntityId: string; readonly currencyCode: string; readonly invoiceDate: string; readonly salesTaxGroup: string | null } | null;
}

/** What a caller has read already, or wants to see otherwise. */
export interface ReadinessOptions {
  readonly setup?: FinanceSetup;
  readonly breath?: () => Promise<void>;
  /** The instant against which prevalidation counts. */
  readonly now: Date;
  /** Finance's own view unless told. */
  readonly findIssues?: FindIssues;
}

/**
 * What holds the lines of each subject back, by number. The number of statements does not grow with the subjects or their lines,
 * but for one more per some thousand ids of a checksum.
 */
export async function loadReadiness(
  session: Session, subjects: readonly ReadinessSubject[], options: ReadinessOptions,
): Promise<Map<string, LineReadiness>> {
  const { findIssues = waitingIssuesOf, setup, breath, now } = options;
  const numbers = subjects.map((subject) => subject.number);
  const proposals = subjects.flatMap(({ number, proposal }) => (proposal ? [{ number, legalEntityId: proposal.legalEntityId }] : []));
  // Counted first: what was complete then is seen by the next look, and what comes between the two is not taken for ready.
  const staged = await stagedBilledCounts(session, numbers);
  const issues = togetherByCode([...await findIssues(session, numbers), ...await prevalidationIssuesOf(session, proposals, now)]);
  const counted = subjects.map((subject) => ({
    subject,
    readiness: {
      documentId: subject.documentId,
      expectedCount: subject.expectedCount,
      stagedCount: staged.get(subject.number) ?? 0,
      issues: issues.filter((issue) => issue.proformaNumber === subject.number),
    },
  }));
  const complete = counted.filter(({ subject, readiness }) => subject.proposal && isCounted(readiness)).map(({ subject }) => subject);
  const checksums = await stagedBilledChecksums(session, complete.map((subject) => subject.number), breath);
  const problems = await setupProblemsOf(session, complete, setup);
  return new Map(counted.map(({ subject, readiness }) => {
    const checksum = checksums.get(subject.number);
    const checksumMatches = checksum === undefined ? null : checksum === subject.expectedChecksum;
    return [subject.number, { ...readiness, checksumMatches, problems: problems.get(subject.number) ?? [] }];
  }));
}

async function setupProblemsOf(
  session: Session, subjects: readonly ReadinessSubject[], known: FinanceSetup | undefined,
): Promise<Map<string, GroupProblem[]>> {
  const groups = await billedGroupsOf(session, subjects.map((subject) => subject.number));
  if (groups.length === 0) return new Map();
  const setup = known ?? await loadFinanceSetup(session, subjects.map((subject) => subject.proposal!.legalEntityId));
  const masters = await loadFinanceMasters(session, masterKeysOf(groups));
  const found = new Map<string, GroupProblem[]>();
  for (const { number, proposal } of subjects) {
    const own = groups.filter((group) => group.proformaNumber === number);
    found.set(number, problemsOf(own, proposal!, setup, masters));
  }
  return found;
}

/** What the set-up lacks for each group; where it lacks nothing, whether the totals can be stored. */
function problemsOf(
  groups: readonly BilledGroup[], proposal: NonNullable<ReadinessSubject['proposal']>, setup: FinanceSetup, masters: FinanceMasters,
): GroupProblem[] {
  const { invoiceDate: date, currencyCode, salesTaxGroup } = proposal;
  const problems: GroupProblem[] = [];
  let netAmount = ZERO;
  let taxAmount = ZERO;
  for (const group of groups) {
    const decided = lineSetupOf(group, group, { setup, masters, date, currencyCode, salesTaxGroup });
    if (decided.problem) problems.push({ ...decided.problem, count: group.count, recordIds: [group.actualId] });
    else if (decided.found.lineProperty.toBeInvoiced === NoYes.YES) {
      netAmount = netAmount.plus(group.amount);
      taxAmount = taxAmount.plus(salesTaxOf({ ...decided.found, netAmount: group.amount }).taxAmount);
    }
  }
  const tooLarge = tooLargeAmong('the proposal', totalsByName({ netAmount, taxAmount, invoiceAmount: netAmount.plus(taxAmount) }));
  if (problems.length > 0 || !tooLarge) return problems;
  return [{ code: 'AMOUNT_OUT_OF_RANGE', message: tooLarge, count: 1, recordIds: groups.map((group) => group.actualId) }];
}

/** The totals of a proposal as sentences call them. */
export function totalsByName({ netAmount, taxAmount, invoiceAmount }: ProposalTotals): NamedAmounts {
  return { 'net amount': netAmount, 'sales tax': taxAmount, total: invoiceAmount };
}

/** The masters that rows of one or more invoices name. */
export function masterKeysOf(
  rows: readonly Pick<BilledGroup, 'legalEntityId' | 'contractId' | 'contractLineId' | 'projectId' | 'customerAccount' | 'productNumber'>[],
): MasterKeys {
  return {
    legalEntityIds: rows.map((row) => row.legalEntityId),
    contractIds: rows.map((row) => row.contractId),
    contractLineIds: rows.map((row) => row.contractLineId),
    projectIds: rows.map((row) => row.projectId),
    customerAccounts: rows.map((row) => row.customerAccount),
    productNumbers: rows.map((row) => row.productNumber),
  };
}

import { invalid, refuse } from '../../kernel/refusal';
import type { ReconciliationScope } from '../../stores/reconcile/scope';
import { accountingCurrenciesOf, readStageSums } from '../../stores/reconcile/stage-sums.store';
import type { Session } from '../../stores/session';
import { compareStages, type ComparedSum } from './stage-sums.rules';

/** Sums that one query may answer with, before they are put beside each other. */
export const STAGE_SUMS_MAX = 2_000;

/** Both sides of one legal entity beside each other. */
export interface ReconciledLegalEntity {
  readonly legalEntityId: string;
  /** Null where finance has no such legal entity. */
  readonly accountingCurrencyCode: string | null;
  readonly sums: readonly ComparedSum[];
}

export interface ReconciledSums {
  readonly legalEntities: readonly ReconciledLegalEntity[];
  readonly overall: readonly ComparedSum[];
}

/**
 * Counts and sums of every stage of both sides, per legal entity and overall; the number of statements does not depend on what the
 * tables hold. Refused: more sums than an answer may have.
 */
export async function reconcile(session: Session, scope: ReconciliationScope): Promise<ReconciledSums> {
  const sums = await readStageSums(session, scope);
  if (sums.length > STAGE_SUMS_MAX) {
    refuse(invalid('INVALID_INPUT', `These are more than ${STAGE_SUMS_MAX} sums; name legal entities or a contract.`, ['legalEntityIds']));
  }
  const ids = [...new Set(sums.map((sum) => sum.legalEntityId))].sort();
  const currencies = await accountingCurrenciesOf(session, ids);
  const currencyOf = (id: string) => currencies.get(id) ?? null;
  return {
    legalEntities: ids.map((id) => ({
      legalEntityId: id, accountingCurrencyCode: currencyOf(id), sums: compareStages(sums.filter((sum) => sum.legalEntityId === id), true),
    })),
    overall: compareStages(sums, new Set(ids.map(currencyOf)).size <= 1),
  };
}

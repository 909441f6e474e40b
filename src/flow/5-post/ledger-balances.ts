import { ZERO, type Decimal } from '../../kernel/decimal';
import { invalid, refuse } from '../../kernel/refusal';
import {
  balancesIn, LEDGER, PROJECT_SUBLEDGER, wipInLedger, wipInSubledger, type BalanceFilter, type LedgerBalance, type WipSum,
} from '../../stores/finance/ledger-balance.store';
import type { Session } from '../../stores/session';

/** Sums that one query may answer with. */
export const BALANCES_MAX = 500;

function refuseTooMany(rows: readonly unknown[]): void {
  if (rows.length > BALANCES_MAX) {
    refuse(invalid('INVALID_INPUT', `These are more than ${BALANCES_MAX} sums; narrow the filter, to a legal entity or a contract.`, ['filter']));
  }
}

/** Sums of the ledger, or of the ledger trace of the project subledger. Refused: more sums than an answer may have. */
export async function balancesOf(session: Session, books: 'ledger' | 'project', filter: BalanceFilter): Promise<LedgerBalance[]> {
  const rows = await balancesIn(session, books === 'ledger' ? LEDGER : PROJECT_SUBLEDGER, filter, BALANCES_MAX + 1);
  refuseTooMany(rows);
  return rows;
}

/** WIP of a contract and currency as the ledger and as the project subledger have it; they agree when the difference is zero. */
export interface WipBalance {
  readonly legalEntityId: string;
  readonly contractId: string;
  readonly currencyCode: string;
  readonly ledgerAmount: Decimal;
  readonly ledgerAccountingAmount: Decimal;
  readonly subledgerAmount: Decimal;
  readonly subledgerAccountingAmount: Decimal;
  readonly differenceAmount: Decimal;
  readonly differenceAccountingAmount: Decimal;
}

const keyOf = ({ legalEntityId, contractId, currencyCode }: WipSum): string => [legalEntityId, contractId, currencyCode].join('\u001f');

/** Puts both sides beside each other, in the order of legal entity, contract and currency. */
export function tieOut(ledger: readonly WipSum[], subledger: readonly WipSum[]): WipBalance[] {
  const inLedger = new Map(ledger.map((sum) => [keyOf(sum), sum]));
  const inSubledger = new Map(subledger.map((sum) => [keyOf(sum), sum]));
  const keys = [...new Set([...inLedger.keys(), ...inSubledger.keys()])].sort();
  return keys.map((key) => {
    const left = inLedger.get(key);
    const right = inSubledger.get(key);
    const { legalEntityId, contractId, currencyCode } = (left ?? right)!;
    const sums = {
      ledgerAmount: left?.amount ?? ZERO,
      ledgerAccountingAmount: left?.accountingAmount ?? ZERO,
      subledgerAmount: right?.amount ?? ZERO,
      subledgerAccountingAmount: right?.accountingAmount ?? ZERO,
    };
    return {
      legalEntityId,
      contractId,
      currencyCode,
      ...sums,
      differenceAmount: sums.ledgerAmount.minus(sums.subledgerAmount),
      differenceAccountingAmount: sums.ledgerAccountingAmount.minus(sums.subledgerAccountingAmount),
    };
  });
}

/** WIP - sales value per contract, ledger against project subledger. Refused: more sums than an answer may have. */
export async function wipBalancesOf(session: Session, filter: Pick<BalanceFilter, 'legalEntityId' | 'contractId'>): Promise<WipBalance[]> {
  const rows = tieOut(await wipInLedger(session, filter), await wipInSubledger(session, filter));
  refuseTooMany(rows);
  return rows;
}

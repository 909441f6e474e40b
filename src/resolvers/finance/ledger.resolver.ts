import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { BALANCES_MAX, balancesOf, wipBalancesOf } from '../../flow/5-post/ledger-balances';
import { LedgerBalance, LedgerBalanceFilter, ProjectBalanceFilter, WipBalance, WipBalanceFilter } from '../../schema/finance/ledger-balance.type';
import { Voucher } from '../../schema/finance/voucher.type';
import { balancesOfVouchers } from '../../stores/finance/ledger-balance.store';
import type { GraphRow } from '../../stores/reading/plan';
import { loaderAt, reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

/** Sums of the books, for those who reconcile them. */
@Resolver(() => Voucher)
export class LedgerResolver {
  @Query(() => [LedgerBalance], { description: `Sums of the ledger by legal entity, posting type, main account and currency, in this order; at most ${BALANCES_MAX}. A contract's vouchers are those of its journal lines and customer invoices.` })
  ledgerBalances(
    @Arg('filter', () => LedgerBalanceFilter, { nullable: true, description: 'Which entries.' }) filter: LedgerBalanceFilter | null, @Ctx() { session }: RequestContext,
  ): Promise<LedgerBalance[]> {
    return reading(() => balancesOf(session, 'ledger', filter ?? {}));
  }

  @Query(() => [LedgerBalance], { description: `The same sums of the ledger trace of the project subledger, which knows projects, and neither sales tax nor what customers owe; at most ${BALANCES_MAX}.` })
  projectBalances(
    @Arg('filter', () => ProjectBalanceFilter, { nullable: true, description: 'Which rows.' }) filter: ProjectBalanceFilter | null, @Ctx() { session }: RequestContext,
  ): Promise<LedgerBalance[]> {
    return reading(() => balancesOf(session, 'project', filter ?? {}));
  }

  @Query(() => [WipBalance], { description: `WIP – sales value by contract and currency, ledger against project subledger; at most ${BALANCES_MAX}.` })
  wipBalances(
    @Arg('filter', () => WipBalanceFilter, { nullable: true, description: 'Which contracts.' }) filter: WipBalanceFilter | null, @Ctx() { session }: RequestContext,
  ): Promise<WipBalance[]> {
    return reading(() => wipBalancesOf(session, filter ?? {}));
  }

  @FieldResolver(() => [LedgerBalance], { description: 'Its entries summed up by posting type, main account and currency.' })
  balances(@Root() voucher: GraphRow, @Ctx() context: RequestContext): Promise<LedgerBalance[]> {
    return loaderAt<LedgerBalance[]>(context, balancesOfVouchers, async (keys) => {
      const found = await balancesOfVouchers(context.session, keys);
      return keys.map((key) => found.get(key) ?? []);
    }).load(voucher['#']);
  }
}

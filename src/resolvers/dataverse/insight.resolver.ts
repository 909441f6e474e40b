import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { EditedTransaction, FinancialSummary } from '../../schema/dataverse/insight.type';
import { ProformaInvoice } from '../../schema/dataverse/proforma-invoice.type';
import { ProjectContract } from '../../schema/dataverse/project-contract.type';
import { financialSummariesOf } from '../../stores/dataverse/financial-summary.store';
import { EDITED_DETAILS_MAX, editedDetailsOf } from '../../stores/dataverse/proforma-insight.store';
import type { GraphRow } from '../../stores/reading/plan';
import { loaderAt } from '../loaders/read';
import type { RequestContext } from '../request-context';

@Resolver(() => ProformaInvoice)
export class EditedTransactionsResolver {
  @FieldResolver(() => [EditedTransaction], { description: `Line details that say something else than the transactions they bill, with what differs; the first ${EDITED_DETAILS_MAX}.` })
  editedTransactions(@Root() proforma: GraphRow, @Ctx() context: RequestContext): Promise<object[]> {
    return loaderAt<object[]>(context, editedDetailsOf, async (keys) => {
      const found = await editedDetailsOf(context.session, keys);
      return keys.map((key) => (found.get(key) ?? []).map(({ detailId, changes }) => ({ detail: detailId, changes })));
    }).load(proforma['#']);
  }
}

@Resolver(() => ProjectContract)
export class FinancialSummaryResolver {
  @FieldResolver(() => FinancialSummary, { description: 'Where the contract stands, in its currency and before tax: what it is worth, and what of it is open, ready, on drafts, confirmed and invoiced.' })
  financialSummary(@Root() contract: GraphRow, @Ctx() context: RequestContext): Promise<object> {
    return loaderAt<object>(context, financialSummariesOf, async (keys) => {
      const summaries = await financialSummariesOf(context.session, keys);
      return keys.map((key) => {
        const summary = summaries.get(key)!;
        const byBillingType = [...summary.byBillingType].sort(([one], [other]) => one - other);
        return { ...summary, byBillingType: byBillingType.map(([billingType, amounts]) => ({ billingType, ...amounts })) };
      });
    }).load(contract['#']);
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { EditedTransaction, FinancialSummary } from '../../schema/dataverse/insight.type';
import { ProformaInvoice } from '../../schema/dataverse/proforma-invoice.type';
import { ProjectContract } from '../../schema/dataverse/project-contract.type';
import { currencyCodesOfContracts } from '../../stores/dataverse/project-contract.store';
import { EDITED_DETAILS_MAX, editedDetailsOf, financialSummariesOf } from '../../stores/dataverse/proforma-insight.store';
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
  @FieldResolver(() => [FinancialSummary], { description: 'What is open, ready, on drafts, confirmed and invoiced of the contract: one row per billing type that it has.' })
  financialSummary(@Root() contract: GraphRow, @Ctx() context: RequestContext): Promise<object[]> {
    return loaderAt<object[]>(context, financialSummariesOf, async (keys) => {
      const summaries = await financialSummariesOf(context.session, keys);
      const currencies = await currencyCodesOfContracts(context.session, keys);
      return keys.map((key) => [...(summaries.get(key) ?? [])].sort(([one], [other]) => one - other)
        .map(([billingType, amounts]) => ({ billingType, currencyCode: currencies.get(key), ...amounts })));
    }).load(contract['#']);
  }
}

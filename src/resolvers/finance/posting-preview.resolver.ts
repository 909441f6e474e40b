import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { previewPosting } from '../../flow/5-post/proposals/preview-posting';
import { POSTING_PREVIEWS_MAX } from '../../flow/5-post/proposals/proposal.limits';
import type { DecidedLine } from '../../flow/5-post/proposals/proposal-posting';
import { invalid, refuse } from '../../kernel/refusal';
import { InvoiceProposal } from '../../schema/finance/invoice-proposal.type';
import { PostingPreview } from '../../schema/finance/posting-preview.type';
import { DateScalar } from '../../schema/shared/scalars';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, type GraphRow } from '../../stores/reading/plan';
import { reading } from '../loaders/read';
import { userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

const lineOf = ({ source, lineAmount, taxAmount, accountingAmount, taxes }: DecidedLine) =>
  ({ lineNumber: source.lineNumber, proposalLine: source.id, lineAmount, taxAmount, accountingAmount, taxes });

const previewsOf = new WeakMap<RequestContext, number>();

/** Refuses the previews of a request beyond the limit, whether aliases or the pages of a list ask for them. */
function countPreview(context: RequestContext): void {
  const count = (previewsOf.get(context) ?? 0) + 1;
  previewsOf.set(context, count);
  if (count > POSTING_PREVIEWS_MAX) refuse(invalid('INVALID_INPUT', `One request previews the posting of ${POSTING_PREVIEWS_MAX} proposals at the most.`));
}

@Resolver(() => InvoiceProposal)
export class PostingPreviewResolver {
  @FieldResolver(() => PostingPreview, {
    description: 'What posting the proposal would write now: invoice date, due date, rate, tax per line and code, and the ledger entries by posting type in both currencies; or why it would be refused. Nothing is changed and no number is taken. ' +
      `One request previews ${POSTING_PREVIEWS_MAX} at the most.`,
  })
  postingPreview(
    @Root() proposal: GraphRow,
    @Arg('invoiceDate', () => DateScalar, { nullable: true, description: 'Invoice date that posting would be asked for; the proposal\'s own unless given.' }) invoiceDate: string | null,
    @Arg('firstLines', () => Int, { defaultValue: PAGE_ROWS_DEFAULT, description: `How many lines to list, ${PAGE_ROWS_DEFAULT} unless given, ${PAGE_ROWS_MAX} at the most.` }) firstLines: number,
    @Arg('afterLine', () => Int, { defaultValue: 0, description: 'List the lines after this line number.' }) afterLine: number,
    @Ctx() context: RequestContext,
  ) {
    return reading(async () => {
      countPreview(context);
      if (firstLines < 0 || firstLines > PAGE_ROWS_MAX) refuse(invalid('INVALID_INPUT', `firstLines is 0 to ${PAGE_ROWS_MAX}, not ${firstLines}.`, ['firstLines']));
      const listed: DecidedLine[] = [];
      let behind = 0;
      const { invoice, refusals } = await previewPosting(context.session, proposal['#'], invoiceDate, (lines) => {
        const after = lines.filter((line) => line.source.lineNumber > afterLine);
        const fitting = after.slice(0, firstLines - listed.length);
        listed.push(...fitting);
        behind += after.length - fitting.length;
      });
      if (!invoice) return { invoice: null, errors: userErrorsOf(refusals) };
      const { header, entries, ...totals } = invoice;
      const { terms, ...facts } = header;
      return { invoice: { ...totals, ...facts, ...terms, ledgerEntries: entries, lines: listed.map(lineOf), hasMoreLines: behind > 0 }, errors: [] };
    });
  }
}

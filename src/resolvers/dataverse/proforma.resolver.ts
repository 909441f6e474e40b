import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { stageAndBlockersOfProformas } from '../../flow/stage/stage-and-blockers';
import { ProformaInvoice } from '../../schema/dataverse/proforma-invoice.type';
import { Blocker, ProformaStage } from '../../schema/shared/blocker.type';
import type { GraphRow } from '../../stores/reading/plan';
import { blockersOf, standing } from '../loaders/standing';
import type { RequestContext } from '../request-context';

@Resolver(() => ProformaInvoice)
export class ProformaResolver {
  @FieldResolver(() => ProformaStage, { description: 'Where the proforma stands in the process, over both systems.' })
  async stage(@Root() proforma: GraphRow, @Ctx() context: RequestContext): Promise<ProformaStage> {
    return (await standing(context, stageAndBlockersOfProformas, proforma)).stage as string as ProformaStage;
  }

  @FieldResolver(() => [Blocker], { description: 'What holds the proforma back, wherever it got stuck, the first thing first: the answer to "why has this invoice no lines". Empty when it is done.' })
  async blockers(@Root() proforma: GraphRow, @Ctx() context: RequestContext): Promise<Blocker[]> {
    return blockersOf(await standing(context, stageAndBlockersOfProformas, proforma));
  }
}

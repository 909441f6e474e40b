import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { tableOf } from '../../entities/columns';
import { SyncLogEntry, type MapFlow } from '../../entities/dual-write';
import { countPreview, previewPage, type PreviewPlace } from '../../flow/3-sync/preview/preview-sync';
import { previewedFlows, type PreviewedFlow, type PreviewedFlows } from '../../flow/3-sync/preview/previewed-flows';
import { sentenceOf } from '../../flow/3-sync/run/broken-flows';
import { timestampOf } from '../../kernel/clock';
import {
  PreviewSyncArguments, SyncPreview, SyncPreviewCounts, SyncPreviewFlow, SyncPreviewRecordArguments, SyncPreviewRecordConnection,
} from '../../schema/dual-write/preview.type';
import { DUE_PLACE_COLUMNS, type DuePlace } from '../../stores/dual-write/due-records.store';
import { decodeCursor, encodeCursor } from '../../stores/reading/cursor';
import { pageRowsOf } from '../../stores/reading/plan';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import { forwardPage } from '../loaders/forward-page';
import { optionalNamedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { reading } from '../loaders/read';
import type { RequestContext } from '../request-context';

/** A flow as the fields of a preview share it. */
interface AskedFlow extends SyncPreviewFlow {
  /** Null for a map that cannot run. */
  readonly asked: PreviewedFlow | null;
  readonly asking: readonly PreviewedFlow[];
}

/** A preview with the flows that it has records of. */
interface AskedPreview extends SyncPreview {
  readonly flows: AskedFlow[];
  readonly asking: readonly PreviewedFlow[];
}

function askedPreview({ flows, broken }: PreviewedFlows): AskedPreview {
  const shown = ({ map, direction }: MapFlow) => ({ mapName: map, direction, asking: flows });
  return {
    asking: flows,
    flows: [
      ...flows.map((asked) => ({ ...shown(asked.map.flow), status: asked.status, failureCode: null, failure: null, asked })),
      ...broken.map((one) => ({ ...shown(one.flow), status: one.status, failureCode: one.finding.code, failure: sentenceOf(one), asked: null })),
    ],
  };
}

const NOTHING: SyncPreviewCounts = { create: 0, change: 0, skip: 0, wait: 0, refuse: 0, codes: [], isComplete: false };

const LOG = tableOf(SyncLogEntry);
const PLACE_COLUMNS = [LOG.property('mapName'), LOG.property('direction'), ...DUE_PLACE_COLUMNS];

const encoded = ({ flow, due }: PreviewPlace): string => encodeCursor([flow.map, flow.direction, ...due]);

function decoded(cursor: string | null | undefined): PreviewPlace | null {
  if (!cursor) return null;
  const [map, direction, ...due] = decodeCursor(cursor, PLACE_COLUMNS, 'after') as [string, number, ...DuePlace];
  return { flow: { map, direction }, due };
}

@Resolver(() => SyncPreview)
export class PreviewResolver {
  @Query(() => SyncPreview, { description: 'What a sync would create, change, leave and refuse, field by field, without writing anything.' })
  previewSync(@Args(() => PreviewSyncArguments) wanted: PreviewSyncArguments, @Ctx() { session, command }: RequestContext): Promise<AskedPreview> {
    return reading(async () => {
      const named = { id: wanted.proformaInvoiceId, number: wanted.proformaInvoiceNumber };
      const proformaInvoiceId = await optionalNamedRecord(session, proformaInvoiceSource, named, PROFORMA_FIELDS);
      return askedPreview(await previewedFlows(session, { ...wanted, proformaInvoiceId }, timestampOf(command.clock)));
    });
  }

  @FieldResolver(() => SyncPreviewRecordConnection, { description: 'What would become of each record, a page at a time.' })
  records(
    @Root() { asking }: AskedPreview, @Args(() => SyncPreviewRecordArguments) { first, after, outcomes }: SyncPreviewRecordArguments,
    @Ctx() { session }: RequestContext,
  ): Promise<SyncPreviewRecordConnection> {
    return reading(async () => {
      const wanted = { first: pageRowsOf(first), after: decoded(after), outcomes };
      const { records, hasNextPage, end } = await previewPage(session, asking, wanted);
      const edges = records.map(({ flow, place, ...record }) =>
        ({ node: { ...record, mapName: flow.map, direction: flow.direction }, cursor: encoded(place) }));
      return forwardPage(edges, { hasNextPage, after, end: end ? encoded(end) : null });
    });
  }
}

@Resolver(() => SyncPreviewFlow)
export class PreviewFlowResolver {
  @FieldResolver(() => SyncPreviewCounts, { description: 'How many records it would create, change, leave, let wait and refuse. Counted when asked for.' })
  async counts(@Root() { asked, asking }: AskedFlow, @Ctx() { session }: RequestContext): Promise<SyncPreviewCounts> {
    if (!asked) return NOTHING;
    const { outcomes, codes, isComplete } = await countPreview(session, asking, asked);
    return {
      create: outcomes.CREATE, change: outcomes.CHANGE, skip: outcomes.SKIP, wait: outcomes.WAIT, refuse: outcomes.REFUSE,
      codes: [...codes].map(([code, count]) => ({ code, count })), isComplete,
    };
  }
}

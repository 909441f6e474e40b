import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { OrphanKind } from '../../entities/finance/enums';
import { findOrphans, findQuarantined, placeOfOrphan, placeOfQuarantinedRow } from '../../flow/reconcile/orphans/find-orphans';
import type { MovedCounts } from '../../flow/reconcile/orphans/move-rows';
import type { NamedRow } from '../../flow/reconcile/orphans/named-rows';
import { quarantineOrphans } from '../../flow/reconcile/orphans/quarantine-orphans.command';
import { releaseQuarantined } from '../../flow/reconcile/orphans/release-quarantined.command';
import type { StartedRun } from '../../flow/runs';
import { invalid, refuse } from '../../kernel/refusal';
import { QuarantineOrphansInput, ReleaseQuarantinedInput } from '../../schema/dual-write/orphan.input';
import { QuarantinePayload } from '../../schema/dual-write/orphan.payload';
import { OrphanConnection, QuarantinedRowConnection } from '../../schema/dual-write/orphan.type';
import { globalIdOf, readGlobalId } from '../../stores/reading/global-id';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX, pageRowsOf } from '../../stores/reading/plan';
import { QUARANTINE_REASONS } from '../../stores/reconcile/orphan-conditions';
import { countQuarantined } from '../../stores/reconcile/orphan-list.store';
import { STAGED_TYPES } from '../../stores/reconcile/quarantine.store';
import { forwardPage } from '../loaders/forward-page';
import { decodePlace, encodePlace } from '../loaders/place-cursor';
import { reading } from '../loaders/read';
import { outcomeWithin } from '../long-work';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

const FIRST = `How many from the start, or behind \`after\`. At most ${PAGE_ROWS_MAX}; ${PAGE_ROWS_DEFAULT} when it is not given.`;
const NAMEABLE: readonly NamedRow['type'][] = [...STAGED_TYPES, 'StagedConnection'];
const NOTHING_MOVED = { run: null as string | null, stagedActualCount: null as number | null, stagedMilestoneCount: null as number | null };

/** The staged rows that an input names. */
function rowsOf(ids: readonly string[] | null | undefined): NamedRow[] | null {
  return ids?.map((id, index) => {
    const named = readGlobalId(id);
    const type = NAMEABLE.find((nameable) => nameable === named?.type);
    if (!named || !type) refuse(invalid('INVALID_INPUT', `${JSON.stringify(id)} is not the id of an orphan, nor of a row in quarantine.`, ['input', 'ids', String(index)]));
    return { type, key: named.key };
  }) ?? null;
}

async function movedBy(command: RequestContext['command'], run: StartedRun, waitMs: number | null | undefined) {
  const { runId, outcome } = await outcomeWithin<MovedCounts>(command, run, waitMs);
  return { ...NOTHING_MOVED, ...outcome, run: runId };
}

@Resolver()
export class OrphanResolver {
  @Query(() => OrphanConnection, { description: 'What finance holds and Dataverse does not hold any more. Empty unless a backup was restored or somebody changed a database by hand.' })
  orphans(
    @Arg('kinds', () => [OrphanKind], { nullable: true, description: 'Only these kinds.' }) kinds: OrphanKind[] | null,
    @Arg('isQuarantined', () => Boolean, { nullable: true, description: 'Only those in quarantine, or only the others.' }) isQuarantined: boolean | null,
    @Arg('first', () => Int, { nullable: true, description: FIRST }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after: string | null,
    @Ctx() { session }: RequestContext,
  ): Promise<OrphanConnection> {
    return reading(async () => {
      const { rows, hasNextPage } = await findOrphans(session, { kinds, isQuarantined: isQuarantined ?? null }, pageRowsOf(first), after ? decodePlace(after) : null);
      const edges = rows.map((row) => ({ node: { ...row, id: globalIdOf(row.type, row.key) }, cursor: encodePlace(placeOfOrphan(row)) }));
      return forwardPage(edges, { hasNextPage, after });
    });
  }

  @Query(() => QuarantinedRowConnection, { description: 'Everything in quarantine, with when, why and by whom. No import takes it up before `releaseQuarantined`, or before a sync carries its source again.' })
  quarantinedRows(
    @Arg('legalEntityIds', () => [String], { nullable: true, description: 'Only rows of these legal entities, for example USPM.' }) legalEntityIds: string[] | null,
    @Arg('reasons', () => [OrphanKind], { nullable: true, description: 'Only rows that went there for these reasons.' }) reasons: OrphanKind[] | null,
    @Arg('first', () => Int, { nullable: true, description: FIRST }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor behind which the page begins.' }) after: string | null,
    @Ctx() { session }: RequestContext,
  ): Promise<QuarantinedRowConnection> {
    return reading(async () => {
      const filter = { legalEntityIds, reasons };
      const { rows, hasNextPage } = await findQuarantined(session, filter, pageRowsOf(first), after ? decodePlace(after) : null);
      const edges = rows.map((row) => ({
        node: { ...row, id: globalIdOf(row.type, row.key), message: `${QUARANTINE_REASONS[row.reason]}.`, isSourceBack: row.stillGone === null },
        cursor: encodePlace(placeOfQuarantinedRow(row)),
      }));
      return { ...forwardPage(edges, { hasNextPage, after }), count: () => countQuarantined(session, filter) };
    });
  }

  @Mutation(() => QuarantinePayload, { description: 'Puts orphans into quarantine: staged actuals and milestones are kept as they are, and no import takes them up. A connection goes there with the actual that it begins at. What finance has gone on with is refused when it is named, and left out of all: its document is there already. Repeated, it changes nothing.' })
  quarantineOrphans(@Arg('input', { description: 'Which orphans.' }) input: QuarantineOrphansInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING_MOVED, async () => {
      const { waitMs, ids, ...rest } = input;
      const wanted = { ...rest, rows: rowsOf(ids) };
      return movedBy(command, await quarantineOrphans(command, wanted, requestOf('quarantineOrphans', wanted)), waitMs);
    });
  }

  @Mutation(() => QuarantinePayload, { description: 'Gives rows in quarantine back to the import, as if they had never been there: those whose source is in Dataverse again, or others as well.' })
  releaseQuarantined(@Arg('input', { description: 'Which rows.' }) input: ReleaseQuarantinedInput, @Ctx() { command }: RequestContext) {
    return answer(NOTHING_MOVED, async () => {
      const { waitMs, ids, ...rest } = input;
      const wanted = { ...rest, rows: rowsOf(ids) };
      return movedBy(command, await releaseQuarantined(command, wanted, requestOf('releaseQuarantined', wanted)), waitMs);
    });
  }
}

@Resolver(() => QuarantinedRowConnection)
export class QuarantinedRowsResolver {
  @FieldResolver(() => Int, { description: 'How many rows the whole list has; counted only when asked for.' })
  totalCount(@Root() { count }: QuarantinedRowConnection): Promise<number> {
    return count();
  }
}

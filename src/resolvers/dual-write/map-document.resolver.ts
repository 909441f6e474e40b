import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { checkTableMaps } from '../../flow/3-sync/edit/check-table-maps';
import type { ChosenMaps } from '../../flow/3-sync/edit/chosen-maps';
import { exportTableMaps } from '../../flow/3-sync/edit/export-table-maps';
import { importTableMaps, type ImportedTableMap as Imported } from '../../flow/3-sync/edit/import-table-maps.command';
import { CheckedTableMap } from '../../schema/dual-write/check.type';
import { ImportTableMapsInput } from '../../schema/dual-write/edit.input';
import { ImportTableMapsPayload } from '../../schema/dual-write/edit.payload';
import { JsonScalar } from '../../schema/shared/scalars';
import { keyOf } from '../../stores/reading/global-id';
import { reading } from '../loaders/read';
import { answer, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

/** Maps that a query names; an id may be the graph's or the system's own. */
function chosenMaps(names: string[] | null | undefined, ids: string[] | null | undefined): ChosenMaps {
  return { names: names ?? null, ids: ids?.map((id, index) => keyOf('TableMap', id, ['ids', String(index)])) ?? null };
}

const answered = (tableMaps: readonly Imported[]) => tableMaps.map(({ tableMapId, ...map }) => ({ ...map, tableMap: tableMapId }));

@Resolver()
export class MapDocumentResolver {
  @Query(() => JsonScalar, { description: 'The definitions of table maps as one JSON document, to be kept in a repository and imported elsewhere with `importTableMaps`: no ids, no states, and the same text every time. All maps unless some are named.' })
  exportTableMaps(
    @Arg('names', () => [String], { nullable: true, description: 'These maps, by the product\'s own names.' }) names: string[] | null,
    @Arg('ids', () => [ID], { nullable: true, description: 'These maps, by id.' }) ids: string[] | null,
    @Ctx() { session }: RequestContext,
  ): Promise<object> {
    return reading(async () => exportTableMaps(session, chosenMaps(names, ids)));
  }

  @Query(() => [CheckedTableMap], { description: 'Holds table maps against the tables and columns of today, in the order in which they run: what fits, what does not, and what to do about it. All maps unless some are named; running ones as well.' })
  checkTableMaps(
    @Arg('names', () => [String], { nullable: true, description: 'These maps, by the product\'s own names.' }) names: string[] | null,
    @Arg('ids', () => [ID], { nullable: true, description: 'These maps, by id.' }) ids: string[] | null,
    @Ctx() { session }: RequestContext,
  ): Promise<object[]> {
    return reading(async () => {
      const checked = await checkTableMaps(session, chosenMaps(names, ids));
      return checked.map(({ map, ...result }) => ({ ...result, name: map.name, status: map.status, tableMap: map.id }));
    });
  }

  @Mutation(() => ImportTableMapsPayload, { description: 'Takes the table maps of an exported document, all or none: makes those that are missing, stopped; gives stopped ones that differ another version; leaves the others alone. A dry run only says what would change.' })
  importTableMaps(@Arg('input', { description: 'The document.' }) input: ImportTableMapsInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMaps: answered([]), errors: userErrorsOf([]) }, async () => {
      const { document, dryRun, comment = null } = input;
      const { tableMaps, refusals } = await importTableMaps(command, { document, comment, dryRun }, requestOf('importTableMaps', input));
      return { tableMaps: answered(tableMaps), errors: userErrorsOf(refusals) };
    });
  }
}

import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { exportTableMaps } from '../../flow/3-sync/edit/chosen-maps';
import { importTableMaps, previewImport, type ImportedTableMap as Imported } from '../../flow/3-sync/edit/import-table-maps.command';
import { ImportTableMapsInput } from '../../schema/dual-write/edit.input';
import { ImportTableMapsPayload } from '../../schema/dual-write/edit.payload';
import { JsonScalar } from '../../schema/shared/scalars';
import { keyOf } from '../../stores/reading/global-id';
import { reading } from '../loaders/read';
import { answer, requestOf, userErrorsOf } from '../mutation';
import type { RequestContext } from '../request-context';

const answered = (tableMaps: readonly Imported[]) => tableMaps.map(({ tableMapId, ...map }) => ({ ...map, tableMap: tableMapId }));

@Resolver()
export class MapDocumentResolver {
  @Query(() => JsonScalar, { description: 'The definitions of table maps as one JSON document, to be kept in a repository and imported elsewhere with `importTableMaps`: no ids, no states, and the same text every time. All maps unless some are named.' })
  exportTableMaps(
    @Arg('names', () => [String], { nullable: true, description: 'These maps, by the product\'s own names.' }) names: string[] | null,
    @Arg('ids', () => [ID], { nullable: true, description: 'These maps, by id.' }) ids: string[] | null,
    @Ctx() { session }: RequestContext,
  ): Promise<object> {
    return reading(() => exportTableMaps(session, { names: names ?? null, ids: ids?.map((id, index) => keyOf('TableMap', id, ['ids', String(index)])) ?? null }));
  }

  @Mutation(() => ImportTableMapsPayload, { description: 'Takes the table maps of an exported document, all or none: makes those that are missing, stopped; gives stopped ones that differ another version; leaves the others alone. A dry run only says what would change.' })
  importTableMaps(@Arg('input', { description: 'The document.' }) input: ImportTableMapsInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMaps: answered([]) }, async () => {
      const { document, dryRun, comment = null } = input;
      if (!dryRun) return { tableMaps: answered((await importTableMaps(command, { document, comment }, requestOf('importTableMaps', input))).tableMaps) };
      const { tableMaps, refusals } = await previewImport(command.database.reader, { document });
      return { tableMaps: answered(tableMaps), errors: userErrorsOf(refusals) };
    });
  }
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { loadRecords } from '../flow/0-load';
import { ImportRecordsInput, ImportRecordsPayload } from '../schema/shared/import-records';
import { answer, requestOf } from './mutation';
import type { RequestContext } from './request-context';

@Resolver()
export class ImportRecordsResolver {
  @Mutation(() => ImportRecordsPayload, { description: 'Loads records of both systems as one change set, like the loader: all of them, or none. Records that are there already, from the same source, change nothing; each bad record is named by set, row and column.' })
  importRecords(@Arg('input', { description: 'The records.' }) input: ImportRecordsInput, @Ctx() { command }: RequestContext) {
    return answer({ entitySets: [] as object[] }, async () => {
      const entitySets = input.entitySets.map(({ name, records }) => ({ name, file: name, rows: records }));
      const { sets } = await loadRecords(command, { entitySets }, requestOf('importRecords', input));
      return { entitySets: sets.map(({ name, read, new: created, unchanged }) => ({ name, read, created, unchanged })) };
    });
  }
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { activateTableMapVersion } from '../../flow/3-sync/edit/activate-version.command';
import type { FieldDraft } from '../../flow/3-sync/edit/map-draft';
import { updateTableMap } from '../../flow/3-sync/edit/update-table-map.command';
import { ActivateTableMapVersionInput, UpdateTableMapInput, type TableMapFieldInput } from '../../schema/dual-write/edit.input';
import { EditTableMapPayload } from '../../schema/dual-write/edit.payload';
import { keyOf } from '../../stores/reading/global-id';
import { answer, requestOf } from '../mutation';
import type { RequestContext } from '../request-context';

/** The map named by key, whichever id the caller gave. */
function withKey<Input extends { readonly id?: string | null }>(input: Input): Input {
  return { ...input, id: input.id ? keyOf('TableMap', input.id, ['input', 'id']) : null };
}

function fieldOf({ source = null, valueMap = null, defaultValue = null, lookup = null, keep = null, ...field }: TableMapFieldInput): FieldDraft {
  return { ...field, source, defaultValue, lookup: lookup && { ...lookup }, keep, valueMap: valueMap && valueMap.map(({ from, to = null }) => ({ from, to })) };
}

@Resolver()
export class EditResolver {
  @Mutation(() => EditTableMapPayload, { description: 'Changes the filters, references and field pairs of a stopped table map, all or none: validated against both sides, and kept as a new version.' })
  updateTableMap(@Arg('input', { description: 'Which table map, and what is to be different.' }) input: UpdateTableMapInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMap: null as string | null }, async () => {
      const wanted = withKey(input);
      const { fields, changeFields, addFields, references } = wanted;
      const { tableMapId } = await updateTableMap(command, {
        ...wanted, fields: fields?.map(fieldOf), addFields: addFields?.map(fieldOf), references: references?.map(({ column, map }) => ({ column, map })),
        changeFields: changeFields?.map(({ sequence, field }) => ({ sequence, field: fieldOf(field) })),
      }, requestOf('updateTableMap', wanted));
      return { tableMap: tableMapId };
    });
  }

  @Mutation(() => EditTableMapPayload, { description: 'Makes another version of a stopped table map the active one; it is validated again, and no version is lost.' })
  activateTableMapVersion(@Arg('input', { description: 'Which table map, and which version.' }) input: ActivateTableMapVersionInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMap: null as string | null }, async () => {
      const wanted = withKey(input);
      return { tableMap: (await activateTableMapVersion(command, wanted, requestOf('activateTableMapVersion', wanted))).tableMapId };
    });
  }
}

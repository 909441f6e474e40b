import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { activateTableMapVersion } from '../../flow/3-sync/edit/activate-version.command';
import { createTableMap } from '../../flow/3-sync/edit/create-table-map.command';
import type { FieldDraft } from '../../flow/3-sync/edit/map-draft';
import { updateTableMap } from '../../flow/3-sync/edit/update-table-map.command';
import { ActivateTableMapVersionInput, CreateTableMapInput, UpdateTableMapInput, type TableMapFieldInput } from '../../schema/dual-write/edit.input';
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
  @Mutation(() => EditTableMapPayload, { description: 'Makes a table map that the product does not ship: stopped, validated against both sides, and run like any other with `runTableMaps`.' })
  createTableMap(@Arg('input', { description: 'Its definition.' }) input: CreateTableMapInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMap: null as string | null }, async () => {
      const { name, sequence = null, dataverseTable, financeTable, companyPath = null, filter, financeFilter, comment = null } = input;
      const { integrationKey, documentPath = null, references, fields } = input;
      const { tableMapId } = await createTableMap(command, {
        name, sequence, dataverseTable, financeTable, companyPath, filter, financeFilter, comment,
        integrationKey: { ...integrationKey }, fields: fields.map(fieldOf), references: references.map(({ column, map }) => ({ column, map })),
        documentPath: documentPath && { dataverse: documentPath.dataverse ?? null, finance: documentPath.finance ?? null },
      }, requestOf('createTableMap', input));
      return { tableMap: tableMapId };
    });
  }

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

import type { CommandContext } from '../../../context';
import { TableMapActivityKind } from '../../../entities/dual-write';
import { notFound, refuse, refuseAny } from '../../../kernel/refusal';
import { recordActivity } from '../../../stores/dual-write/activity.store';
import { readVersions } from '../../../stores/dual-write/table-map.store';
import type { UnitOfWork } from '../../../stores/session';
import { runCommand, type CommandRequest } from '../../command';
import type { NamedTableMap } from '../operate/named-table-maps';
import { lockEditable, refusalsOfDraft, refusalsOfDroppedFlows } from './editable-map';
import type { MapDraft } from './map-draft';
import { putDefinition } from './store-definition';

export interface ActivateTableMapVersionInput extends NamedTableMap {
  readonly number: string;
}

/**
 * Makes a version of a stopped table map the active one. It was valid once, and is validated again: a map that it refers to may have
 * changed. The version that was active stays. Gives the map's id.
 */
export async function activateTableMapVersion(
  context: CommandContext, input: ActivateTableMapVersionInput, request: CommandRequest,
): Promise<{ tableMapId: string }> {
  return runCommand(context, request, (work) => activateInUnitOfWork(work, context, input));
}

async function activateInUnitOfWork(work: UnitOfWork, context: CommandContext, input: ActivateTableMapVersionInput): Promise<{ tableMapId: string }> {
  const { map, all } = await lockEditable(work, input);
  const path = ['input', 'number'];
  const version = (await readVersions(work, [map.id])).find((candidate) => candidate.number === input.number);
  if (!version) return refuse(notFound(`version of ${map.name}`, input.number, path));
  if (version.number === map.mapVersion) return { tableMapId: map.id };
  const { content, refusals } = refusalsOfDraft(work, version.definition as unknown as MapDraft, all, () => path);
  refuseAny(refusals);
  refuseAny(await refusalsOfDroppedFlows(work, map, content, path));
  await putDefinition(work, context, map, content, version.number);
  await recordActivity(work, context, {
    kind: TableMapActivityKind.VERSION_ACTIVATED, mapName: map.name, sentence: `Went from version ${map.mapVersion} to ${version.number}.`,
    facts: { from: map.mapVersion, to: version.number },
  });
  return { tableMapId: map.id };
}

import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { ask } from '../../../support/api';
import type { TestGateway } from '../../../support/engines';
import { ERRORS, type AnsweredError } from '../../../support/process';
import { sync } from '../rungs';

export type Operation = 'runTableMaps' | 'pauseTableMaps' | 'resumeTableMaps' | 'stopTableMaps';

export interface AnsweredMap {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly version: number;
}

export interface NamedMap {
  readonly id?: string;
  readonly name?: string;
  readonly expectedVersion?: number;
}

/** Runs, pauses, resumes or stops table maps by the API, and gives the whole answer. */
export async function operate(
  gateway: TestGateway, operation: Operation, maps: readonly (string | NamedMap)[], more: object = {}, actor?: string,
): Promise<{ tableMaps: AnsweredMap[]; errors: AnsweredError[] }> {
  const input = { tableMaps: maps.map((map) => (typeof map === 'string' ? { name: map } : map)), ...more };
  const type = { resumeTableMaps: 'ResumeTableMapsInput', runTableMaps: 'RunTableMapsInput' }[operation as string] ?? 'OperateTableMapsInput';
  const answered = await ask(gateway, `mutation ($input: ${type}!) { ${operation}(input: $input) { tableMaps { id name status version } ${ERRORS} } }`, { input }, actor);
  return answered[operation];
}

/** The same where it must not be refused: the maps with their states. */
export async function operated(gateway: TestGateway, operation: Operation, ...maps: readonly string[]): Promise<[name: string, status: string][]> {
  const { tableMaps, errors } = await operate(gateway, operation, maps);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return tableMaps.map((map) => [map.name, map.status]);
}

export interface AnsweredQueue {
  readonly changeSets: number;
  readonly records: number;
  readonly oldest: string | null;
}

export async function mapNamed(gateway: TestGateway, name: string): Promise<AnsweredMap & { readonly queue: AnsweredQueue }> {
  const { tableMap } = await ask(gateway, 'query ($name: String!) { tableMap(name: $name) { id name status version queue { changeSets records oldest } } }', { name });
  return tableMap;
}

/** Sentences of the activity log about a map, the oldest first. */
export async function activitiesOf(gateway: TestGateway, name: string): Promise<{ kind: string; actor: string; sentence: string; facts: Record<string, unknown> }[]> {
  const { tableMap } = await ask(gateway, `query ($name: String!) {
    tableMap(name: $name) { activities(orderBy: [{ field: ID }], first: 100) { nodes { kind actor sentence facts } } }
  }`, { name });
  return tableMap.activities.nodes;
}

/** Every map runs, and nothing is queued. */
export async function runEverything(gateway: TestGateway): Promise<void> {
  for (const name of Object.values(TABLE_MAPS)) if ((await mapNamed(gateway, name)).status !== 'RUNNING') await operated(gateway, 'runTableMaps', name);
  await sync(gateway);
}

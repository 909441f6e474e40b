import { ask } from '../../../support/api';
import type { TestGateway } from '../../../support/engines';
import { ERRORS, type AnsweredError } from '../../../support/process';

export interface EditedMap {
  readonly id: string;
  readonly name: string;
  readonly mapVersion: string;
  readonly version: number;
  readonly filter: string;
}

/** Sends an edit by the API, and gives the map and the errors that came back. */
export async function edit(
  gateway: TestGateway, mutation: 'updateTableMap' | 'activateTableMapVersion' | 'createTableMap', input: object, actor?: string,
): Promise<{ tableMap: EditedMap | null; errors: AnsweredError[] }> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const answered = await ask(gateway, `mutation ($input: ${type}!) {
    ${mutation}(input: $input) { tableMap { id name mapVersion version filter } ${ERRORS} }
  }`, { input }, actor);
  return answered[mutation];
}

/** The same where it must not be refused. */
export async function edited(gateway: TestGateway, mutation: Parameters<typeof edit>[1], input: object): Promise<EditedMap> {
  const { tableMap, errors } = await edit(gateway, mutation, input);
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return tableMap!;
}

export interface AnsweredField {
  readonly sequence: number;
  readonly direction: string;
  readonly source: string | null;
  readonly target: string;
}

/** A map's field pairs by the API, in their order. */
export async function fieldsOf(gateway: TestGateway, name: string): Promise<AnsweredField[]> {
  const { tableMap } = await ask(gateway, `query ($name: String!) {
    tableMap(name: $name) { fields(first: 100) { nodes { sequence direction source target } } }
  }`, { name });
  return tableMap.fields.nodes;
}

/** Place of the pair of a target towards finance. */
export async function placeOf(gateway: TestGateway, name: string, target: string): Promise<number> {
  return (await fieldsOf(gateway, name)).find((field) => field.target === target)!.sequence;
}

import {
  getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType, type GraphQLField, type GraphQLInputField, type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { sentPath } from '../../src/resolvers/sent-path';
import { globalIdOf } from '../../src/stores/reading/global-id';
import { ask, gatewaySchema } from '../support/api';
import { onBothEngines, type TestGateway } from '../support/engines';
import { Story } from '../support/story';

/** What the ids of the inputs' required fields are ids of, where the field does not say it. */
const TYPE_OF_FIELD: Record<string, string> = {
  detailId: 'ProformaInvoiceLineDetail', detailIds: 'ProformaInvoiceLineDetail', lineId: 'IntegrationJournalLine', lineIds: 'IntegrationJournalLine',
  contractLineId: 'ProjectContractLine', retainerId: 'Retainer', limitId: 'NotToExceedLimit',
};

interface NumberField {
  readonly mutation: string;
  readonly field: string;
  readonly input: Record<string, unknown>;
  readonly hasResults: boolean;
}

const SAMPLES: Record<string, unknown> = { Int: 1, Boolean: true, Decimal: '1', Date: '2026-06-30', String: 'anything' };

function sampleOf(name: string, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(name, type.ofType as GraphQLInputType);
  if (isListType(type)) return [sampleOf(name, type.ofType as GraphQLInputType)];
  if (isInputObjectType(type)) return requiredOf(Object.values(type.getFields()));
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (type.name === 'ID') return globalIdOf(TYPE_OF_FIELD[name] ?? 'Actual', '00000000-0000-7000-8000-000000000001');
  return SAMPLES[type.name];
}

function requiredOf(fields: readonly GraphQLInputField[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => [name, sampleOf(name, type)]));
}

/** Every input field that names a record by number beside a field that names it by id. */
function numberFieldsOf({ name: mutation, args, type }: GraphQLField<unknown, unknown>): NumberField[] {
  const input = getNamedType(args[0]!.type);
  const payload = getNamedType(type);
  if (!isInputObjectType(input) || !isObjectType(payload)) return [];
  const fields = input.getFields();
  const hasResults = 'results' in payload.getFields();
  return Object.keys(fields)
    .filter((field) => /Numbers?$/.test(field) && fields[field.replace('Number', 'Id')])
    .map((field) => ({ mutation, field, input: requiredOf(Object.values(fields)), hasResults }));
}

const fieldsOf = (schema: GraphQLSchema): NumberField[] => Object.values(schema.getMutationType()!.getFields()).flatMap(numberFieldsOf);

interface Refused {
  readonly code: string;
  readonly path: string[] | null;
}

async function errorsOf(gateway: TestGateway, { mutation, field, input, hasResults }: NumberField, number: string): Promise<{ errors: Refused[]; sent: object }> {
  const sent = { ...input, [field]: field.endsWith('s') ? [number] : number };
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  const schema = await gatewaySchema();
  const inputType = String(schema.getMutationType()!.getFields()[mutation]!.args[0]!.type);
  const selection = `errors { code path } ${hasResults ? 'results { errors { code path } }' : ''}`;
  const data = await ask(gateway, `mutation ${type}($input: ${inputType}) { ${mutation}(input: $input) { ${selection} } }`, { input: sent });
  const { errors, results } = data[mutation] as { errors: Refused[]; results?: { errors: Refused[] }[] };
  return { errors: [...errors, ...(results ?? []).flatMap((result) => result.errors)], sent };
}

/** Whether every step of a path is a field, or a place in a list, of what was sent. */
function isSent(sent: object, path: readonly string[] | null): boolean {
  let here: unknown = { input: sent };
  return path?.every((step) => {
    here = typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[step] : undefined;
    return here !== undefined && here !== null;
  }) ?? false;
}

describe('the path of an error', () => {
  it.each([
    ['a number beside its id', { proposalNumber: 'P1' }, ['proposalId'], ['proposalNumber']],
    ['an id that was sent', { proposalId: 'x' }, ['proposalId'], ['proposalId']],
    ['a list by numbers', { ids: 1, journalNumbers: ['J1', 'J2'] }, ['journalIds', '1'], ['journalNumbers', '1']],
    ['a list by numbers behind a list by ids', { journalIds: ['x'], journalNumbers: ['J1'] }, ['journalIds', '1'], ['journalNumbers', '0']],
    ['a list of which the length is wrong', { journalNumbers: ['J1'] }, ['journalIds'], ['journalNumbers']],
    ['a line within a list', { lines: [{ lineNumber: 4 }] }, ['lines', '0', 'lineId'], ['lines', '0', 'lineNumber']],
    ['a field that has no number', { customerId: 'x' }, ['customerId'], ['customerId']],
  ])('names %s', (_title, input, path, expected) => {
    expect(sentPath({ input }, ['input', ...path])).toEqual(['input', ...expected]);
  });
});

onBothEngines('the path of an error', (gateway) => {
  it('names the number that nothing has, in every mutation that takes one', async () => {
    const found = fieldsOf(await gatewaySchema());
    expect(found.length).toBeGreaterThan(25);
    const wrong: unknown[] = [];
    for (const one of found) {
      const { errors, sent } = await errorsOf(gateway(), one, 'NOBODY-HAS-THIS');
      const isRight = errors.length > 0 && errors.every(({ path }) => isSent(sent, path));
      if (!isRight) wrong.push([one.mutation, one.field, errors]);
    }
    expect(wrong).toEqual([]);
  });

  it('names the number of a record that is past what is asked, in every mutation that takes one', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilledMany(2);
    const { id, number } = await story.draft();
    await story.process.confirm(id);
    await story.settle();
    const { integrationJournals } = await story.ask('{ integrationJournals(first: 1) { nodes { number } } }');
    const numberOf = (field: string): string => {
      if (/journal/i.test(field)) return integrationJournals.nodes[0].number;
      return /contract/i.test(field) ? story.contractNumber : number;
    };
    const wrong: unknown[] = [];
    for (const one of fieldsOf(await gatewaySchema())) {
      const { errors, sent } = await errorsOf(gateway(), one, numberOf(one.field));
      if (!errors.every(({ path }) => isSent(sent, path))) wrong.push([one.mutation, one.field, errors]);
    }
    expect(wrong).toEqual([]);
  });
});

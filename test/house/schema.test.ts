import { getIntrospectionQuery, graphqlSync, isEnumType, isInputObjectType, isInterfaceType, isObjectType, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { gatewaySchema } from '../support/api';
import { textOf } from '../support/repository';

describe('the graph', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => { schema = await gatewaySchema(); });

  it('is the one in schema.graphql: run npm run schema:emit after a change', () => {
    expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(textOf('schema.graphql'));
  });

  it('is valid, and answers what it is asked about itself', () => {
    expect(graphqlSync({ schema, source: getIntrospectionQuery() }).errors).toBeUndefined();
  });

  it('describes every type, field, argument and enum value', () => {
    const bare: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__')) continue;
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      if (!type.description && !isRoot) bare.push(type.name);
      if (isEnumType(type)) bare.push(...type.getValues().filter((value) => !value.description).map((value) => `${type.name}.${value.name}`));
      if (isInputObjectType(type)) bare.push(...Object.values(type.getFields()).filter((field) => !field.description).map((field) => `${type.name}.${field.name}`));
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          if (!field.description) bare.push(`${type.name}.${field.name}`);
          bare.push(...field.args.filter((argument) => !argument.description).map((argument) => `${type.name}.${field.name}(${argument.name})`));
        }
      }
    }
    expect(bare).toEqual([]);
  });

  it('gives every mutation one input and a payload with errors', () => {
    for (const mutation of Object.values(schema.getMutationType()!.getFields())) {
      expect([mutation.name, mutation.args.map((argument) => argument.name)]).toEqual([mutation.name, ['input']]);
      expect(schema.getType(String(mutation.type).replace('!', ''))).toMatchObject({ _fields: { errors: { name: 'errors' } } });
    }
  });
});

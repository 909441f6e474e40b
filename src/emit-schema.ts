import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGatewaySchema } from './resolvers/build-schema';

/** `npm run schema:emit`: writes schema.graphql, sorted; a test fails when it is out of date. */
buildGatewaySchema().then(
  (schema) => writeFileSync('schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

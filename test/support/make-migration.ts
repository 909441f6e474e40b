/**
 * `npm run migration:generate -- name`: compares the entities with what the migrations build, on both engines, and writes the
 * difference as a new migration with one list of statements per engine.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, type DatabaseLocation } from '../../ormconfig';
import { migrations } from '../../src/migrations';
import { startPostgres } from './embedded-postgres';

async function missingStatements(location: DatabaseLocation): Promise<string[]> {
  const source = createDataSource(location);
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
    const difference = await source.driver.createSchemaBuilder().log();
    return difference.upQueries.map((query) => query.query);
  } finally {
    await source.destroy();
  }
}

async function main(): Promise<void> {
  const name = process.argv[2];
  if (!name || !/^[a-z][a-z-]*$/.test(name)) throw new Error('Give the migration a name in lower case with hyphens');
  const folder = mkdtempSync(join(tmpdir(), 'gateway-migration-'));
  const postgres = await startPostgres();
  try {
    const sqlite = await missingStatements({ engine: 'sqlite', path: join(folder, 'empty.sqlite') });
    const postgresql = await missingStatements({ engine: 'postgres', url: postgres.url('postgres') });
    if (sqlite.length + postgresql.length === 0) return console.log('The migrations build what the entities describe: nothing to write.');
    const number = String(migrations.length + 1).padStart(3, '0');
    const className = name.split('-').map((part) => part[0]!.toUpperCase() + part.slice(1)).join('');
    const list = (statements: string[]) => statements.map((text) => `    ${JSON.stringify(text)},`).join('\n');
    const text = [
      "import { StatementMigration } from './statement-migration';",
      '',
      `export class ${className} extends StatementMigration {`,
      `  readonly name = '${className}${Date.now()}';`,
      '  protected readonly sqlite = [', list(sqlite), '  ];',
      '  protected readonly postgres = [', list(postgresql), '  ];',
      '}',
      '',
    ].join('\n');
    const file = join('src', 'migrations', `${number}-${name}.ts`);
    writeFileSync(file, text);
    console.log(`Wrote ${file}; add ${className} to src/migrations/index.ts.`);
  } finally {
    await postgres.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

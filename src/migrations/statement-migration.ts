import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that is a list of statements per engine. Forward only: there is no way down. */
export abstract class StatementMigration implements MigrationInterface {
  abstract readonly name: string;
  protected abstract readonly sqlite: readonly string[];
  protected abstract readonly postgres: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.connection.options.type === 'postgres' ? this.postgres : this.sqlite;
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error(`${this.name} cannot be undone: restore a backup instead`);
  }
}

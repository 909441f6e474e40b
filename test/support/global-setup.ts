import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Database } from '../../src/stores/unit-of-work';
import { startPostgres, type RunningPostgres } from './embedded-postgres';

declare global {
  // The running server is handed to the teardown of the same process.
  var gatewayTestPostgres: RunningPostgres | undefined;
}

/** Starts PostgreSQL once per run and migrates one template per engine; every test file works on copies of them. */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  const postgres = await startPostgres();
  globalThis.gatewayTestPostgres = postgres;
  const template = join(folder, 'template.sqlite');
  const admin = await new DataSource({ type: 'postgres', url: postgres.url('postgres') }).initialize();
  await admin.query('CREATE DATABASE gateway_template');
  await admin.destroy();
  for (const location of [
    { engine: 'sqlite', path: template } as const,
    { engine: 'postgres', url: postgres.url('gateway_template') } as const,
  ]) {
    const database = await Database.open(location);
    await database.close();
  }
  process.env.GATEWAY_TEST_FOLDER = folder;
  process.env.GATEWAY_TEST_POSTGRES = postgres.url('postgres');
}

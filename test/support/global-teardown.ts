import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  await globalThis.gatewayTestPostgres?.stop();
  const folder = process.env.GATEWAY_TEST_FOLDER;
  if (folder) rmSync(folder, { recursive: true, force: true });
}

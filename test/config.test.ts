import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, PROJECT_FOLDER, readEnvironment, SETTING_NAMES, SettingsError } from '../src/config';

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('have a default each', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      location: { engine: 'sqlite', path: join('data', 'gateway.sqlite') },
      sample: join(PROJECT_FOLDER, 'samples', 'contoso'),
      reproducible: false,
      flow: { skipReversalsOfAdjusted: false, documents: { secret: null, lifetimeMs: 900_000 } },
      worker: { syncIntervalMs: null, importIntervalMs: null, quarantineAfterMs: null },
      logLevel: 'info',
    });
  });

  it('take what the environment says', () => {
    const settings = loadSettings({
      HOST: '0.0.0.0', PORT: '0', DATABASE_PATH: '/tmp/other.sqlite', SAMPLE_DIR: 'none', LOG_LEVEL: 'warn', SKIP_REVERSALS_OF_ADJUSTED: 'TRUE',
      DOCUMENT_SECRET: 'x'.repeat(32), DOCUMENT_LIFETIME_MINUTES: '60', SYNC_INTERVAL_MS: '1000', IMPORT_INTERVAL_MS: '60000', QUARANTINE_AFTER_MINUTES: '1440',
    });
    expect(settings).toMatchObject({
      host: '0.0.0.0', port: 0, location: { engine: 'sqlite', path: '/tmp/other.sqlite' }, sample: null, logLevel: 'warn',
      flow: { skipReversalsOfAdjusted: true, documents: { secret: 'x'.repeat(32), lifetimeMs: 3_600_000 } },
      worker: { syncIntervalMs: 1_000, importIntervalMs: 60_000, quarantineAfterMs: 86_400_000 },
    });
  });

  it('move the program to PostgreSQL when there is a DATABASE_URL', () => {
    const url = 'postgres://gateway:secret@localhost:5432/gateway';
    expect(loadSettings({ DATABASE_URL: url, DATABASE_PATH: 'data/ignored.sqlite' }).location).toEqual({ engine: 'postgres', url });
  });

  it('read from a replica only beside a DATABASE_URL', () => {
    const [url, readUrl] = ['postgres://gateway:secret@primary/gateway', 'postgres://gateway:secret@replica/gateway'];
    expect(loadSettings({ DATABASE_URL: url, DATABASE_READ_URL: readUrl }).location).toEqual({ engine: 'postgres', url, readUrl });
    expect(mistakesOf({ DATABASE_READ_URL: readUrl })).toEqual(['DATABASE_READ_URL names a replica of DATABASE_URL, which is not set.']);
  });

  it('make the clock stand still and the ids repeat under CLOCK', () => {
    const [one, other] = [loadSettings({ CLOCK: '2026-06-30T14:00:00+02:00' }), loadSettings({ CLOCK: '2026-06-30T12:00:00.000Z' })];
    expect(one.clock.now().toISOString()).toBe('2026-06-30T12:00:00.000Z');
    expect([one.ids.next(), one.ids.next()]).toEqual([other.ids.next(), other.ids.next()]);
    expect(one.reproducible).toBe(true);
  });

  it('list every mistake by name at once', () => {
    const mistakes = mistakesOf({
      PORT: '70000', CLOCK: 'yesterday', LOG_LEVEL: 'loud', SKIP_REVERSALS_OF_ADJUSTED: 'maybe', DATABASE_URL: 'mysql://user:secret@host/base',
      DATABASE_PATH: ':memory:', SAMPLE_DIR: '/no/such/folder', DOCUMENT_SECRET: 'short', DOCUMENT_LIFETIME_MINUTES: '0', SYNC_INTERVAL_MS: '0',
      IMPORT_INTERVAL_MS: '1 minute',
    });
    expect(mistakes.map((text) => text.split(' ')[0]).sort()).toEqual([
      'CLOCK', 'DATABASE_PATH', 'DATABASE_URL', 'DOCUMENT_LIFETIME_MINUTES', 'DOCUMENT_SECRET', 'IMPORT_INTERVAL_MS',
      'LOG_LEVEL', 'PORT', 'SAMPLE_DIR', 'SKIP_REVERSALS_OF_ADJUSTED', 'SYNC_INTERVAL_MS',
    ]);
  });

  it('repeat no password in a mistake', () => {
    expect(mistakesOf({ DATABASE_URL: 'mysql://user:secret@host/base', DOCUMENT_SECRET: 'secret' }).join()).not.toContain('secret');
  });

  it.each([['PORT', '-1'], ['PORT', '4e3'], ['PORT', '65536'], ['CLOCK', '2026-06-30'], ['CLOCK', '2026-13-30T00:00:00Z'], ['LOG_LEVEL', 'INFO'],
    ['SYNC_INTERVAL_MS', '99'], ['SYNC_INTERVAL_MS', '1e4'], ['IMPORT_INTERVAL_MS', '86400001']])(
    'refuse %s=%s', (name, value) => {
      expect(mistakesOf({ [name]: value })).toHaveLength(1);
    },
  );

  it('count an empty variable as absent, and ignore those that are not theirs', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: ' ', PORTS: 'x', EDITOR: 'vi' })).toMatchObject({ port: 4000, location: { engine: 'sqlite' } });
  });

  it('cannot be changed afterwards', () => {
    const settings = loadSettings({});
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.flow) && Object.isFrozen(settings.location)).toBe(true);
  });

  it('are all listed in .env.example, which changes nothing as it stands', () => {
    const example = readFileSync(join(PROJECT_FOLDER, '.env.example'), 'utf8');
    const listed = [...example.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...SETTING_NAMES].sort());
    expect(example.split('\n').every((line) => line === '' || line.startsWith('#'))).toBe(true);
  });

  it('come from .env, over which the variables of the process win', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-env-'));
    writeFileSync(join(folder, '.env'), 'PORT=4100\nGATEWAY_TEST_ONLY="from the file"\nPATH=nowhere\n');
    const environment = readEnvironment(folder);
    expect(environment).toMatchObject({ PORT: '4100', GATEWAY_TEST_ONLY: 'from the file' });
    expect(environment.PATH).toBe(process.env.PATH);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { locationOf, type DatabaseLocation } from '../ormconfig';
import type { FlowSettings } from './context';
import { GRACE_MINUTES_MAX } from './flow/reconcile/orphans/orphan.limits';
import { fixedClock, systemClock, type Clock } from './kernel/clock';
import { seededIds, timeOrderedIds, type Ids } from './kernel/ids';
import type { WorkerSettings } from './worker/jobs';

/** The names of the environment variables that the program reads; everything else in the environment is none of its business. */
export const SETTING_NAMES = [
  'HOST', 'PORT', 'DATABASE_PATH', 'DATABASE_URL', 'DATABASE_READ_URL', 'SAMPLE_DIR', 'CLOCK', 'SKIP_REVERSALS_OF_ADJUSTED', 'DOCUMENT_SECRET',
  'DOCUMENT_LIFETIME_MINUTES', 'SYNC_INTERVAL_MS', 'IMPORT_INTERVAL_MS', 'QUARANTINE_AFTER_MINUTES', 'LOG_LEVEL',
] as const;
type SettingName = (typeof SETTING_NAMES)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRET_NAMES: readonly SettingName[] = ['DATABASE_URL', 'DATABASE_READ_URL', 'DOCUMENT_SECRET'];
/** A shorter secret could be guessed: HS256 wants as many bytes as its hash has. */
const DOCUMENT_SECRET_LENGTH_MIN = 32;
const DOCUMENT_LIFETIME_MINUTES_MAX = 1440;
const MINUTE_MS = 60_000;
/** A shorter period would do nothing but look; a longer one than a day is a mistake in the unit. */
const INTERVAL_MS_MIN = 100;
const INTERVAL_MS_MAX = 24 * 60 * MINUTE_MS;

/** The value of `SAMPLE_DIR` that leaves an empty database empty. */
const NO_SAMPLE = 'none';
const PORT_MAX = 65_535;
/** The folder that holds package.json: this file runs as dist/src/config.js. */
export const PROJECT_FOLDER = join(__dirname, '..', '..');

/** What the environment decides. Parsed once, at start, and read from nowhere else. */
export interface Settings {
  readonly host: string;
  /** 0 lets the operating system choose a free one. */
  readonly port: number;
  readonly location: DatabaseLocation;
  /** The folder that is loaded into a database without companies; null starts empty. */
  readonly sample: string | null;
  readonly clock: Clock;
  readonly ids: Ids;
  /** True when `CLOCK` stands still, and ids therefore repeat from one start to the next. */
  readonly reproducible: boolean;
  readonly flow: FlowSettings;
  /** Periodic work: the server does it too where a period is given; `npm run worker` does it in any case. */
  readonly worker: WorkerSettings;
  readonly logLevel: LogLevel;
}

/** Every mistake of the settings at once; each one begins with the name of its variable. */
export class SettingsError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super([`The settings have ${count}:`, ...mistakes.map((text) => `  ${text}`)].join('\n'));
    this.name = 'SettingsError';
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of the process over those of a `.env` file in `folder`, where there is one. */
export function readEnvironment(folder = process.cwd()): Environment {
  const file = join(folder, '.env');
  return { ...(existsSync(file) ? parse(readFileSync(file)) : {}), ...process.env };
}

/** Reads one variable at a time and collects what is wrong with each. An empty variable counts as absent. */
class Reader {
  readonly mistakes: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: SettingName): string | undefined {
    return this.environment[name]?.trim() || undefined;
  }

  /** `parse` returns undefined for a value that is not `expected`. */
  parsed<T>(name: SettingName, fallback: T, expected: string, parseText: (text: string) => T | undefined): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = parseText(text);
    if (value !== undefined) return value;
    // A secret is not repeated, nor an address, which may hold a password.
    this.mistakes.push(SECRET_NAMES.includes(name) ? `${name} must be ${expected}.` : `${name} is "${text}"; it must be ${expected}.`);
    return fallback;
  }
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= PORT_MAX ? port : undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function instantOf(text: string): Date | undefined {
  const instant = new Date(INSTANT.test(text) ? text : Number.NaN);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

function logLevelOf(text: string): LogLevel | undefined {
  return LOG_LEVELS.find((level) => level === text);
}

function booleanOf(text: string): boolean | undefined {
  return { true: true, false: false }[text.toLowerCase()];
}

function postgresUrlOf(text: string): string | undefined {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol) ? text : undefined;
}

function sqlitePathOf(text: string): string | undefined {
  return text.includes(':memory:') || text.startsWith('file:') ? undefined : text;
}

function documentSecretOf(text: string): string | undefined {
  return text.length >= DOCUMENT_SECRET_LENGTH_MIN ? text : undefined;
}

/** Reads whole minutes from 1 to a number of them, as milliseconds. */
function minutesUpTo(max: number): (text: string) => number | undefined {
  return (text) => {
    const minutes = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return minutes >= 1 && minutes <= max ? minutes * MINUTE_MS : undefined;
  };
}

function intervalOf(text: string): number | undefined {
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return milliseconds >= INTERVAL_MS_MIN && milliseconds <= INTERVAL_MS_MAX ? milliseconds : undefined;
}

function sampleOf(text: string): string | null | undefined {
  if (text === NO_SAMPLE) return null;
  return existsSync(text) ? resolve(text) : undefined;
}

/**
 * Parses the settings. Throws one `SettingsError` that lists every mistake. Variables that the program does not know are ignored,
 * because an environment holds many that belong to others.
 */
export function loadSettings(environment: Environment): Settings {
  const reader = new Reader(environment);
  const instant = reader.parsed<Date | null>('CLOCK', null, 'an instant such as 2026-06-30T12:00:00Z', instantOf);
  const urlShape = 'an address such as postgres://user:password@host:5432/database';
  const databaseUrl = reader.parsed('DATABASE_URL', undefined, urlShape, postgresUrlOf);
  const databaseReadUrl = reader.parsed('DATABASE_READ_URL', undefined, urlShape, postgresUrlOf);
  if (databaseReadUrl && !reader.text('DATABASE_URL')) reader.mistakes.push('DATABASE_READ_URL names a replica of DATABASE_URL, which is not set.');
  const pathShape = 'the path of a file (memory cannot be shared)';
  const databasePath = reader.parsed('DATABASE_PATH', join('data', 'gateway.sqlite'), pathShape, sqlitePathOf);
  const intervalShape = `whole milliseconds, ${INTERVAL_MS_MIN} to ${INTERVAL_MS_MAX}`;
  const clock = instant ? fixedClock(instant) : systemClock;
  const settings: Settings = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.parsed('PORT', 4000, `a whole number from 0 to ${PORT_MAX}`, portOf),
    location: Object.freeze(locationOf({ databaseUrl, databaseReadUrl, databasePath })),
    sample: reader.parsed('SAMPLE_DIR', join(PROJECT_FOLDER, 'samples', 'contoso'), `a folder that exists, or "${NO_SAMPLE}"`, sampleOf),
    clock,
    ids: instant ? seededIds(clock) : timeOrderedIds(),
    reproducible: instant !== null,
    flow: Object.freeze({
      skipReversalsOfAdjusted: reader.parsed('SKIP_REVERSALS_OF_ADJUSTED', false, 'true or false', booleanOf),
      documents: Object.freeze({
        secret: reader.parsed<string | null>('DOCUMENT_SECRET', null, `at least ${DOCUMENT_SECRET_LENGTH_MIN} characters`, documentSecretOf),
        lifetimeMs: reader.parsed('DOCUMENT_LIFETIME_MINUTES', 15 * MINUTE_MS, `whole minutes, 1 to ${DOCUMENT_LIFETIME_MINUTES_MAX}`, minutesUpTo(DOCUMENT_LIFETIME_MINUTES_MAX)),
      }),
    }),
    worker: Object.freeze({
      syncIntervalMs: reader.parsed<number | null>('SYNC_INTERVAL_MS', null, intervalShape, intervalOf),
      importIntervalMs: reader.parsed<number | null>('IMPORT_INTERVAL_MS', null, intervalShape, intervalOf),
      quarantineAfterMs: reader.parsed<number | null>(
        'QUARANTINE_AFTER_MINUTES', null, `whole minutes, 1 to ${GRACE_MINUTES_MAX}`, minutesUpTo(GRACE_MINUTES_MAX),
      ),
    }),
    logLevel: reader.parsed<LogLevel>('LOG_LEVEL', 'info', `one of ${LOG_LEVELS.join(', ')}`, logLevelOf),
  };
  if (reader.mistakes.length > 0) throw new SettingsError(reader.mistakes);
  return Object.freeze(settings);
}

import { SettingsError, type Settings } from '../config';
import type { Log } from '../context';
import { Refused } from '../kernel/refusal';
import { Database } from '../stores/unit-of-work';
import type { DatabaseLocation } from '../../ormconfig';

/** Bad rows of a sample that are named; the others are counted. */
const BAD_ROWS_SHOWN_MAX = 20;

/** The database could not be opened or migrated. */
class DatabaseNotOpened extends Error {}

/** Names the database without its password. */
function nameOf(location: DatabaseLocation): string {
  if (location.engine === 'sqlite') return `The SQLite file ${location.path} (DATABASE_PATH)`;
  const { host, pathname } = new URL(location.url);
  return `The PostgreSQL database ${pathname.slice(1)} at ${host} (DATABASE_URL)`;
}

function messageOf(error: unknown): string {
  // A refused connection to a name with several addresses is an AggregateError without a message.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Opens the database; the log says when its read replica goes and comes. */
export async function openDatabase(location: DatabaseLocation, log?: Log): Promise<Database> {
  const replicaNotice = (answers: boolean, error?: unknown): void => {
    if (answers) log?.info({}, 'the read replica answers again: queries read from it');
    else log?.warn({ err: error }, 'the read replica does not answer: queries read from the primary');
  };
  try {
    return await Database.open(location, { replicaNotice });
  } catch (error) {
    throw new DatabaseNotOpened(`${nameOf(location)} cannot be opened: ${messageOf(error)}.`, { cause: error });
  }
}

function listenFailure(code: unknown, { host, port }: Settings): string | null {
  switch (code) {
    case 'EADDRINUSE': return `Port ${port} at ${host} is in use. Set PORT to a free one, or stop the program that listens there.`;
    case 'EACCES': return `Listening on port ${port} needs rights that this program does not have. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND': return `${host} is not an address of this machine. Set HOST to one of its own, such as 127.0.0.1.`;
    default: return null;
  }
}

/** Why the program did not start, in words for whoever started it; a bug keeps its stack. */
export function explainStartFailure(error: unknown, settings: Settings | undefined): string {
  if (error instanceof SettingsError || error instanceof DatabaseNotOpened) return error.message;
  if (error instanceof Refused) {
    const shown = error.refusals.slice(0, BAD_ROWS_SHOWN_MAX).map((refusal) => `  ${refusal.message}`);
    const more = error.refusals.length - shown.length;
    return ['The sample cannot be loaded (SAMPLE_DIR):', ...shown, ...(more > 0 ? [`  ... and ${more} more`] : [])].join('\n');
  }
  const failure = settings && error instanceof Error && 'code' in error ? listenFailure(error.code, settings) : null;
  return failure ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

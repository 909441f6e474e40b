/** What periodic work and live mode promise, by the ids that the tests name. */
export const WORKER_RULES = {
  'WORKER-01': 'A periodic job runs once per period in the whole deployment, however many workers look for it at the same time.',
  'WORKER-02': 'A job stays with its worker while that one lives; when it died, its lease expires and another worker takes the job over at once.',
  'WORKER-03': 'A job that throws is logged, recorded as FAILED with its reason, and tried again at its next period, after further failures in a row at pauses that double up to five minutes, and at its period again once it goes well; it ends neither the worker nor another job.',
  'WORKER-04': 'A worker that finds nothing to do starts no run and writes nothing but a sign of life per job and minute.',
  'WORKER-05': 'A clock that is set back or forward holds no job up; periods that were missed are not made up for.',
  'WORKER-06': 'In live mode what is confirmed, loaded or posted reaches the other side by itself, and staged rows are imported, without a mutation.',
  'WORKER-07': 'The query periodicJobs shows every job with its period, its last begin, end and outcome, when it is due, and who is at it.',
  'WORKER-08': 'A run whose process died is ended by the next worker that looks, without anybody asking for a run.',
  'WORKER-09': 'A process that is told to end gives back what it holds behind the chunk that it is at, within its named time, and the next process goes on.',
  'WORKER-10': 'While the database is away requests fail at once with DATABASE_UNAVAILABLE, retryable, and the process lives on.',
  'WORKER-11': 'Long work sits an outage of the database out and goes on by itself, even when its commit was in doubt; nothing is lost and nothing doubled.',
  'WORKER-12': 'Queries read from DATABASE_READ_URL where it is set; a mutation, what it reads and its payload read from the primary.',
  'WORKER-13': 'While the replica does not answer, queries read from the primary; the log says so once, and once when it is back.',
} as const;

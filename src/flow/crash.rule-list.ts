/** What holds when a process dies, and when several work on one database, one sentence each. Tests' titles begin with the id. */
export const CRASH_RULES = {
  'CRASH-01': 'A process may die at any instruction: when what got no answer is asked for again under its key, everything ends as if the process had lived, and no number is left out.',
  'CRASH-02': 'In live mode what a process leaves behind when it dies is finished by the one that starts next, without anybody asking again.',
  'CRASH-03': 'Several processes that are asked for the same at once do it once: one gets it, the others are told that they came too late, and under one key all get one answer.',
} as const;

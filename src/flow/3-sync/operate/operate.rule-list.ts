/** The rules of operating table maps, one sentence each. Tests' titles begin with the id. */
export const OPERATE_RULES = {
  'MAP-01': 'One or many table maps are run, paused, resumed or stopped together; if one of them is not in a state that allows it, none changes, and each such one is named.',
  'MAP-02': 'A change to a paused or a stopped map is queued, however long that lasts, and nothing of the queue is lost.',
  'MAP-03': 'Pausing a map pauses the running maps that depend on it, and says so.',
  'MAP-04': 'A run that is carrying a map when it is paused or stopped stores nothing more of it, and the rest stays in the queue.',
  'MAP-05': 'A resumed map catches up: it carries its queue, the oldest first, and is RESUMING until what stood in it at the resume has been carried, by whichever run; then it runs.',
  'MAP-06': 'A map changes only in the version that its caller has read, where the caller names one.',
  'MAP-07': 'Whatever is done to a map, or it does itself, is in the activity log, with who asked for it.',
  'MAP-08': 'A map shows how many change sets and records wait in its queue, since when, and which.',
  'MAP-09': 'Skipping to live keeping the queue runs the map at once, and each record of the queue that is still to be carried becomes one sync error of the class CATCH_UP, which a retry carries.',
  'MAP-10': 'Moving a skipped queue to the error list goes on after any end of the process: every record is listed once, and none is lost.',
  'MAP-11': 'Skipping to live discarding the queue runs the map at once; what was discarded stays in the log as DISCARDED, with its counts in the activity log.',
  'MAP-12': 'A map that is catching up can skip to live, with or without keeping the rest of its queue.',
} as const;

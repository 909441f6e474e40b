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
} as const;

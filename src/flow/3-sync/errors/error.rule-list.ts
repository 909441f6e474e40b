/** What becomes of records and change sets that fail, one sentence each. Tests' titles begin with the id. */
export const ERROR_RULES = {
  'ERROR-01': 'A change set that a system failure breaks off stays in the queue and is tried again by itself, after pauses that double from a second to five minutes.',
  'ERROR-02': 'A record that alone meets a system failure holds none of the others up, and change sets behind it go on.',
  'ERROR-03': 'After ten tries the records of the change set that were not carried become sync errors of the class SYSTEM; a retry carries them.',
  'ERROR-04': 'A run that met a system failure finishes with errors and says what was put off, until when and why.',
  'ERROR-05': 'A failure of the class APPLICATION is never tried again by itself.',
  'ERROR-06': 'A retry or a dismissal takes named errors, or all that a filter of the error list takes, however many, and says how many it tried, mended and left.',
  'ERROR-07': 'A retry or a dismissal that would take every error by mistake is refused: one that names nothing, or whose filter leaves nothing out, such as an empty one.',
  'ERROR-08': 'A retry or a dismissal leaves one line in the activity log: who asked, for which errors, and how many they were.',
  'ERROR-09': 'A retry or a dismissal that breaks off keeps what it has done, and the same request does the rest.',
  'ERROR-10': 'No retry takes a dismissed error; what waits for its record goes on waiting.',
  'ERROR-11': 'A record that the system fails and that no change set brings again, one that waited, of a retry, of an initial sync or of a run for one proforma, is put off by itself, with the same pauses and limit; waiting again or a retry after the last try begins anew.',
  'ERROR-12': 'A retry, an initial sync and a run for one proforma put off the records of a chunk that the system fails, go on with the others, and finish.',
  'ERROR-13': 'A skipped queue that cannot be moved to the error list is put off and moved later, however often, and keeps its class.',
  'ERROR-14': 'When not even the error list can be written, the run fails with an error that says to ask again.',
} as const;

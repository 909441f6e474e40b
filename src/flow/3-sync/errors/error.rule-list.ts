/** What becomes of records and change sets that fail, one sentence each. Tests' titles begin with the id. */
export const ERROR_RULES = {
  'ERROR-01': 'A change set that a system failure breaks off stays in the queue and is tried again by itself, after pauses that double from a second to five minutes.',
  'ERROR-02': 'A record that alone meets a system failure holds none of the others up, and change sets behind it go on.',
  'ERROR-03': 'After ten tries the records of the change set that were not carried become sync errors of the class SYSTEM; a retry carries them.',
  'ERROR-04': 'A run that met a system failure finishes with errors and says what was put off, until when and why.',
  'ERROR-05': 'A failure of the class APPLICATION is never tried again by itself.',
} as const;

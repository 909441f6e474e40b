/** The rules of previewing a sync, one sentence each. Tests' titles begin with the id. */
export const PREVIEW_RULES = {
  'PREVIEW-01': 'A preview writes nothing: not a row of any table is different afterwards.',
  'PREVIEW-02': 'What a preview announces is what the next sync does: the same records created, changed, left and refused, and every field with the announced value.',
  'PREVIEW-03': 'A record whose other end goes in the same run is announced as it will be, not as waiting.',
  'PREVIEW-04': 'A preview shows the value that the target has beside the one that it will get, and which values the map leaves as they are.',
  'PREVIEW-05': 'A map that is not running is left out unless it is asked for: then it is shown as if it resumed and caught up.',
  'PREVIEW-06': 'A preview can be of one record, of one proforma, or of an initial sync, which reads every record.',
  'PREVIEW-07': 'A preview is read a page at a time and can be limited to outcomes; together its pages are the whole, each record once.',
  'PREVIEW-08': 'What a system failure has put off, a record or a change set, is announced once its time has come, as a run tries it then.',
} as const;

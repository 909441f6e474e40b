/** The rules of a load, one sentence each. */
export const LOAD_RULES = {
  'LOAD-01': 'A load is one unit of work: every bad row is named by file, row and column, and when there is one, nothing is loaded.',
  'LOAD-02': 'An entity set is known by its name and belongs to its own side; an unknown one is refused.',
  'LOAD-03': 'An entity set is a JSON object with the rows in "value"; what is not JSON is refused where it breaks.',
  'LOAD-04': 'A mandatory column has a value; columns of the gateway that no real interface has are optional.',
  'LOAD-05': 'An option has a value that its system defines: a number on the Dataverse side, a member\'s name on the finance side.',
  'LOAD-06': 'A lookup names a record of the load or of the database.',
  'LOAD-07': 'A key occurs once: a repetition with the same content counts as unchanged, one with another content is refused.',
  'LOAD-08': 'A source that was loaded before changes nothing, even when its record was processed since; another source is refused.',
  'LOAD-09': 'Amounts and quantities are read exactly, fit their limits, and have no more decimals than their currency.',
  'LOAD-10': 'Text fits its column and holds neither NUL nor half a character.',
  'LOAD-11': 'Dates are days of the calendar, timestamps are instants, and ids are GUIDs in any case.',
  'LOAD-12': 'A billed sales actual comes with its proforma invoice.',
  'LOAD-13': 'Records that enter a table map\'s filter get version 1 and the load\'s change set, which is logged once per map concerned.',
  'LOAD-14': 'What a real interface leaves out is derived: customers, funding sources, the actual behind a line detail, completeness.',
  'LOAD-15': 'A new legal entity gets the standard set-up for every optional entity set that is absent; its own set-up replaces it later.',
} as const satisfies Record<string, string>;

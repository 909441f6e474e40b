/** The rules of editing table maps, one sentence each. Tests' titles begin with the id. */
export const MAP_EDIT_RULES = {
  'MAPEDIT-01': 'A table map is changed only while it is stopped, in the version that the caller has read; each change makes a new version, and rules the next run.',
  'MAPEDIT-02': 'A definition is held against the columns and types of both sides; everything wrong with it is named with the product’s code and its place, and then nothing changes.',
  'MAPEDIT-03': 'No table map lets one system write a column that the other one owns.',
  'MAPEDIT-04': 'A map’s versions are kept for good, the shipped one first; on a stopped map any of them can be made the active one again.',
  'MAPEDIT-05': 'A direction is dropped from a map only when nothing is queued for it.',
  'MAPEDIT-09': 'Who changed a map, and what for, is in the activity log.',
} as const;

/** The rules of editing table maps, one sentence each. Tests' titles begin with the id. */
export const MAP_EDIT_RULES = {
  'MAPEDIT-01': 'A table map is changed only while it is stopped, in the version that the caller has read; each change makes a new version, and rules the next run.',
  'MAPEDIT-02': 'A definition is held against the columns and types of both sides; everything wrong with it is named with the product’s code and its place, and then nothing changes.',
  'MAPEDIT-03': 'No table map lets one system write a column that the other one owns.',
  'MAPEDIT-04': 'A map’s versions are kept for good, the shipped one first; on a stopped map any of them can be made the active one again.',
  'MAPEDIT-05': 'A direction is dropped from a map only when nothing is queued for it, and no record that failed or waits is still to go that way.',
  'MAPEDIT-06': 'An export is one document of whole definitions, the same text every time; imported elsewhere it gives the same maps, and imported where it came from it changes nothing.',
  'MAPEDIT-07': 'An import takes all table maps of its document or none: it names everything that is wrong at its place, makes maps that are missing, gives those that differ another version, and leaves the others alone; a dry run only says so.',
  'MAPEDIT-08': 'A table map is made under a name that no other has, and is stopped; once it runs it carries its records like the shipped ones, without any code.',
  'MAPEDIT-09': 'Who changed a map, and what for, is in the activity log.',
  'MAPEDIT-10': 'Every table map, running or not, can be held against the tables and columns of today: what fits, what does not with the product’s code and its place, and what mends it.',
} as const;

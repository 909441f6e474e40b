import type { FindingCode } from '../run/table-map-finding';

/** What mends each thing that can be wrong with a table map. Every edit needs the map stopped. */
export const WHAT_TO_DO: Readonly<Record<FindingCode, string>> = {
  ONE_WAY_DIRECTION: 'Remove the pair with updateTableMap, and change the value in the system that owns it.',
  INVALID_INPUT: 'Keep to the limit that the message names: shorten the text or the list, or take another place.',
  MAP_UNKNOWN: 'Make or import the map that is referred to, or take the reference out with updateTableMap.',
  DIPV1003: 'Make the map under another name, with a key column on each side that identifies a row there.',
  DIPV1004: 'Add the pair of the two key columns in the direction that has none, with updateTableMap and addFields.',
  DIPV1007: 'Give a path to the code of the legal entity through lookups that the Dataverse table has: change companyPath in an export, and import it.',
  DIPV1010: 'Add a pair that fills the column, from a column of the source or by a default, with updateTableMap and addFields.',
  DIPV1011: 'Remove the pair with updateTableMap and removeFields: its own system fills the column.',
  DIPV1012: 'Write comparisons such as statecode eq 0, joined by and, or and not, with updateTableMap.',
  DIPV1014: 'Add the pair of the two key columns towards finance, with updateTableMap and addFields.',
  DIPV1015: 'Add the pair of the two key columns back to Dataverse, with updateTableMap and addFields.',
  DIPV1018: 'See which table of Dataverse took its place, and make the map for it under another name.',
  DIPV1019: 'Make the map with tables whose rows carry versions; the tables of the shipped maps do.',
  DIPV1020: 'See which table of finance took its place, and make the map for it under another name.',
  DIPV1021: 'Name a column that the source has today, or take out what names it, with updateTableMap.',
  DIPV1022: 'Name a column that the target has today, or remove the pair, with updateTableMap.',
  DIPV1023: 'Remove one of the two pairs with updateTableMap and removeFields.',
  DIPV1024: 'Filter by a column that the table itself has today, with updateTableMap.',
  DIPV1026: 'Remove the pair, or put it before the one that always has a value, with updateTableMap.',
  DIPV1027: 'Name the table and the key column of the master records in the lookup of the pair, with updateTableMap.',
  DIPV1028: 'Name a table of the target side, and a key column, that there are today, with updateTableMap.',
  DIPV1029: 'Remove one of the two lines of the value map with updateTableMap.',
  DIPV1030: 'Take a value or a column that fits; the message says what the column takes.',
  DIPV1031: 'Give the default its value, or the value map its lines, with updateTableMap.',
};

import { OrphanKind } from '../../entities/finance/enums';

/** Every kind, in the order of lists, and of what is told where several apply. */
export const ORPHAN_KINDS: readonly OrphanKind[] = [
  OrphanKind.ACTUAL_GONE, OrphanKind.MILESTONE_GONE, OrphanKind.CONNECTION_GONE, OrphanKind.CONNECTION_END_GONE,
];

/** Each kind as a reason, in the middle of a sentence. */
export const QUARANTINE_REASONS: Readonly<Record<OrphanKind, string>> = {
  [OrphanKind.ACTUAL_GONE]: 'Dataverse does not hold the staged actual any more',
  [OrphanKind.MILESTONE_GONE]: 'Dataverse does not hold the staged milestone any more',
  [OrphanKind.CONNECTION_GONE]: 'Dataverse does not hold a staged connection any more that begins at the actual',
  [OrphanKind.CONNECTION_END_GONE]: 'Dataverse does not hold the other actual of a connection any more that begins at the actual',
};

const isGone = (table: string, key: string, id: string): string => `NOT EXISTS (SELECT 1 FROM "${table}" d WHERE d."${key}" = ${id})`;

/** Conditions on the rows `t` of a staging table, as SQL of the program's own. */
export const ACTUAL_IS_GONE = isGone('msdyn_actual', 'msdyn_actualid', 't."ActualId"');
export const MILESTONE_IS_GONE = isGone('msdyn_contractlinescheduleofvalue', 'msdyn_contractlinescheduleofvalueid', 't."TransactionId"');

/** The same on the staged connections of an alias. */
export const connectionIsGone = (alias: string): string => isGone('msdyn_transactionconnection', 'msdyn_transactionconnectionid', `${alias}."ConnectionId"`);
export const connectionEndIsGone = (alias: string): string =>
  `(${[1, 2].map((end) => isGone('msdyn_actual', 'msdyn_actualid', `${alias}."Transaction${end}Id"`)).join(' OR ')})`;

const beginsOneThat = (condition: string): string =>
  `EXISTS (SELECT 1 FROM "ProjCDSTransactionRelationshipImport" b WHERE b."Transaction1Id" = t."ActualId" AND ${condition})`;

/** The kind of orphan that a staged actual `t` is, as its number; null when everything of it is there. */
export const WHY_ACTUAL = `CASE WHEN ${ACTUAL_IS_GONE} THEN ${OrphanKind.ACTUAL_GONE}
  WHEN ${beginsOneThat(connectionIsGone('b'))} THEN ${OrphanKind.CONNECTION_GONE}
  WHEN ${beginsOneThat(connectionEndIsGone('b'))} THEN ${OrphanKind.CONNECTION_END_GONE} END`;
export const WHY_MILESTONE = `CASE WHEN ${MILESTONE_IS_GONE} THEN ${OrphanKind.MILESTONE_GONE} END`;

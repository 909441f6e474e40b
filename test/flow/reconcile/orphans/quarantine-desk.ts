import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import type { TestGateway } from '../../../support/engines';
import type { ImportDesk } from '../../4-import/import-desk';

const RESULT = '{ stagedActualCount stagedMilestoneCount run { kind status message } errors { __typename code message path } }';

/** The mutation `quarantineOrphans`. */
export const quarantine = async (gateway: TestGateway, input: object) =>
  (await ask(gateway, `mutation ($input: QuarantineOrphansInput!) { quarantineOrphans(input: $input) ${RESULT} }`, { input })).quarantineOrphans;

/** The mutation `releaseQuarantined`. */
export const release = async (gateway: TestGateway, input: object) =>
  (await ask(gateway, `mutation ($input: ReleaseQuarantinedInput!) { releaseQuarantined(input: $input) ${RESULT} }`, { input })).releaseQuarantined;

/** Somebody's hand in Dataverse: the actual is not there under its id any more. Gives what brings it back. */
export async function loseActual(desk: ImportDesk, actualId: string): Promise<() => Promise<void>> {
  const elsewhere = desk.gateway.context.ids.next();
  const move = async (from: string, to: string) => {
    await desk.change(sql`UPDATE "msdyn_actual" SET "msdyn_actualid" = ${to} WHERE "msdyn_actualid" = ${from}`);
  };
  await desk.change(sql`DELETE FROM "msdyn_transactionorigin" WHERE "msdyn_transaction" = ${actualId}`);
  await move(actualId, elsewhere);
  return () => move(elsewhere, actualId);
}

import { SyncErrorStatus, SyncLogStatus } from '../../../src/entities/dual-write';
import { execute, sql } from '../../../src/stores/session';
import { onBothEngines, type TestGateway } from '../../support/engines';
import { Story } from '../../support/story';

interface Found {
  readonly flow: string;
  readonly stage: string;
  readonly cause: string;
  readonly message: string;
  readonly proformaNumber: string | null;
  readonly record: { readonly __typename: string; readonly id: string };
}

const RECORD = 'flow stage cause message code nextStep amount currencyCode number proformaNumber since record { __typename id }';

onBothEngines('records out of step', (gateway) => {
  async function confirmed(target: TestGateway): Promise<Story> {
    const story = await Story.begin(target);
    await story.world.unbilled();
    await story.world.milestone();
    const draft = await story.draft();
    await story.process.confirm(draft.id);
    return story;
  }

  async function listed(story: Story, filter: object = {}, first = 500): Promise<Found[]> {
    const { reconciliation } = await story.ask(`query ($contract: String!, $filter: OutOfStepFilter, $first: Int) {
      reconciliation(contractNumber: $contract) { outOfStep(first: $first, filter: $filter) { nodes { ${RECORD} } } } }`, { contract: story.contractNumber, filter, first });
    return reconciliation.outOfStep.nodes;
  }

  const causes = async (story: Story, filter: object = {}): Promise<string[]> => [...new Set((await listed(story, filter)).map((row) => row.cause))].sort();
  const change = (statement: ReturnType<typeof sql>): Promise<number> => gateway().database.write((work) => execute(work, statement));

  it('RECON-04 names the queue, the state of its map and the errors of the map as causes', async () => {
    const story = await confirmed(gateway());
    expect(await causes(story)).toEqual(['NOT_SYNCED']);
    await change(sql`UPDATE "DualWriteProjectConfiguration" SET "Status" = 4`);
    expect(await causes(story)).toEqual(['MAP_PAUSED']);
    await change(sql`UPDATE "DualWriteProjectConfiguration" SET "Status" = 1`);
    expect(await causes(story)).toEqual(['MAP_STOPPED']);
    await change(sql`UPDATE "DualWriteProjectConfiguration" SET "Status" = 0`);

    await change(sql`UPDATE "ProjectContractHeaders" SET "ProjectContractId" = 'gone' WHERE "ProjectContractId" = ${story.contractNumber}`);
    await story.process.sync();
    const failed = await listed(story, { causes: ['SYNC_ERROR'] });
    expect(failed.map((row) => row.record.__typename)).toContain('ProformaInvoice');
    expect(failed[0]!.message).toContain('The table map could not carry it: ');
    await change(sql`UPDATE "DualWriteErrorLog" SET "gw_status" = ${SyncErrorStatus.DISMISSED} WHERE "gw_status" = ${SyncErrorStatus.OPEN}`);
    expect(await causes(story, { causes: ['SYNC_ERROR_DISMISSED'] })).toEqual(['SYNC_ERROR_DISMISSED']);
    await change(sql`DELETE FROM "DualWriteErrorLog"`);
    expect(await causes(story, { stages: ['STAGED'] })).toEqual(['LEFT_OUT_BY_MAP']);
    await change(sql`UPDATE "gw_synclog" SET "gw_status" = ${SyncLogStatus.DISCARDED}`);
    expect(await causes(story, { stages: ['STAGED'] })).toEqual(['QUEUE_DISCARDED']);
  });

  it('RECON-05 names amounts that differ, orphans and billed actuals that are skipped, pages through all of them, and ends with nothing', async () => {
    const story = await confirmed(gateway());
    await story.process.sync();
    expect(await causes(story)).toEqual(['IMPORT_NOT_RUN']);
    const all = await listed(story);
    const pages: Found[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { reconciliation }: { reconciliation: { outOfStep: { nodes: Found[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } = await story.ask(
        `query ($contract: String!, $after: String) { reconciliation(contractNumber: $contract) { outOfStep(first: 2, after: $after) {
          nodes { ${RECORD} } pageInfo { hasNextPage endCursor } } } }`, { contract: story.contractNumber, after });
      pages.push(...reconciliation.outOfStep.nodes);
      after = reconciliation.outOfStep.pageInfo.endCursor;
      more = reconciliation.outOfStep.pageInfo.hasNextPage;
    }
    expect(pages).toEqual(all);
    expect(new Set(all.map((row) => `${row.record.id}/${row.stage}`)).size).toBe(all.length);

    await change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" + 100 WHERE "InvoiceId" = ${story.proformaNumbers[0]!}`);
    expect(await causes(story, { causes: ['AMOUNTS_DIFFER'] })).toEqual(['AMOUNTS_DIFFER']);
    await change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" - 100 WHERE "InvoiceId" = ${story.proformaNumbers[0]!}`);

    const nobody = '00000000-0000-4000-8000-00000000dead';
    const [billed] = (await listed(story, { flows: ['BILLED_SALES'] })).map((row) => row.record.id);
    const { node } = await story.ask('query ($id: ID!) { node(id: $id) { ... on StagedActual { actualId: actual { id } } } }', { id: billed });
    const actualId = Buffer.from(node.actualId.id, 'base64url').toString().split(':')[1]!;
    await change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${nobody} WHERE "ActualId" = ${actualId}`);
    expect((await listed(story, { causes: ['ORPHAN'] })).map((row) => row.record.id)).toEqual([billed]);
    await change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${actualId} WHERE "ActualId" = ${nobody}`);
    await story.settle();
    expect(await listed(story)).toEqual([]);

    await change(sql`UPDATE "msdyn_actual" SET "gw_skipsync" = true WHERE "msdyn_transactiontypecode" = 192350006
      AND "msdyn_invoice" IN (SELECT "invoiceid" FROM "invoice" WHERE "invoicenumber" = ${story.proformaNumbers[0]!})`);
    expect(await causes(story)).toEqual(['SKIP_SYNC']);
  });
});

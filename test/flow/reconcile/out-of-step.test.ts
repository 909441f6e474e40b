import { execute, sql } from '../../../src/stores/session';
import { onBothEngines, type TestGateway } from '../../support/engines';
import { Story } from '../../support/story';
import { causesOf, OUT_OF_STEP, outOfStepOf, type FoundOutOfStep } from './out-of-step-of';

onBothEngines('records out of step', (gateway) => {
  async function confirmed(target: TestGateway): Promise<Story> {
    const story = await Story.begin(target);
    await story.world.unbilled();
    await story.world.milestone();
    const draft = await story.draft();
    await story.process.confirm(draft.id);
    return story;
  }

  const change = (statement: ReturnType<typeof sql>): Promise<number> => gateway().database.write((work) => execute(work, statement));

  it('RECON-04 names what the map could not carry, with its words, and what no change set ever held', async () => {
    const story = await confirmed(gateway());
    await change(sql`UPDATE "ProjectContractHeaders" SET "ProjectContractId" = 'gone' WHERE "ProjectContractId" = ${story.contractNumber}`);
    await story.process.sync();
    const failed = await outOfStepOf(story, { causes: ['SYNC_ERROR'] });
    expect(failed.map((row) => row.record.__typename)).toContain('ProformaInvoice');
    expect(failed[0]!.message).toContain('The table map could not carry it: ');
    await change(sql`DELETE FROM "DualWriteErrorLog"`);
    expect(await causesOf(story, { stages: ['STAGED'] })).toEqual(['CARRIED_AND_NOT_THERE']);
    await change(sql`DELETE FROM "gw_synclog"`);
    expect(await causesOf(story, { stages: ['STAGED'] })).toEqual(['LEFT_OUT_BY_MAP']);
  });

  it('RECON-05 names amounts that differ, orphans and billed actuals that are skipped, pages through all of them, and ends with nothing', async () => {
    const story = await confirmed(gateway());
    await story.process.sync();
    expect(await causesOf(story)).toEqual(['IMPORT_NOT_RUN']);
    const all = await outOfStepOf(story);
    const pages: FoundOutOfStep[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { reconciliation }: { reconciliation: { outOfStep: { nodes: FoundOutOfStep[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } = await story.ask(
        `query ($contract: String!, $after: String) { reconciliation(contractNumber: $contract) { outOfStep(first: 2, after: $after) {
          nodes { ${OUT_OF_STEP} } pageInfo { hasNextPage endCursor } } } }`, { contract: story.contractNumber, after });
      pages.push(...reconciliation.outOfStep.nodes);
      after = reconciliation.outOfStep.pageInfo.endCursor;
      more = reconciliation.outOfStep.pageInfo.hasNextPage;
    }
    expect(pages).toEqual(all);
    expect(new Set(all.map((row) => `${row.record.id}/${row.stage}`)).size).toBe(all.length);

    await change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" + 100 WHERE "InvoiceId" = ${story.proformaNumbers[0]!}`);
    expect(await causesOf(story, { causes: ['AMOUNTS_DIFFER'] })).toEqual(['AMOUNTS_DIFFER']);
    await change(sql`UPDATE "ProjCDSActualsImport" SET "Amount" = "Amount" - 100 WHERE "InvoiceId" = ${story.proformaNumbers[0]!}`);

    const nobody = '00000000-0000-4000-8000-00000000dead';
    const [billed] = (await outOfStepOf(story, { flows: ['BILLED_SALES'] })).map((row) => row.record.id);
    const { node } = await story.ask('query ($id: ID!) { node(id: $id) { ... on StagedActual { actualId: actual { id } } } }', { id: billed });
    const actualId = Buffer.from(node.actualId.id, 'base64url').toString().split(':')[1]!;
    await change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${nobody} WHERE "ActualId" = ${actualId}`);
    expect((await outOfStepOf(story, { causes: ['ORPHAN'] })).map((row) => row.record.id)).toEqual([billed]);
    await change(sql`UPDATE "ProjCDSActualsImport" SET "ActualId" = ${actualId} WHERE "ActualId" = ${nobody}`);
    await story.settle();
    expect(await outOfStepOf(story)).toEqual([]);

    await change(sql`UPDATE "msdyn_actual" SET "gw_skipsync" = true WHERE "msdyn_transactiontypecode" = 192350006
      AND "msdyn_invoice" IN (SELECT "invoiceid" FROM "invoice" WHERE "invoicenumber" = ${story.proformaNumbers[0]!})`);
    expect(await causesOf(story, { flows: ['BILLED_SALES'] })).toEqual(['SKIP_SYNC', 'STAGED_THOUGH_SKIPPED']);
  });
});

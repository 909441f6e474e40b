import { groupBy } from '../../src/kernel/group-by';
import { Decimal } from 'decimal.js';
import { onBothEngines } from '../support/engines';
import { asker, importContoso, Process, type Ask } from '../support/process';
import { readAll, readBooks, sumOf, type BookedActual, type Books } from './books';

interface Sum {
  readonly flow: string;
  readonly stage: string;
  readonly currencyCode: string;
  readonly count: number;
  readonly amount: string;
  readonly accountingAmount: string | null;
  readonly missingCount: number | null;
  readonly missingAmount: string | null;
}

const SUMS = 'flow stage currencyCode count amount accountingAmount missingCount missingAmount';
const FLOWS: Record<string, string> = {
  COST: 'COST', UNBILLED_SALES: 'UNBILLED_SALES', BILLED_SALES: 'BILLED_SALES', RESOURCING_UNIT_COST: 'INTER_ORGANIZATIONAL', INTER_ORGANIZATIONAL_SALES: 'INTER_ORGANIZATIONAL',
};
const STAGED_FLOWS: Record<string, string> = {
  COST: 'COST', SALES: 'UNBILLED_SALES', BILLED_SALES: 'BILLED_SALES', RESOURCING_UNIT_COST: 'INTER_ORGANIZATIONAL', INTER_ORG_SALES: 'INTER_ORGANIZATIONAL',
};

const isCharged = (actual: BookedActual): boolean => actual.transactionType !== 'BILLED_SALES' || actual.billingType === 'CHARGEABLE';

/** Count and sum by flow, stage and currency, with the books' own arithmetic. */
function counted<Row>(rows: readonly Row[], flowOf: (row: Row) => string, currencyOf: (row: Row) => string, stage: string, amountOf: (row: Row) => string): string[] {
  const groups = groupBy(rows, (row) => `${flowOf(row)} ${stage} ${currencyOf(row)}`);
  return [...groups].map(([key, group]) => `${key}: ${group.length} rows, ${sumOf(group, amountOf).toFixed()}`);
}

/** Every stage of the actuals as an independent reader of all records adds them up. */
function expectedOf(books: Books, stagedConnectionCount: number): string[] {
  const actualOf = new Map(books.actuals.map((actual) => [actual.id, actual]));
  const proposals = new Map(books.proposals.map((proposal) => [proposal.number, proposal]));
  const currencyOfProposal = (number: string) => books.proformas.find((proforma) => proforma.number === number)!.currencyCode;
  const amountOf = (actual: BookedActual) => (isCharged(actual) ? actual.amount : '0');
  const followed = books.actuals.filter((actual) => actual.transactionType in FLOWS);
  const sent = followed.filter((actual) => !actual.skipSync);
  const ofActual = (rows: readonly BookedActual[], stage: string) => counted(rows, (row) => FLOWS[row.transactionType]!, (row) => row.currencyCode, stage, amountOf);
  const journal = books.journalLines;
  const inJournal = (rows: typeof journal, stage: string) => counted(rows, (row) => STAGED_FLOWS[row.transactionType]!, (row) => row.currencyCode, stage, (row) => row.amount);
  const invoiceCurrency = new Map(books.invoices.map((invoice) => [invoice.id, invoice.currencyCode]));
  const confirmed = books.proformas.filter((proforma) => !['DRAFT', 'IN_REVIEW'].includes(proforma.status));
  const documents = <Row>(rows: readonly Row[], currencyOf: (row: Row) => string, stage: string, amount: (row: Row) => string) => counted(rows, () => 'DOCUMENTS', currencyOf, stage, amount);
  const between = books.connections.filter((one) => one.transaction1 && one.transaction2).map((one) => [actualOf.get(one.transaction1!.id), actualOf.get(one.transaction2!.id)]);
  const actualsOnly = between.filter((ends) => ends.every((end) => end !== undefined));
  const connections = (stage: string, count: number) => (count === 0 ? [] : [`CONNECTIONS ${stage} XXX: ${count} rows, 0`]);
  return [
    ...connections('SKIPPED', actualsOnly.filter((ends) => ends.some((end) => end!.skipSync)).length),
    ...connections('RECORDED', actualsOnly.filter((ends) => ends.every((end) => !end!.skipSync)).length), ...connections('STAGED', stagedConnectionCount),
    ...ofActual(followed.filter((actual) => actual.skipSync), 'SKIPPED'), ...ofActual(sent, 'RECORDED'),
    ...ofActual(sent.filter((actual) => actual.voucherNumber !== null), 'WRITTEN_BACK'),
    ...counted(books.staged, (row) => STAGED_FLOWS[row.transactionType]!, (row) => row.currencyCode, 'STAGED', (row) => (isCharged(actualOf.get(row.actual!.id)!) ? row.amount : '0')),
    ...inJournal(journal, 'TAKEN_UP'), ...inJournal(journal.filter((line) => line.status === 'POSTED'), 'POSTED'),
    ...counted(books.proposalLines, () => 'BILLED_SALES', (line) => currencyOfProposal(proposals.get(line.proposalNumber)!.number), 'TAKEN_UP', (line) => line.lineAmount),
    ...counted(books.invoiceLines, () => 'BILLED_SALES', (line) => invoiceCurrency.get(line.customerInvoice.id)!, 'POSTED', (line) => line.lineAmount),
    ...documents(confirmed, (row) => row.currencyCode, 'RECORDED', (row) => row.chargeableAmount),
    ...documents(confirmed.filter((row) => row.customerInvoiceNumber !== null), (row) => row.currencyCode, 'WRITTEN_BACK', (row) => row.chargeableAmount),
    ...documents(books.proposals, (row) => currencyOfProposal(row.number), 'STAGED', (row) => books.proformas.find((proforma) => proforma.number === row.number)!.chargeableAmount),
    ...documents(books.proposals.filter((row) => row.hasLines), (row) => currencyOfProposal(row.number), 'TAKEN_UP', (row) => row.netAmount),
    ...documents(books.invoices, (row) => row.currencyCode, 'POSTED', (row) => row.netAmount),
  ].sort();
}

onBothEngines('reconciliation of the Contoso sample, beside an independent reader of all records', (gateway) => {
  let ask: Ask;
  let process: Process;

  beforeAll(async () => {
    ask = asker(gateway());
    process = new Process(gateway());
    await importContoso(gateway());
    const contractIds = (await readAll<{ id: string }>(ask, 'projectContracts', 'id')).map((contract) => contract.id);
    await process.markReady(contractIds);
    await process.createDrafts(contractIds);
    const proformas = await readAll<{ id: string; status: string }>(ask, 'proformaInvoices', 'id status');
    for (const { id, status } of proformas) if (status === 'DRAFT') await process.confirm(id);
  });

  const overall = async (): Promise<Sum[]> => (await ask(`{ reconciliation { overall { ${SUMS} } } }`)).reconciliation.overall;

  /** What the records that are out of step add up to, by flow, stage and currency: exactly what the stages miss. */
  async function explains(sums: readonly Sum[]): Promise<string[]> {
    const { reconciliation } = await ask(`{ reconciliation { outOfStep(first: 0) { totalCount sums { flow stage currencyCode cause count missingCount missingAmount } } } }`);
    const told = reconciliation.outOfStep.sums as readonly { flow: string; stage: string; currencyCode: string; cause: string; count: number; missingCount: number; missingAmount: string }[];
    const byStage = [...groupBy(told, (sum) => `${sum.flow} ${sum.stage} ${sum.currencyCode}`)]
      .map(([key, group]) => `${key}: ${group.reduce((total, sum) => total + sum.missingCount, 0)} rows, ${sumOf(group, (sum) => sum.missingAmount).toFixed()}`);
    const missing = sums.filter((sum) => (sum.missingCount ?? 0) !== 0)
      .map((sum) => `${sum.flow} ${sum.stage} ${sum.currencyCode}: ${sum.missingCount} rows, ${new Decimal(sum.missingAmount!).toFixed()}`);
    expect(byStage.sort()).toEqual(missing.sort());
    expect(reconciliation.outOfStep.totalCount).toBe(told.reduce((total, sum) => total + sum.count, 0));
    return [...new Set(told.map((sum) => sum.cause))].sort();
  }

  async function agrees(): Promise<Sum[]> {
    const sums = await overall();
    const told = sums.filter((sum) => sum.flow !== 'MILESTONES' && sum.count > 0)
      .map((sum) => `${sum.flow} ${sum.stage} ${sum.currencyCode}: ${sum.count} rows, ${new Decimal(sum.amount).toFixed()}`);
    const { stagedConnections } = await ask('{ stagedConnections(first: 0) { totalCount } }');
    expect(told.sort()).toEqual(expectedOf(await readBooks(ask), stagedConnections.totalCount));
    return sums;
  }

  it('RECON-01 counts and sums of every stage are those that an independent reader adds up, at every step of the process', async () => {
    expect(await explains(await agrees())).toEqual(['NOT_SYNCED']);
    await process.sync();
    expect(await explains(await agrees())).toEqual(['IMPORT_NOT_RUN']);
    await process.importFromStaging();
    expect(await explains(await overall())).toEqual(['JOURNAL_NOT_POSTED', 'PROPOSAL_NOT_POSTED', 'UNBILLED_NOT_POSTED']);
    await process.postJournals();
    await process.importFromStaging();
    expect(await explains(await agrees())).toEqual(['NOT_WRITTEN_BACK', 'PROPOSAL_NOT_POSTED']);
    await process.postProposals();
    expect(await explains(await overall())).toEqual(['NOT_WRITTEN_BACK']);
  });

  it('RECON-03 nothing is missing at any stage when everything has gone to its end, and what was posted is what was written back', async () => {
    await process.settleFinance();
    const sums = await agrees();
    expect(await explains(sums)).toEqual([]);
    expect(sums.filter((sum) => (sum.missingCount ?? 0) !== 0 || !new Decimal(sum.missingAmount ?? 0).isZero())).toEqual([]);
    const { reconciliation } = await ask(`{ reconciliation { legalEntities { legalEntityId accountingCurrencyCode sums { ${SUMS} } } } }`);
    expect(reconciliation.legalEntities.map((entity: { legalEntityId: string }) => entity.legalEntityId)).toEqual(['GBPM', 'JPPM', 'USPM']);
    for (const entity of reconciliation.legalEntities as readonly { sums: readonly Sum[] }[]) {
      const posted = entity.sums.filter((sum) => sum.stage === 'POSTED').map(({ flow, currencyCode, accountingAmount }) => ({ flow, currencyCode, accountingAmount }));
      const back = entity.sums.filter((sum) => sum.stage === 'WRITTEN_BACK').map(({ flow, currencyCode, accountingAmount }) => ({ flow, currencyCode, accountingAmount }));
      expect(back).toEqual(posted);
    }
    const all = reconciliation.legalEntities.flatMap((entity: { sums: Sum[] }) => entity.sums);
    for (const sum of await overall()) {
      const own = all.filter((one: Sum) => one.flow === sum.flow && one.stage === sum.stage && one.currencyCode === sum.currencyCode);
      expect(sumOf(own, (one: Sum) => one.amount).toFixed()).toBe(new Decimal(sum.amount).toFixed());
    }
  });

  it('RECON-02 what is not charged is counted, and adds nothing to what the customer is asked for', async () => {
    const { actuals } = await ask(`{ actuals(first: 500, filter: { transactionType: { eq: BILLED_SALES }, billingType: { ne: CHARGEABLE } }) { nodes { amount currencyCode } } }`);
    const notCharged = actuals.nodes as readonly { amount: string; currencyCode: string }[];
    expect(notCharged.some((actual) => !new Decimal(actual.amount).isZero())).toBe(true);
    const sums = await overall();
    const skipped = sums.filter((sum) => sum.stage === 'SKIPPED' && sum.flow !== 'CONNECTIONS');
    expect([...new Set(skipped.map((sum) => sum.flow))]).toEqual(['UNBILLED_SALES']);
    expect(skipped.every((sum) => sum.missingCount === null && new Decimal(sum.amount).isNegative())).toBe(true);
  });
});

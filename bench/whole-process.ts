import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { groupBy } from '../src/kernel/group-by';
import { audit } from '../test/journeys/audit';
import { readAll, readBooks, sumOf, type Books } from '../test/journeys/books';
import { Process, type Ask } from '../test/support/process';

/**
 * The whole process over all contracts of a running gateway, by HTTP only, with the time of each step; then every page of both
 * systems' records is read and audited. Start a gateway on a database of its own first: the records are billed for good.
 *
 *     node dist/bench/whole-process.js --url http://127.0.0.1:4000/graphql
 */

const USAGE = 'Usage: node dist/bench/whole-process.js [--url http://127.0.0.1:4000/graphql] [--no-second-round]';
/** Contracts of one request: the API's own limit is 250. */
const CONTRACTS_PER_REQUEST = 25;
/** Milliseconds a request waits for long work; after that its run is polled. */
const WAIT_MS = 1_000;
/** Milliseconds after which a step that has not ended fails. */
const STEP_MS_MAX = 30 * 60_000;
const SENTENCES_SHOWN_MAX = 5;
/** Milliseconds between two small queries that somebody else sends meanwhile. */
const PROBE_EVERY_MS = 50;

let requests = 0;
/** Milliseconds that the slowest small query waited since the step began. */
let slowestMs = 0;

function askOver(url: string): Ask {
  return async (query, variables = {}) => {
    requests += 1;
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    const answer = await response.json() as { data?: unknown; errors?: unknown[] };
    if (answer.errors) throw new Error(`HTTP ${response.status}: ${JSON.stringify(answer.errors)}\n${query}`);
    return answer.data;
  };
}

async function step<T>(name: string, perform: () => Promise<T>, describe: (result: T) => string | Promise<string>): Promise<T> {
  const started = performance.now();
  slowestMs = 0;
  const result = await perform();
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const waited = slowestMs === 0 ? '' : `; others waited up to ${slowestMs.toFixed(0)} ms`;
  console.log(`${name.padEnd(34)} ${seconds.padStart(8)} s  ${await describe(result)}${waited}`);
  return result;
}

/** Another user's small query, again and again while `perform` goes on: how long it waits behind the long work. */
async function whileProbing(ask: Ask, perform: () => Promise<void>): Promise<string> {
  const waits: number[] = [];
  let isOver = false;
  const probing = (async () => {
    while (!isOver) {
      const started = performance.now();
      await ask('{ projectContracts(first: 1) { nodes { number } } }');
      const waitedMs = performance.now() - started;
      waits.push(waitedMs);
      slowestMs = Math.max(slowestMs, waitedMs);
      await pause(PROBE_EVERY_MS);
    }
  })();
  try {
    await perform();
  } finally {
    isOver = true;
    await probing;
    slowestMs = 0;
  }
  waits.sort((one, other) => one - other);
  const at = (share: number) => `${(waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  return `${waits.length} small queries meanwhile: half within ${at(0.5)}, 99 % within ${at(0.99)}, all within ${at(1)}`;
}

interface Contract {
  readonly id: string;
  readonly number: string;
}

interface OpenItem {
  readonly isReady: boolean;
  readonly billingType: string;
  readonly amount: string;
  readonly currencyCode: string;
  readonly contract: { readonly number: string };
}

/** Ready transactions of the backlog: what this round bills. */
async function readyItems(ask: Ask): Promise<OpenItem[]> {
  const items = await readAll<OpenItem>(ask, 'billingBacklog', 'isReady billingType amount currencyCode contract { number }');
  return items.filter((item) => item.isReady);
}

function* chunksOf<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

async function bill(ask: Ask, process: Process): Promise<OpenItem[]> {
  const contracts = await readAll<Contract>(ask, 'projectContracts', 'id number');
  await step('mark ready', async () => {
    let [actuals, milestones] = [0, 0];
    for (const chunk of chunksOf(contracts, CONTRACTS_PER_REQUEST)) {
      const marked = await process.markReady(chunk.map((contract) => contract.id));
      actuals += marked.actualCount;
      milestones += marked.milestoneCount;
    }
    return { actuals, milestones };
  }, ({ actuals, milestones }) => `${contracts.length} contracts, ${actuals} actuals and ${milestones} milestones marked`);

  const ready = await step('read the backlog', () => readyItems(ask), (items) => `${items.length} ready`);
  const billable = new Set(ready.map((item) => item.contract.number));
  const wanted = contracts.filter((contract) => billable.has(contract.number));
  await step('create drafts', async () => {
    let drafts = 0;
    for (const chunk of chunksOf(wanted, CONTRACTS_PER_REQUEST)) drafts += (await process.createDrafts(chunk.map((contract) => contract.id))).length;
    return drafts;
  }, (drafts) => `${drafts} drafts of ${wanted.length} contracts`);

  const drafts = (await readAll<{ id: string; number: string; status: string }>(ask, 'proformaInvoices', 'id number status'))
    .filter((proforma) => proforma.status === 'DRAFT');
  await step('confirm', async () => {
    for (const draft of drafts) await process.confirm(draft.id);
  }, () => `${drafts.length} proformas`);
  return ready;
}

const figuresOf = (maps: Awaited<ReturnType<Process['sync']>>['maps']['nodes']) => {
  const total = (column: 'read' | 'written' | 'skipped' | 'failed' | 'waiting') => maps.reduce((sum, map) => sum + map[column], 0);
  return `read ${total('read')}, wrote ${total('written')}, skipped ${total('skipped')}, failed ${total('failed')}, waiting ${total('waiting')}`;
};

async function describeImport(ask: Ask): Promise<string> {
  const { lines, proposals } = await ask(`{ lines: integrationJournalLines(first: 0) { totalCount }
    proposals: invoiceProposals(first: 0, filter: { hasLines: { eq: true } }) { totalCount } }`);
  return `${lines.totalCount} journal lines and ${proposals.totalCount} proposals with lines by now`;
}

/** How long the comparison of both sides takes, the records out of step with their causes, and the trace of a page of a long document. */
async function reconcile(ask: Ask, when: string): Promise<void> {
  await step(`reconcile ${when}`, () => ask('{ reconciliation { overall { missingCount } legalEntities { legalEntityId sums { count } } } }'), ({ reconciliation }) =>
    `${(reconciliation.overall as { missingCount: number | null }[]).filter(({ missingCount }) => missingCount).length} stages miss something`);
  await step(`out of step ${when}, a page`, () => ask('{ reconciliation { outOfStep(first: 50) { nodes { cause message } } } }'), ({ reconciliation }) =>
    `${reconciliation.outOfStep.nodes.length} records`);
  await step(`out of step ${when}, sums`, () => ask('{ reconciliation { outOfStep(first: 0) { totalCount sums { cause count } } } }'), ({ reconciliation }) =>
    `${reconciliation.outOfStep.totalCount} records; ${[...new Set((reconciliation.outOfStep.sums as { cause: string }[]).map(({ cause }) => cause))].join(', ')}`);
  const { proformaInvoices } = await ask('{ proformaInvoices(first: 1, orderBy: [{ field: CHARGEABLE_AMOUNT, direction: DESC }]) { nodes { id } } }');
  await step(`trace ${when}, 50 actuals`, () => ask('query ($id: ID!) { trace(id: $id, first: 50) { actualCount nodes { type label amount } } }', { id: proformaInvoices.nodes[0].id }),
    ({ trace }) => `${trace.nodes.length} records of ${trace.actualCount} actuals`);
}

async function settle(ask: Ask, process: Process, round: string): Promise<void> {
  const sync = (name: string) => step(`${name}${round}`, () => process.sync(), (run) => figuresOf(run.maps.nodes));
  const importStaging = (name: string) => step(`${name}${round}`, () => process.importFromStaging(), () => describeImport(ask));
  await sync('sync to finance');
  await importStaging('import journal lines');
  await step(`post journals${round}`, () => process.postJournals(), () => `journals: ${process.lastRunMessage}`);
  await importStaging('import proposal lines');
  await step(`post proposals${round}`, () => process.postProposals(), () => `proposals: ${process.lastRunMessage}`);
  await sync('sync back');
}

function hashOf(books: Books): string {
  return createHash('sha256').update(JSON.stringify(books)).digest('hex');
}

interface Owed {
  readonly currencyCode: string;
  readonly amount: string;
}

/** What is on proformas already, and on no customer invoice yet. */
async function owedBefore(ask: Ask): Promise<Owed[]> {
  interface Row { readonly currencyCode: string; readonly chargeableAmount: string; readonly customerInvoice: object | null }
  const rows = await readAll<Row>(ask, 'proformaInvoices', 'currencyCode chargeableAmount customerInvoice { id }');
  return rows.filter((row) => row.customerInvoice === null).map(({ currencyCode, chargeableAmount }) => ({ currencyCode, amount: chargeableAmount }));
}

/** Sums of what was to be billed, by currency, against what is on customer invoices that did not exist before. */
function describeBilled(owed: readonly Owed[], before: ReadonlySet<string>, books: Books): { text: string; isFound: boolean } {
  const chargeable = groupBy(owed, (item) => item.currencyCode);
  const invoiced = groupBy(books.invoices.filter((invoice) => !before.has(invoice.id)), (invoice) => invoice.currencyCode);
  const rows = [...new Set([...chargeable.keys(), ...invoiced.keys()])].sort().map((currency) => {
    const [was, is] = [sumOf(chargeable.get(currency) ?? [], (item) => item.amount), sumOf(invoiced.get(currency) ?? [], (invoice) => invoice.netAmount)];
    return { text: `  ${currency} owed ${was.toFixed(2).padStart(16)}   invoiced ${is.toFixed(2).padStart(16)}`, isFound: was.eq(is) };
  });
  return { text: rows.map((row) => row.text).join('\n'), isFound: rows.every((row) => row.isFound) };
}

async function verify(ask: Ask): Promise<Books> {
  let since = performance.now();
  return readBooks(ask, (part, rows) => {
    const ms = performance.now() - since;
    console.log(`  read ${part.padEnd(20)} ${String(rows).padStart(8)} rows ${(ms / 1000).toFixed(2).padStart(8)} s`);
    since = performance.now();
  });
}

function report(books: Books): number {
  let wrong = 0;
  for (const [check, sentences] of Object.entries(audit(books))) {
    wrong += sentences.length;
    console.log(`${sentences.length === 0 ? 'holds ' : 'BROKEN'} ${check}${sentences.length === 0 ? '' : ` (${sentences.length})`}`);
    for (const sentence of sentences.slice(0, SENTENCES_SHOWN_MAX)) console.log(`         ${sentence}`);
  }
  return wrong;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, 'no-second-round': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 2;
  }
  const ask = askOver(values.url ?? 'http://127.0.0.1:4000/graphql');
  const process = new Process(ask, { waitMs: WAIT_MS, deadlineMs: STEP_MS_MAX });
  const before = new Set((await readAll<{ id: string }>(ask, 'customerInvoices', 'id')).map((invoice) => invoice.id));
  const started = performance.now();
  const owed = await owedBefore(ask);
  let ready: OpenItem[] = [];
  const waits = await whileProbing(ask, async () => {
    ready = await bill(ask, process);
    await reconcile(ask, 'before the sync');
    await settle(ask, process, '');
    await reconcile(ask, 'at the end');
  });
  console.log(`${'the whole process'.padEnd(34)} ${((performance.now() - started) / 1000).toFixed(2).padStart(8)} s  ${requests} requests`);
  console.log(`  ${waits}`);

  const stages = await step('read all stages', () => readAll<{ stage: string }>(ask, 'proformaInvoices', 'stage'), (rows) =>
    [...groupBy(rows, (row) => row.stage)].map(([stage, found]) => `${found.length} ${stage}`).join(', '));
  const books = await step('read everything', () => verify(ask), (all) => `${Object.values(all).reduce((sum, rows) => sum + rows.length, 0)} rows`);
  let wrong = report(books);
  const billed = describeBilled([...owed, ...ready.filter((item) => item.billingType === 'CHARGEABLE')], before, books);
  console.log(`${billed.isFound ? 'holds ' : 'BROKEN'} what was to be billed is invoiced, by currency\n${billed.text}`);
  wrong += (billed.isFound ? 0 : 1) + stages.filter((row) => row.stage !== 'DONE').length;
  if (!values['no-second-round']) {
    await settle(ask, process, ', again');
    const isSame = hashOf(await verify(ask)) === hashOf(books);
    console.log(`${isSame ? 'holds ' : 'BROKEN'} a second round changes nothing`);
    wrong += isSame ? 0 : 1;
  }
  console.log(wrong === 0 ? 'Everything holds.' : `${wrong} things do not hold.`);
  return wrong === 0 ? 0 : 1;
}

void main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

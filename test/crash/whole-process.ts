import { TABLE_MAPS } from '../../src/entities/dual-write';
import type { KilledClient } from './killed-client';
import type { EntitySetRecords } from '../support/process';

/** Contracts that are confirmed one by one; the proformas of the others in bulk. The second is the sample's large one. */
const CONFIRMED_ALONE = ['CON-10001', 'CON-10005', 'CON-10008'];
/** Whose invoice is corrected: pounds in dollar books. */
const CORRECTED = 'CON-10002';

interface Drafted {
  readonly id: string;
  readonly number: string;
  readonly contract: { readonly number: string };
}

const RUN = 'run { id status message }';
const ITEM_ERRORS = 'errors { code message }';

/**
 * Loads the rest of the Contoso sample and does with it what its people do, one mutation after the other, from the backlog to customer invoices that are written
 * back: contracts of both billing methods in three legal entities and four currencies, a milestone, an edited detail, a retainer that is
 * invoiced and applied, a correction and what it bills anew.
 */
export async function wholeProcess(client: KilledClient, rest: readonly EntitySetRecords[]): Promise<void> {
  await client.does('load', 'importRecords', { entitySets: rest });
  const { projectContracts, tableMaps } = await client.ask(`{
    projectContracts(first: 500, orderBy: [{ field: NUMBER }]) { nodes { number } } tableMaps(first: 50) { nodes { name } }
  }`);
  const numbers: string[] = projectContracts.nodes.map(({ number }: { number: string }) => number);
  const maps: string[] = tableMaps.nodes.map(({ name }: { name: string }) => name);

  const { retainer } = await client.does('draft', 'createRetainer', { contractNumber: CONFIRMED_ALONE[0], amount: '500' }, 'retainer { id }');
  await client.does('draft', 'markReadyToInvoice', { retainerIds: [retainer.id] });
  await client.does('draft', 'markReadyToInvoice', { contractNumbers: numbers });
  await client.does('draft', 'createProformaInvoices', { contractNumbers: numbers }, `results { contract { number } ${ITEM_ERRORS} }`);
  const drafts = await draftsOf(client);
  await editHours(client, drafts.find(({ contract }) => contract.number === CONFIRMED_ALONE[1])!);
  await confirmAll(client, drafts);
  await carryEachMap(client, maps);
  await settle(client);

  const all = { tableMaps: maps.map((name) => ({ name })) };
  await client.does('pause', 'pauseTableMaps', all);
  // A correction takes an invoice back, and what it had billed is billed anew, paid with the retainer where there is one.
  const { id } = drafts.find(({ contract }) => contract.number === CORRECTED)!;
  await client.does('revise', 'reviseProformaInvoice', { proformaInvoiceId: id }, 'proformaInvoice { id }');
  await confirmAll(client, await draftsOf(client));
  await client.does('catch up', 'resumeTableMaps', { ...all, mode: 'CATCH_UP' }, RUN);
  await client.does('catch up', 'sync', {}, RUN);
  await client.does('pause', 'pauseTableMaps', all);
  await client.does('draft', 'markReadyToInvoice', { contractNumbers: [CORRECTED] });
  await client.does('draft', 'createProformaInvoices', { contractNumbers: [CORRECTED] }, `results { ${ITEM_ERRORS} }`);
  await confirmAll(client, await draftsOf(client));
  await client.does('skip keeping the queue', 'resumeTableMaps', { ...all, mode: 'SKIP_TO_LIVE_KEEPING_QUEUE' }, RUN);
  await client.does('sync', 'sync', {}, RUN);
  await client.does('retry of sync errors', 'retrySyncErrors', { all: true }, RUN);
  await client.does('sync', 'sync', {}, RUN);
  await settle(client);
  await pushEverything(client, all);
}

/** Every record again, each from the side that is its master. */
async function pushEverything(client: KilledClient, all: { readonly tableMaps: readonly { readonly name: string }[] }): Promise<void> {
  await client.does('stop', 'stopTableMaps', all);
  const tableMaps = all.tableMaps.map(({ name }) => ({ name, initialSync: true, ...(name === TABLE_MAPS.customerInvoices && { master: 'FINANCE' }) }));
  await client.does('initial sync', 'runTableMaps', { tableMaps }, RUN);
  await client.does('initial sync', 'sync', {}, RUN);
}

async function draftsOf(client: KilledClient): Promise<Drafted[]> {
  const { proformaInvoices } = await client.ask(`{
    proformaInvoices(first: 500, filter: { status: { eq: DRAFT } }, orderBy: [{ field: NUMBER }]) { nodes { id number contract { number } } }
  }`);
  return proformaInvoices.nodes;
}

/** Bills the first two hours of more than one at half of their quantity and at another price. */
async function editHours(client: KilledClient, draft: Drafted): Promise<void> {
  const { proformaInvoice } = await client.ask(`query ($id: ID!) { proformaInvoice(id: $id) {
    details(first: 2, filter: { classification: { eq: TIME }, billingType: { eq: CHARGEABLE }, quantity: { gt: "1" } }, orderBy: [{ field: ID }]) { nodes { id } }
  } }`, { id: draft.id });
  const [first, second] = proformaInvoice.details.nodes;
  const details = [{ detailId: first.id, quantity: '0.5' }, { detailId: second.id, price: '99.95' }];
  await client.does('edit', 'updateProformaInvoiceLineDetails', { proformaInvoiceId: draft.id, details });
}

async function confirmAll(client: KilledClient, drafts: readonly Drafted[]): Promise<void> {
  const isAlone = ({ contract }: Drafted) => drafts.length === 1 || CONFIRMED_ALONE.includes(contract.number);
  for (const { id } of drafts.filter(isAlone)) await client.does('confirm', 'confirmProformaInvoice', { proformaInvoiceId: id }, RUN);
  const others = drafts.filter((draft) => !isAlone(draft)).map(({ id }) => id);
  if (others.length > 0) await client.does('confirm in bulk', 'confirmProformaInvoices', { proformaInvoiceIds: others }, `${RUN} results { ${ITEM_ERRORS} }`);
}

async function carryEachMap(client: KilledClient, maps: readonly string[]): Promise<void> {
  for (const map of maps) await client.does(`sync ${/\((\w+)\)$/.exec(map)?.[1] ?? map}`, 'sync', { maps: [map] }, RUN);
}

/** From what is staged to the customer invoices, and back. */
async function settle(client: KilledClient): Promise<void> {
  await client.does('import', 'importFromStaging', {}, RUN);
  await client.does('post journals', 'postIntegrationJournals', { allDraft: true }, `${RUN} results { ${ITEM_ERRORS} }`);
  await client.does('import', 'importFromStaging', {}, RUN);
  await client.does('post proposals', 'postInvoiceProposals', { allReady: true }, `${RUN} results { ${ITEM_ERRORS} }`);
  await client.does('write-back', 'sync', {}, RUN);
}

import { requestContext } from '../../src/resolvers/request-context';
import { startServer, type RunningServer } from '../../src/server/start-server';
import { gatewaySchema } from '../support/api';
import { onBothEngines } from '../support/engines';
import { ERRORS } from '../support/process';
import { Story, type StoryDraft } from '../support/story';
import { changesBetween, snapshotOf } from '../support/whole-database';
import type { Answer } from './stand-in';

/** Whatever a client types into the details and the header of a draft, over HTTP: it is told what is wrong, and nothing changes. */

const EDIT = `mutation ($input: UpdateProformaInvoiceLineDetailsInput!) { payload: updateProformaInvoiceLineDetails(input: $input) { ${ERRORS} } }`;
const ADD = `mutation ($input: AddProformaInvoiceLineDetailsInput!) { payload: addProformaInvoiceLineDetails(input: $input) { ${ERRORS} } }`;
const REMOVE = `mutation ($input: RemoveProformaInvoiceLineDetailsInput!) { payload: removeProformaInvoiceLineDetails(input: $input) { ${ERRORS} } }`;
const HEADER = `mutation ($input: UpdateProformaInvoiceInput!) { payload: updateProformaInvoice(input: $input) { ${ERRORS} } }`;
const NUL = '\u0000';
const LONG = 'x'.repeat(100_000);

/** The codes with their places in the input; of a malformed value GraphQL says where in its message. */
type Refused = readonly (readonly [code: string, path: string])[];

onBothEngines('what clients type into a draft, over HTTP', (gateway) => {
  let server: RunningServer;
  let story: Story;
  let draft: StoryDraft;
  beforeAll(async () => {
    const { context, database } = gateway();
    server = await startServer({
      settings: { host: '127.0.0.1', port: 0 }, database, schema: await gatewaySchema(), contextFor: ({ actor }) => requestContext(context, { actor }),
      log: context.log, openDocument: async () => ({ problem: 'FORGED' }),
    });
    story = await Story.begin(gateway());
    await story.world.unbilledMany(2);
    draft = await story.draft();
  });
  afterAll(() => server.close());

  async function refused(query: string, input: object): Promise<Refused> {
    const before = await snapshotOf(gateway().database.reader);
    const response = await fetch(server.url, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: { proformaInvoiceNumber: draft.number, ...input } } }),
    });
    const { data, errors } = await response.json() as Answer;
    expect(changesBetween(before, await snapshotOf(gateway().database.reader))).toEqual([]);
    if (errors) return errors.map(({ message, extensions }) => [extensions.code, /at "(.*?)"/.exec(message)?.[1] ?? ''] as const);
    const { payload } = data as { payload: { errors: { code: string; path: string[] | null }[] } };
    return payload.errors.map(({ code, path }) => [code, (path ?? []).join('.')] as const);
  }

  const edit = (change: object) => refused(EDIT, { details: [{ detailId: draft.lines[0]!.id, quantity: '3' }, { detailId: draft.lines[1]!.id, ...change }] });
  const add = (change: object) => refused(ADD, { details: [
    { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'TIME', quantity: '1', price: '1', ...change },
  ] });

  it.each(['1e3', 'NaN', 'Infinity', ' 5', '5 ', '5\n', '0x10', '1,000', '1_000', '.5', '5.', '+5', '', '--1', '１', `1.${'0'.repeat(19)}`, '9'.repeat(25), LONG])(
    'BILL-22: a figure of %.30j is malformed', async (text) => {
      expect(await edit({ quantity: text })).toEqual([['BAD_USER_INPUT', 'input.details[1].quantity']]);
      expect(await edit({ price: text })).toEqual([['BAD_USER_INPUT', 'input.details[1].price']]);
      expect(await add({ tax: text })).toEqual([['BAD_USER_INPUT', 'input.details[0].tax']]);
    },
  );

  it.each([1.5, 1e21, true, [], {}])('BILL-22: a figure that is sent as %j is malformed', async (value) => {
    expect(await edit({ quantity: value })).toEqual([['BAD_USER_INPUT', 'input.details[1].quantity']]);
  });

  it.each([
    [{ quantity: '0.0000001' }, 'TOO_MANY_DECIMALS', 'quantity'],
    [{ price: '1.123456789012345678' }, 'TOO_MANY_DECIMALS', 'price'],
    [{ tax: '0.001' }, 'TOO_MANY_DECIMALS', 'tax'],
    [{ quantity: '-0.000001' }, 'NEGATIVE_FIGURE', 'quantity'],
    [{ tax: '-0.01' }, 'NEGATIVE_FIGURE', 'tax'],
    [{ price: '9'.repeat(24) }, 'AMOUNT_OUT_OF_RANGE', 'price'],
    [{ description: LONG }, 'INVALID_INPUT', 'description'],
    [{ externalDescription: LONG }, 'INVALID_INPUT', 'externalDescription'],
  ])('BILL-22: refuses %.60j, edited and added', async (change, code, field) => {
    expect(await edit(change)).toEqual([[code, `input.details.1.${field}`]]);
    expect(await add(change)).toEqual([[code, `input.details.0.${field}`]]);
  });

  it('BILL-27: refuses header texts that are too long, and names each', async () => {
    expect(await refused(HEADER, { name: LONG, description: LONG, billToCountry: LONG })).toEqual([
      ['INVALID_INPUT', 'input.name'], ['INVALID_INPUT', 'input.description'], ['INVALID_INPUT', 'input.billToCountry'],
    ]);
    expect(await refused(HEADER, { dueDate: '2026-13-01' })).toEqual([['BAD_USER_INPUT', 'input.dueDate']]);
    expect(await refused(HEADER, { accountingDate: '2026-02-29' })).toEqual([['BAD_USER_INPUT', 'input.accountingDate']]);
  });

  it('BILL-19: refuses the character NUL wherever it stands', async () => {
    expect(await edit({ description: `a${NUL}b` })).toEqual([['BAD_USER_INPUT', '']]);
    expect(await add({ externalDescription: NUL })).toEqual([['BAD_USER_INPUT', '']]);
    expect(await refused(HEADER, { billToName: NUL })).toEqual([['BAD_USER_INPUT', '']]);
    expect(await refused(EDIT, { details: [{ detailId: Buffer.from(`ProformaInvoiceLineDetail:${NUL}`).toString('base64url'), quantity: '1' }] })).toEqual([['INVALID_INPUT', 'input.details.0.detailId']]);
  });

  it('BILL-19: refuses ids of other types, of other proformas, and what is no id', async () => {
    const { contractId } = story.world;
    const idOf = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url');
    expect(await edit({ detailId: idOf('ProjectContract', contractId), quantity: '1' })).toEqual([['INVALID_INPUT', 'input.details.1.detailId']]);
    expect(await edit({ detailId: contractId, quantity: '1' })).toEqual([['NOT_FOUND', 'input.details.1.detailId']]);
    expect(await edit({ detailId: '', quantity: '1' })).toEqual([['INVALID_INPUT', 'input.details.1.detailId']]);
    expect(await edit({ detailId: LONG, quantity: '1' })).toEqual([['INVALID_INPUT', 'input.details.1.detailId']]);
    for (const [field, type] of [['roleId', 'Actual'], ['taskId', 'Milestone'], ['contractLineId', 'ProjectContract']] as const) {
      expect(await add({ [field]: idOf(type, contractId) })).toEqual([['INVALID_INPUT', `input.details.0.${field}`]]);
      expect(await add({ [field]: '' })).toEqual([['INVALID_INPUT', `input.details.0.${field}`]]);
    }
    expect(await add({ unitId: contractId })).toEqual([['NOT_FOUND', 'input.details.0.unitId']]);
    expect(await refused(REMOVE, { detailIds: [draft.lines[0]!.id, contractId] })).toEqual([['NOT_FOUND', 'input.detailIds.1']]);
    expect(await refused(REMOVE, { detailIds: [] })).toEqual([['INVALID_INPUT', 'input.detailIds']]);
  });

  it('BILL-19: refuses lists of 10,000', async () => {
    const many = <T>(one: T) => Array<T>(10_000).fill(one);
    expect(await refused(EDIT, { details: many({ detailId: draft.lines[0]!.id, quantity: '1' }) })).toEqual([['INVALID_INPUT', 'input.details']]);
    const manual = { contractLineId: story.world.facts.lines.timeAndMaterial, classification: 'TIME', quantity: '1', price: '1' };
    expect(await refused(ADD, { details: many(manual) })).toEqual([['INVALID_INPUT', 'input.details']]);
    expect(await refused(REMOVE, { detailIds: many(draft.lines[0]!.id) })).toEqual([['INVALID_INPUT', 'input.detailIds']]);
  });

  it('BILL-19: names the proforma once, and one that there is', async () => {
    expect(await refused(EDIT, { proformaInvoiceNumber: null, details: [] })).toEqual([['INVALID_INPUT', expect.stringMatching(/^input/)]]);
    expect(await refused(HEADER, { proformaInvoiceNumber: LONG, name: 'x' })).toEqual([['NOT_FOUND', 'input.proformaInvoiceNumber']]);
    expect(await refused(HEADER, { expectedVersion: 99, name: 'x' })).toEqual([['CONFLICT', 'input.expectedVersion']]);
  });

  it('BILL-21: a quantity of minus zero is zero', async () => {
    const one = await Story.begin(gateway());
    await one.world.unbilled();
    const { number, lines } = await one.draft();
    await one.editDetails(number, [{ detailId: lines[0]!.id, quantity: '-0', tax: '-0.00' }]);
    expect(await one.details(number)).toMatchObject([{ quantity: '0', amount: '0', tax: '0' }]);
  });
});

import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentAnswer } from '../../src/flow/documents/open-document';
import { ENGINES } from '../support/engines';
import { databaseSettings, startProgram, type Program } from './program';
import { startStandIn, type StandIn } from './stand-in';

async function ask(program: Program, query: string): Promise<{ data: Record<string, { nodes: Record<string, { url: string }>[] }> }> {
  const response = await fetch(await program.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return response.json() as Promise<{ data: Record<string, { nodes: Record<string, { url: string }>[] }> }>;
}

const DOCUMENTS = '{ proformaInvoices(first: 1) { nodes { pdf: document { url } csv: document(format: CSV) { url } } } }';

describe.each(ENGINES)('documents over HTTP on %s', (engine) => {
  it('DOCUMENT-01 are fetched with the address alone, from any process on the database, before and after a restart', async () => {
    // An empty SAMPLE_DIR is the default: the Contoso sample.
    const settings = { ...await databaseSettings(engine), SAMPLE_DIR: '', CLOCK: '2026-06-30T12:00:00Z' };
    const first = startProgram(settings);
    const origin = new URL(await first.url).origin;
    const [links] = (await ask(first, DOCUMENTS)).data.proformaInvoices!.nodes;
    const pdf = await fetch(origin + links!.pdf!.url);
    expect(pdf.status).toBe(200);
    expect(Object.fromEntries(pdf.headers)).toMatchObject({
      'content-type': 'application/pdf', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; filename="proforma-[\w-]+\.pdf"$/),
    });
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const csv = await fetch(origin + links!.csv!.url);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect((await csv.text()).split('\r\n').length).toBeGreaterThan(2);
    expect((await first.stop()).stderr).toContain('document sent');

    const second = startProgram(settings);
    const again = await fetch(new URL(await second.url).origin + links!.pdf!.url);
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    await second.stop();

    const later = startProgram({ ...settings, CLOCK: '2026-06-30T12:15:00Z' });
    const expired = await fetch(new URL(await later.url).origin + links!.pdf!.url);
    expect(expired.status).toBe(403);
    await later.stop();
  });
});

describe('an address of a document', () => {
  let standIn: StandIn | undefined;
  afterEach(() => standIn?.close());

  const PIECES = (pieces: AsyncIterable<Uint8Array | string>): DocumentAnswer => ({
    document: {
      fileName: 'INV-1.csv', contentType: 'text/csv', actor: 'ada', pieces,
      request: { kind: 'CustomerInvoice', id: 'x', format: 'CSV', layout: null, managedFormatId: null },
    },
  });

  it.each([['FORGED', 401, 'UNAUTHENTICATED'], ['EXPIRED', 403, 'FORBIDDEN'], ['GONE', 404, 'NOT_FOUND']] as const)(
    'DOCUMENT-02 that is %s is answered %i as JSON', async (problem, status, code) => {
      standIn = await startStandIn(undefined, async () => ({ problem }));
      const response = await fetch(`${standIn.origin}/documents/customer-invoice.pdf?token=x`);
      expect(response.status).toBe(status);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
    },
  );

  it('DOCUMENT-02 without a token, or with several, is forged', async () => {
    const tokens: string[] = [];
    standIn = await startStandIn(undefined, async (token) => {
      tokens.push(token);
      return { problem: 'FORGED' };
    });
    for (const query of ['', '?token=', '?token=a&token=b']) expect((await fetch(`${standIn.origin}/documents/x.pdf${query}`)).status).toBe(401);
    expect(tokens).toEqual(['', '', '']);
  });

  it('DOCUMENT-10 whose document breaks off is cut, so that nobody takes the file for whole', async () => {
    async function* pieces() {
      yield 'Document,Number\r\n';
      await pause(20);
      throw new Error('does not add up');
    }
    standIn = await startStandIn(undefined, async () => PIECES(pieces()));
    const response = await fetch(`${standIn.origin}/documents/x.csv?token=x`);
    await expect(response.text()).rejects.toThrow();
    expect(standIn.lines).toMatchObject([{ level: 'error', message: 'a document was broken off', facts: { actor: 'ada', document: 'CustomerInvoice' } }]);
  });

  it('DOCUMENT-13 whose client goes away makes the gateway stop writing', async () => {
    let given = 0;
    let hasStopped = false;
    async function* pieces() {
      try {
        for (; given < 10_000; given += 1) {
          yield 'x'.repeat(10_000);
          await pause(1);
        }
      } finally {
        hasStopped = true;
      }
    }
    standIn = await startStandIn(undefined, async () => PIECES(pieces()));
    const client = httpRequest(`${standIn.origin}/documents/x.csv?token=x`);
    client.on('error', () => undefined);
    client.on('response', (response) => response.once('data', () => client.destroy()));
    client.end();
    for (let waitedMs = 0; !hasStopped && waitedMs < 5_000; waitedMs += 10) await pause(10);
    expect(hasStopped).toBe(true);
    expect(given).toBeLessThan(10_000);
    expect(standIn.lines.map((line) => line.message)).toEqual(['a document was left by its client']);
  });
});

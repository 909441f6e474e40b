import { createSigner } from 'fast-jwt';
import { InvoiceFormat } from '../../../src/entities/finance';
import { documentLink, readDocumentToken, type DocumentRequest } from '../../../src/flow/documents/document-link';
import { fixedClock } from '../../../src/kernel/clock';
import { tokenOf } from './document-desk';

const SECRET = 'a secret that is long enough to sign with';
const NOON = new Date('2026-06-30T12:00:00.000Z');
const LIFETIME_MS = 15 * 60_000;

const at = (afterMs = 0) => ({
  clock: fixedClock(new Date(NOON.getTime() + afterMs)),
  settings: { skipReversalsOfAdjusted: false, documents: { secret: null, lifetimeMs: LIFETIME_MS } },
  actor: 'ada',
});

const REQUEST: DocumentRequest = {
  kind: 'CustomerInvoice', id: '0197bf2c-0000-7000-8000-000000000001', format: 'PDF', layout: InvoiceFormat.SUMMARY_INVOICE, managedFormatId: null,
};

describe('the address of a document', () => {
  const { url, expiresAt } = documentLink(at(), SECRET, REQUEST);

  it('DOCUMENT-01 names document, layout and who asked, and ends after its lifetime', () => {
    expect(url).toMatch(/^\/documents\/customer-invoice\.pdf\?token=[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(expiresAt).toBe('2026-06-30T12:15:00.000Z');
    expect(readDocumentToken(at(), SECRET, tokenOf(url))).toMatchObject({ request: REQUEST, actor: 'ada' });
    expect(readDocumentToken(at(LIFETIME_MS - 1000), SECRET, tokenOf(url))).toMatchObject({ actor: 'ada' });
    expect(readDocumentToken(at(LIFETIME_MS), SECRET, tokenOf(url))).toEqual({ problem: 'EXPIRED' });
  });

  it('DOCUMENT-01 is the same for the same question at the same time', () => {
    expect(documentLink(at(), SECRET, REQUEST)).toEqual({ url, expiresAt });
  });

  const [head, body, signature] = tokenOf(url).split('.') as [string, string, string];
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const sign = (changes: object, key = SECRET) => createSigner({ key, algorithm: 'HS256', noTimestamp: true })({ ...claims, ...changes });

  it.each([
    ['no token', ''],
    ['a text', 'hello'],
    ['another document under the same signature', `${head}.${encoded({ ...claims, id: 'another' })}.${signature}`],
    ['no signature, and a head that wants none', `${encoded({ alg: 'none', typ: 'JWT' })}.${body}.`],
    ['the signature of another secret', sign({}, 'a secret that somebody else has made up')],
    ['a token for something else', sign({ aud: 'session' })],
    ['a token that never ends', sign({ exp: undefined })],
    ['a record of another kind', sign({ kind: 'Voucher' })],
  ])('DOCUMENT-02 is forged with %s', (_what, token) => {
    expect(readDocumentToken(at(), SECRET, token)).toEqual({ problem: 'FORGED' });
  });
});

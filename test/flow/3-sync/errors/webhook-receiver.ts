import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers: a status, a redirect to an address, or nothing at all. */
export type Answer = number | { readonly redirectTo: string } | 'nothing';

/** A receiver of notifications on this machine. It gives these answers in their order, and the last of them from then on. */
export async function receiver(...answers: readonly Answer[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const answer = answers[Math.min(received.length, answers.length) - 1]!;
      if (answer === 'nothing') return;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(307, { location: answer.redirectTo }).end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${port}/alerts`, received, close };
}

/** Whether a notification was signed with the secret: what docs/operations.md tells a receiver to do. */
export function isSigned(secret: string, { headers, body }: Received): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed).digest();
  return String(headers['webhook-signature']).split(' ').some((given) => {
    const signature = Buffer.from(given.replace(/^v1,/, ''), 'base64');
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

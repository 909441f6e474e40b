import { DOCUMENT_TOKENS_MAX, REQUEST_BYTES_MAX } from '../../src/server/limits';
import { startStandIn, type StandIn } from './stand-in';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.lines.length = 0;
});

describe('a bug', () => {
  it.each(['bug', 'driverFailure', 'uncodedError'])('is masked, and logged under the id that the answer gives: %s', async (field) => {
    const { status, body } = await standIn.post({ query: `{ hello ${field} }` });
    const [error] = body.errors ?? [];
    expect({ status, data: body.data }).toEqual({ status: 200, data: { hello: 'hello', [field]: null } });
    expect(error).toMatchObject({ path: [field], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(JSON.stringify(body)).not.toMatch(/secret|stack/i);
    const [line] = standIn.lines;
    expect(line).toMatchObject({ level: 'error', facts: { errorId: error?.extensions.errorId, path: [field] } });
    expect(String((line?.facts.err as Error).message)).toContain('secret');
  });

  it('is what null in a field that is never null is', async () => {
    const { body } = await standIn.post({ query: '{ missing }' });
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    expect(body.errors?.[0]?.message).not.toContain('Query.missing');
  });
});

describe('an error that a client can mend', () => {
  it('keeps its message and its code', async () => {
    const { body } = await standIn.post({ query: '{ forbidden }' });
    expect(body.errors).toMatchObject([{ message: 'You may not.', path: ['forbidden'], extensions: { code: 'FORBIDDEN' } }]);
    expect(standIn.lines).toEqual([]);
  });

  it.each([
    ['a syntax error', { query: '{ hello' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ helo }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown operation name', { query: 'query A { hello }', operationName: 'B' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    ['a variable of the wrong type', { query: 'query ($n: Int!) { hello(times: $n) }', variables: { n: 'x' } }, 400, 'BAD_USER_INPUT'],
    ['null for an argument with a default', { query: 'query ($n: Int) { hello(times: $n) }', variables: { n: null } }, 200, 'BAD_USER_INPUT'],
  ])('%s', async (_title, request, status, code) => {
    const answer = await standIn.post(request);
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toMatchObject([{ extensions: { code } }]);
    expect(answer.body.errors?.[0]?.extensions).not.toHaveProperty('stacktrace');
  });
});

describe('a request that is no GraphQL', () => {
  it.each([
    ['invalid JSON', '{ "query": ', 'application/json', 400],
    ['an empty body', '', 'application/json', 400],
    ['a list of operations', '[{ "query": "{ hello }" }]', 'application/json', 400],
    ['text', '{ hello }', 'text/plain', 415],
    ['a form', 'query=%7Bhello%7D', 'application/x-www-form-urlencoded', 415],
  ])('is answered with JSON in the shape of GraphQL: %s', async (_title, body, contentType, status) => {
    const answer = await standIn.post(body, { 'content-type': contentType });
    expect(answer.status).toBe(status);
    expect(answer.response.headers.get('content-type')).toContain('application/json');
    expect(answer.body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(answer.body).not.toHaveProperty('data');
  });

  it('is answered with JSON at an unknown address', async () => {
    const response = await fetch(`${standIn.origin}/graphq?secret=1`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      errors: [{ message: 'There is nothing at GET /graphq; GraphQL is at /graphql.', extensions: { code: 'NOT_FOUND' } }],
    });
  });
});

describe('the limits', () => {
  it(`let a document of ${DOCUMENT_TOKENS_MAX} tokens through, and not one more`, async () => {
    // Three tokens for each field, and the two braces.
    const fields = Array.from({ length: Math.floor((DOCUMENT_TOKENS_MAX - 2) / 3) }, (_, index) => `f${index}: hello`);
    const rest = 'hello '.repeat((DOCUMENT_TOKENS_MAX - 2) % 3);
    const largest = `{ ${fields.join(' ')} ${rest}}`;
    expect(Object.keys((await standIn.post({ query: largest })).body.data ?? {}).length).toBeGreaterThanOrEqual(fields.length);
    const refused = await standIn.post({ query: largest.replace('}', 'hello }') });
    expect(refused.status).toBe(400);
    expect(refused.body.errors?.[0]?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('stop fragments that multiply', async () => {
    const levels = Array.from({ length: 20 }, (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`);
    const { status, body } = await standIn.post({ query: `{ ...F0 } ${levels.join(' ')} fragment F20 on Query { hello }` });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['a variable', { query: 'query ($text: String) { echo(text: $text) }', variables: { text: 'a\u0000b' } }],
    ['the document', { query: '{ echo(text: "a\\u0000b") }' }],
  ])('refuse the character NUL in %s', async (_where, request) => {
    const { body } = await standIn.post(request);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(body.errors?.[0]?.message).toContain('NUL');
  });

  it('take several megabytes of variables in one request', async () => {
    const text = 'x'.repeat(5_000_000);
    expect((await standIn.post({ query: 'query ($text: String) { echo(text: $text) }', variables: { text } })).body.data?.echo).toBe(text);
  });

  it('answer a body that is too large with JSON', async () => {
    const { status, body } = await standIn.post(JSON.stringify({ query: ' '.repeat(REQUEST_BYTES_MAX) }));
    expect(status).toBe(413);
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

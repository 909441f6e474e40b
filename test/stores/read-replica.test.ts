import type { DataSource } from 'typeorm';
import { ReadReplica } from '../../src/stores/read-replica';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A data source that answers with its name, or fails as told. */
function source(name: string, failing: { code: string | null } = { code: null }): DataSource {
  const query = async (): Promise<string[]> => {
    if (failing.code !== null) throw failure(failing.code);
    return [name];
  };
  return { query, isInitialized: true, manager: {} } as unknown as DataSource;
}

describe('what a read replica cannot answer', () => {
  const failing: { code: string | null } = { code: null };
  let notices: boolean[];
  let replica: ReadReplica;
  const ask = (): Promise<unknown[]> => replica.ask('SELECT 1', []);

  beforeEach(async () => {
    failing.code = null;
    notices = [];
    replica = new ReadReplica(source('replica', failing), source('primary'), (answers) => notices.push(answers));
    expect(await ask()).toEqual(['replica']);
  });

  it.each([['it is away', 'ECONNREFUSED'], ['it stops', '57P01'], ['it starts', '57P03'], ['it lacks a table', '42P01'], ['it lacks a column', '42703']])(
    'WORKER-13 the primary answers when %s, and is asked alone for a while', async (_title, code) => {
      failing.code = code;
      expect(await ask()).toEqual(['primary']);
      failing.code = null;
      expect(await ask()).toEqual(['primary']);
      expect([notices, replica.answers]).toEqual([[false], false]);
    },
  );

  it('WORKER-13 the primary answers a query that the replica takes back for its recovery, and the next one goes to the replica', async () => {
    failing.code = '40001';
    expect(await ask()).toEqual(['primary']);
    failing.code = null;
    expect(await ask()).toEqual(['replica']);
    expect(notices).toEqual([]);
  });

  it('WORKER-13 a query that is wrong fails on the replica as it would on the primary', async () => {
    failing.code = '22P02';
    await expect(ask()).rejects.toThrow('22P02');
    expect(replica.answers).toBe(true);
  });
});

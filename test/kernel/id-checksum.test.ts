import { createHash } from 'node:crypto';
import { IdChecksum } from '../../src/kernel/id-checksum';

describe('the checksum of ids', () => {
  it('is SHA-256 over the ids, ascending, joined by a newline', () => {
    const checksum = new IdChecksum();
    for (const id of ['a', 'b', 'c']) checksum.add(id);
    expect(checksum.count).toBe(3);
    expect(checksum.digest()).toBe(createHash('sha256').update('a\nb\nc').digest('hex'));
  });

  it('takes ids in ascending order only, each once', () => {
    const checksum = new IdChecksum();
    checksum.add('b');
    expect(() => checksum.add('a')).toThrow('does not come after');
    expect(() => checksum.add('b')).toThrow('does not come after');
  });
});

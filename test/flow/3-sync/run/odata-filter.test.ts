import { FilterError, filterTakes, parseFilter } from '../../../../src/flow/3-sync/run/odata-filter';
import { decimal } from '../../../../src/kernel/decimal';

function takes(filter: string, record: Record<string, unknown>): boolean {
  return filterTakes(parseFilter(filter), (column) => record[column]);
}

describe('an OData filter', () => {
  it('takes every record when it is empty', () => {
    expect(parseFilter('  ')).toBeNull();
    expect(takes('', {})).toBe(true);
  });

  it.each([
    ['a eq 1', { a: 1 }, true],
    ['a eq 1', { a: 2 }, false],
    ['a ne 1', { a: 2 }, true],
    ['a gt 1', { a: 2 }, true],
    ['a gt 2', { a: 2 }, false],
    ['a ge 2', { a: 2 }, true],
    ['a lt -1.5', { a: decimal('-1.51') }, true],
    ['a le 0.1', { a: decimal('0.1') }, true],
    ["a eq 'it''s'", { a: "it's" }, true],
    ["a gt 'abc'", { a: 'abd' }, true],
    ['a eq true', { a: true }, true],
    ['a eq false', { a: true }, false],
    ['a', { a: true }, true],
    ['not a', { a: true }, false],
    ['a ge 2026-06-10', { a: '2026-06-10' }, true],
    ['a lt 2026-06-10', { a: '2026-06-10' }, false],
    ['a eq 0197C5C0-0000-7000-8000-000000000001', { a: '0197c5c0-0000-7000-8000-000000000001' }, true],
  ])('%s over %j is %s', (filter, record, expected) => {
    expect(takes(filter, record)).toBe(expected);
  });

  it('treats null as equal to null only, and as neither greater nor less', () => {
    expect(takes('a eq null', { a: null })).toBe(true);
    expect(takes('a ne null', { a: null })).toBe(false);
    expect(takes('a ne 1', { a: null })).toBe(true);
    expect(takes('a gt 1', { a: null })).toBe(false);
    expect(takes('a le 1', { a: null })).toBe(false);
  });

  it('does not compare values of different kinds', () => {
    expect(takes("a eq '1'", { a: 1 })).toBe(false);
    expect(takes('a eq 1', { a: '1' })).toBe(false);
  });

  it('binds not before and, and before or, and parentheses before all', () => {
    expect(takes('a eq 1 or a eq 2 and b eq 1', { a: 1, b: 2 })).toBe(true);
    expect(takes('(a eq 1 or a eq 2) and b eq 1', { a: 1, b: 2 })).toBe(false);
    expect(takes('not a eq 1 and b eq 2', { a: 2, b: 2 })).toBe(true);
    expect(takes('not (a eq 1 and b eq 2)', { a: 1, b: 2 })).toBe(false);
  });

  it.each(['a eq', 'a 1', 'eq 1', '(a eq 1', 'a eq 1)', 'a eq 1 and', "a eq 'x", 'a eq b', 'a == 1', '1 eq a', 'null', 'a eq 1x'])(
    'refuses %s', (text) => {
      expect(() => parseFilter(text)).toThrow(FilterError);
    });

  it('says where it is wrong', () => {
    expect(() => parseFilter('a eq 1 ; b')).toThrow('Unexpected ";" at position 8');
  });
});

import { filesBelow, textOf } from '../support/repository';

/** Every rule's id with its sentence, as the rule lists of the stages write them. */
const rules = filesBelow('src/flow', '.rule-list.ts')
  .flatMap((file) => [...textOf(file).matchAll(/'([A-Z]+-\d\d)':\s*(?:\n\s*)?(?:'|"|`)/g)].map((match) => ({ id: match[1]!, file })));
const tests = filesBelow('test', '.test.ts').map(textOf).join('\n');
/** A title is a text that begins with the id: of a test, or of a row of `it.each`. */
const titles = new Set([...tests.matchAll(/['"`]([A-Z]+-\d\d)[ :,]/g)].map((match) => match[1]!));

describe('the rules', () => {
  it('have ids of their own', () => {
    const ids = rules.map((rule) => rule.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.length).toBeGreaterThan(30);
  });

  it('have a test each, whose title begins with the id', () => {
    expect(rules.filter((rule) => !titles.has(rule.id)).map((rule) => rule.id)).toEqual([]);
  });

  it('are each listed in docs/rules.md', () => {
    const listed = textOf('docs/rules.md');
    expect(rules.filter((rule) => !listed.includes(`**${rule.id}**`)).map((rule) => rule.id)).toEqual([]);
  });
});

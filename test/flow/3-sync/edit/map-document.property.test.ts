import fc from 'fast-check';
import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { ensureTableMaps } from '../../../../src/flow/3-sync/seed-table-maps';
import { freshLocation, onBothEngines, onDatabase, type TestGateway } from '../../../support/engines';
import { operated } from '../operate/operating';
import { edited } from './editing';
import { exported, imported, SIXTH_MAP } from './moving';

const { actuals, invoices, milestones, connections, customerInvoices } = TABLE_MAPS;

/** At most so many code units; what it cuts in half becomes the replacement character, as in any text of UTF-8. */
const cut = (given: string, maxLength: number): string => Buffer.from(given.slice(0, maxLength)).toString();
const text = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength }).map((given) => cut(given, maxLength)).filter((given) => !given.includes('\u0000'));
const lines = fc.uniqueArray(fc.record({ from: fc.oneof(text(20), fc.nat(300).map(String), fc.constant('*')), to: fc.option(text(30)) }), { selector: (line) => line.from, minLength: 1, maxLength: 6 });

/** A pair behind those of a map: each fills a column that is nobody's but the map's. */
const addedPair = fc.oneof(
  fc.record({ source: fc.constantFrom('msdyn_task', 'msdyn_description'), target: fc.constant('ProductNumber'), transform: fc.constant('COPY'), required: fc.boolean() }),
  fc.record({ source: fc.constant('msdyn_externaldescription'), target: fc.constant('Description'), transform: fc.constant('VALUE_MAP'), valueMap: lines }),
  fc.record({ target: fc.constant('UnitOfMeasure'), transform: fc.constant('DEFAULT'), defaultValue: text(60), keep: fc.option(fc.uniqueArray(fc.oneof(text(10), fc.constant('*')), { minLength: 1, maxLength: 4 })) }),
  fc.record({ source: fc.constant('msdyn_description'), target: fc.constant('TaskId'), transform: fc.constant('LOOKUP'), lookup: fc.constant({ table: 'Projects', column: 'ProjectId' }) }),
);
const condition = fc.oneof(
  fc.nat(10_000).map((amount) => `msdyn_amount gt ${amount}`),
  text(12).map((given) => `msdyn_description ne '${given.replaceAll("'", "''")}'`),
);
/** Edits of the actuals map: pairs that come, a pair that goes to the front, one that goes, and another filter. Each one differs from every definition before it. */
const actualsEdit = fc.record({
  added: fc.uniqueArray(addedPair, { selector: (pair) => pair.target, maxLength: 4 }),
  first: fc.option(fc.constantFrom('Amount', 'Quantity', 'UnitPrice')),
  dropped: fc.option(fc.constantFrom('BookableResourceName', 'ExternalDescription', 'gw_retainerid')),
  condition,
});
const otherEdit = fc.record({ name: fc.constantFrom(invoices, milestones, connections, customerInvoices), label: text(100) });
const newMap = fc.record({ name: text(80).map((given) => given.trim()).filter((given) => given !== ''), sequence: fc.option(fc.integer({ min: 1, max: 20 })), description: text(60) });
const maps = fc.record({
  actuals: fc.array(actualsEdit, { maxLength: 3 }), others: fc.array(otherEdit, { maxLength: 3 }),
  made: fc.uniqueArray(newMap, { selector: (map) => map.name, maxLength: 3 }),
});
type Maps = typeof maps extends fc.Arbitrary<infer T> ? T : never;

/** A column of text in each of the other shipped maps, which a default may fill, and which way. */
const LABELLED: Readonly<Record<string, string | undefined>> = { [invoices]: 'gw_invoiceheadertext', [milestones]: 'Description' };

/** Makes the maps what was generated, by the API. */
async function makeMaps(gateway: TestGateway, wanted: Maps): Promise<void> {
  await operated(gateway, 'stopTableMaps', ...Object.values(TABLE_MAPS));
  const [shipped] = (await exported(gateway, [actuals])).tableMaps;
  for (const [index, edit] of wanted.actuals.entries()) {
    const left = shipped!.fields.filter(({ target }) => target !== edit.dropped);
    const fields = [...left.filter(({ target }) => target === edit.first), ...left.filter(({ target }) => target !== edit.first), ...edit.added];
    await edited(gateway, 'updateTableMap', { name: actuals, fields, filter: `gw_skipsync eq false and msdyn_amount ne ${index} and ${edit.condition}` });
  }
  for (const [index, { name, label }] of wanted.others.entries()) {
    const target = LABELLED[name];
    const changed = target
      ? { removeFields: await placesOf(gateway, name, target), addFields: [{ target, transform: 'DEFAULT', defaultValue: `${index}${label}` }] }
      : { filter: `versionnumber gt ${index}` };
    await edited(gateway, 'updateTableMap', { name, ...changed, comment: label });
  }
  for (const { name, sequence, description } of wanted.made) {
    const fields = SIXTH_MAP.fields.map((field) => (field.target === 'Description' ? { target: 'Description', transform: 'DEFAULT', defaultValue: description } : field));
    await edited(gateway, 'createTableMap', { ...SIXTH_MAP, name, sequence, fields });
  }
}

async function placesOf(gateway: TestGateway, name: string, target: string): Promise<number[]> {
  const [map] = (await exported(gateway, [name])).tableMaps;
  return map!.fields.flatMap((field, index) => (field.target === target ? [index + 1] : []));
}

onBothEngines('any set of table maps', (gateway) => {
  it('MAPEDIT-06 is the same document after it went to a fresh database, and changes nothing where it came from', async () => {
    const { engine } = gateway();
    const freshly = async <T>(use: (fresh: TestGateway) => Promise<T>): Promise<T> => onDatabase(await freshLocation(engine), async (fresh) => {
      await ensureTableMaps(fresh.context);
      return use(fresh);
    });
    await fc.assert(fc.asyncProperty(maps, async (wanted) => {
      const document = await freshly(async (source) => {
        await makeMaps(source, wanted);
        const given = await exported(source);
        expect(new Set((await imported(source, given)).map(({ outcome }) => outcome))).toEqual(new Set(['UNCHANGED']));
        expect(JSON.stringify(await exported(source))).toBe(JSON.stringify(given));
        return given;
      });
      await freshly(async (target) => {
        await operated(target, 'stopTableMaps', ...Object.values(TABLE_MAPS));
        await imported(target, document);
        expect(JSON.stringify(await exported(target))).toBe(JSON.stringify(document));
      });
    }), { numRuns: engine === 'sqlite' ? 20 : 6, seed: 20_260_630 });
  }, 120_000);
});

import { join } from 'node:path';
import { Random } from '../../src/make-data/random';
import { askOf, settingsFor, startProgram } from '../server/program';
import { emptyLocation, ENGINES } from '../support/engines';
import { START_ORDER, type KillOrder } from './kill-order';

/** Kills per engine; the nightly form makes more, each time at other statements. */
const KILLS = process.env.CRASH_KILLS ? 20 : 2;
const SEED = Number(process.env.CRASH_SEED ?? '1');
const KILL_MS_MAX = 20_000;
const KILL_SWITCH = join(__dirname, 'kill-switch.js');
/** What a program sends until it has made a database, at the least. */
const STATEMENTS = 250;
const MOMENTS = ['before', 'sent', 'answered'] as const;

describe.each(ENGINES)('a program that is killed while it makes its database [%s]', (engine) => {
  it('starts the next time, whatever step of the migrations it had come to', async () => {
    const random = new Random(SEED + ENGINES.indexOf(engine));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const settings = { LOG_LEVEL: 'error', ...settingsFor(await emptyLocation(engine)) };
      const order: KillOrder = { counted: 'statements', at: random.between(1, STATEMENTS), moment: random.pick(MOMENTS) };
      const killed = startProgram({ ...settings, [START_ORDER]: JSON.stringify(order) }, KILL_SWITCH);
      expect([order, (await killed.ended).signal]).toEqual([order, 'SIGKILL']);
      const next = startProgram(settings);
      expect((await askOf(next, '{ tableMaps { totalCount } }')).tableMaps.totalCount).toBeGreaterThan(0);
      expect([order, await next.stop()]).toEqual([order, expect.objectContaining({ code: 0, stderr: '' })]);
    }
  }, (KILLS + 1) * KILL_MS_MAX);
});

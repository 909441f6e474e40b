import { Random } from '../../src/make-data/random';
import { ENGINES } from '../support/engines';
import { differencesBetween } from '../support/normalised-database';
import { randomKills } from './kill-plan';
import { UNDISTURBED, type KillMade, type Place } from './killed-client';
import { play } from './scenario';

/** Kills over both engines. A dozen here; the nightly form, `npm run test:crash`, makes some hundreds, each time others. */
const KILLS = Number(process.env.CRASH_KILLS ?? '12');
const SEED = Number(process.env.CRASH_SEED ?? '1');
/** What a kill takes at the most on a busy machine, with what is done again, and what a whole process and its comparison take. */
const KILL_MS_MAX = 15_000;
const PROCESS_MS_MAX = 180_000;

describe.each(ENGINES)('a gateway whose process is killed at random moments [%s]', (engine) => {
  it('CRASH-01 ends where it ends undisturbed when every request without an answer is repeated, and its numbers have no gap', async () => {
    const undisturbed = await play(engine, UNDISTURBED);
    expect(undisturbed.discrepancies).toEqual([]);
    const random = new Random(SEED + ENGINES.indexOf(engine));
    const wanted = KILLS / ENGINES.length;
    const kills: KillMade[] = [];
    while (kills.length < wanted) {
      const { client, content, discrepancies } = await play(engine, randomKills(random, undisturbed.client, wanted - kills.length));
      const wrong = [...discrepancies, ...differencesBetween(undisturbed.content, content)];
      if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\nAfter ${JSON.stringify(client.kills)}, with seed ${SEED}`);
      kills.push(...client.kills);
    }
    expect(kills.length).toBeGreaterThanOrEqual(wanted);
    if (process.env.CRASH_KILLS) console.log(tableOf(engine, kills));
  }, PROCESS_MS_MAX + KILLS * KILL_MS_MAX);
});

const PLACES: readonly Place[] = ['before', 'within', 'after'];

/** The phases in which kills fell, and how many fell before anything was stored, within the work or before its answer, and after it. */
function tableOf(engine: string, kills: readonly KillMade[]): string {
  const phases = [...new Set(kills.map(({ phase }) => phase))].sort();
  const count = (isCounted: (kill: KillMade) => boolean) => String(kills.filter(isCounted).length).padStart(8);
  const line = (title: string, isOf: (kill: KillMade) => boolean) =>
    `${title.padEnd(45)}${PLACES.map((place) => count((kill) => isOf(kill) && kill.place === place)).join('')}${count(isOf)}`;
  return [
    `${engine}, ${kills.length} kills survived, seed ${SEED}`,
    `${'phase'.padEnd(45)}${[...PLACES, 'all'].map((title) => title.padStart(8)).join('')}`,
    ...phases.map((phase) => line(phase, (kill) => kill.phase === phase)),
    line('all', () => true),
  ].join('\n');
}

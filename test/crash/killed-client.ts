import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sendTo, startProgram, type Program } from '../server/program';
import { mutationText, type AnsweredError } from '../support/process';
import { CHUNK_ROWS, START_ORDER, type KillOrder, type Sent } from './kill-order';

/** What a step is killed by: an order to the process, or a kill from outside after so many milliseconds. */
export type Kill = KillOrder | { readonly afterMs: number };

/** What a step took in an undisturbed run. */
export interface StepFigures extends Sent {
  readonly phase: string;
  readonly durationMs: number;
}

/** Where a kill fell: before anything of the step was stored, between its units of work or before its answer, or after that. */
export type Place = 'before' | 'within' | 'after';

export interface KillMade {
  readonly phase: string;
  readonly place: Place;
  readonly kill: Kill;
}

/** Decides what to kill: asked before each attempt of each step, and before each start of the program. */
export interface KillPlan {
  forStep(step: number, attempt: number): Kill | null;
  forStart(): KillOrder | null;
}

export const UNDISTURBED: KillPlan = { forStep: () => null, forStart: () => null };

const KILL_SWITCH = join(__dirname, 'kill-switch.js');
/** An instant of the tests' day; each start of the program is at a later one, when the leases of the one before have expired. */
const FIRST_START = Date.parse('2026-06-30T00:00:00.000Z');
const BETWEEN_STARTS_MS = 2 * 60_000;
/** Times that one step is asked for, and the program started for it. */
const ATTEMPTS_MAX = 10;
const POLL_EVERY_MS = 50;
/** Few enough that a sync, an import or a confirmation of the sample's large documents is several chunks, between which a kill can fall. */
const ROWS_OF_A_CHUNK = '40';
/** Their run stays failed when its process dies: the next sync goes on with what it was at. */
const GONE_ON_WITH_BY_SYNC = ['runTableMaps', 'resumeTableMaps'];

interface Payload {
  readonly errors: readonly AnsweredError[];
  readonly results?: readonly Payload[] | null;
  readonly run?: { readonly id: string; readonly status: string } | null;
}

class ProgramDied extends Error {}

/**
 * A client of a gateway whose process dies: it asks for one thing after the other, each mutation under a key of its own, and asks again
 * under the same key when it got no answer, after somebody has started the program again.
 */
export class KilledClient {
  readonly kills: KillMade[] = [];
  readonly figures: StepFigures[] = [];
  /** Statements that a start of the program sends before it takes requests. */
  statementsToStart = 0;
  private starts = 0;
  private program: Program | null = null;
  private stored: Sent = { statements: 0, commits: 0 };

  constructor(private readonly settings: Readonly<Record<string, string>>, private readonly plan: KillPlan) {}

  /** A query; the program is started for it when it does not run. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are as various as the requests
  async ask(query: string, variables: object = {}): Promise<any> {
    const program = await this.running();
    return this.send(program, query, variables);
  }

  /** A mutation that takes one `input` and must succeed; its payload. `phase` is the name under which its kills are counted. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
  async does(phase: string, mutation: string, input: object, selection = ''): Promise<any> {
    const step = this.figures.length;
    const query = mutationText(mutation, selection);
    const variables = { input: { ...input, idempotencyKey: `step ${step}` } };
    const started = performance.now();
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const program = await this.running();
      try {
        const kill = this.plan.forStep(step, attempt);
        const payload = await this.underKill(program, { phase, kill }, () => this.settled(program, query, variables, mutation));
        this.figures.push({ phase, ...this.stored, durationMs: performance.now() - started });
        return payload;
      } catch (error) {
        if (!(error instanceof ProgramDied)) throw error;
      }
    }
    throw new Error(`${mutation} was not answered in ${ATTEMPTS_MAX} attempts`);
  }

  /** Ends the program in order. */
  async end(): Promise<void> {
    await this.program?.stop();
    this.program = null;
  }

  private async running(): Promise<Program> {
    while (!this.program) {
      const order = this.plan.forStart();
      const clock = new Date(FIRST_START + this.starts * BETWEEN_STARTS_MS).toISOString();
      this.starts += 1;
      const program = startProgram({ ...this.settings, LOG_LEVEL: 'error', CLOCK: clock, [CHUNK_ROWS]: ROWS_OF_A_CHUNK, ...(order && { [START_ORDER]: JSON.stringify(order) }) }, KILL_SWITCH);
      program.child.on('message', ({ statements, commits }: Sent) => { this.stored = { statements, commits }; });
      const died = await program.url.then(() => false, () => true);
      if (!died) {
        this.program = program;
        await this.order(program, null);
        this.statementsToStart = this.stored.statements;
      } else if (order && (await program.ended).signal === 'SIGKILL') this.count('start', 'within', order);
      else throw new Error(`The program did not start: ${JSON.stringify(await program.ended)}`);
    }
    return this.program;
  }

  /** Does something while the program is going to be killed, or has just been. What the program answered in spite of it counts. */
  private async underKill<T>(program: Program, { phase, kill }: { phase: string; kill: Kill | null }, perform: () => Promise<T>): Promise<T> {
    await this.order(program, kill && 'at' in kill ? kill : null);
    this.stored = { statements: 0, commits: 0 };
    const hasAnswered = new AbortController();
    const killing = kill && 'afterMs' in kill ? killAfter(program, kill.afterMs, hasAnswered.signal) : null;
    const answer = await perform().then((payload) => ({ payload }), (error: unknown) => {
      hasAnswered.abort();
      if (error instanceof ProgramDied) return null;
      throw error;
    });
    // Killed after the answer: the next thing that is asked for finds the program gone.
    await killing;
    if (answer && !killing && await this.order(program, null)) return answer.payload;
    if (!kill) throw new Error(`The program died by itself: ${JSON.stringify(await program.ended)}`);
    await program.ended;
    this.program = null;
    this.count(phase, answer ? 'after' : this.stored.commits > 0 ? 'within' : 'before', kill);
    if (!answer) throw new ProgramDied();
    return answer.payload;
  }

  private count(phase: string, place: Place, kill: Kill): void {
    this.kills.push({ phase, place, kill });
  }

  /** Gives the process an order, or takes it back; resolves when it has taken it, and says whether it lives. */
  private order(program: Program, order: KillOrder | null): Promise<boolean> {
    const taken = new Promise<boolean>((resolve) => {
      const onMessage = (sent: Sent & { readonly isEnd?: true }) => {
        if (!sent.isEnd) return;
        program.child.off('message', onMessage);
        resolve(true);
      };
      program.child.on('message', onMessage);
    });
    // Of a process that is gone nothing is expected but its end.
    program.child.send({ order }, () => undefined);
    return Promise.race([taken, program.ended.then(() => false)]);
  }

  /** The payload of a mutation whose run, if it has one, has ended. */
  private async settled(program: Program, query: string, variables: object, mutation: string): Promise<Payload> {
    const payload = (await this.send(program, query, variables))[mutation] as Payload;
    refuseErrors(mutation, payload);
    let run = payload.run;
    while (run?.status === 'RUNNING') {
      await pause(POLL_EVERY_MS);
      ({ run } = await this.send(program, 'query ($id: ID!) { run(id: $id) { id status } }', { id: run.id }));
    }
    if (run?.status === 'FAILED' && !GONE_ON_WITH_BY_SYNC.includes(mutation)) throw new Error(`The run of ${mutation} failed: ${JSON.stringify(run)}`);
    return payload;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
  private async send(program: Program, query: string, variables: object): Promise<any> {
    const answer = await sendTo(program, query, variables).catch(async (error: unknown) => {
      await program.ended;
      throw new ProgramDied('No answer', { cause: error });
    });
    const { data, errors } = answer;
    if (errors) throw new Error(`${query}\n${JSON.stringify(variables)}\n${JSON.stringify(errors)}`);
    return data;
  }
}

async function killAfter(program: Program, milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  await program.stop('SIGKILL');
}

function refuseErrors(mutation: string, { errors, results }: Payload): void {
  if (errors.length > 0) throw new Error(`${mutation} was refused: ${JSON.stringify(errors)}`);
  for (const result of results ?? []) refuseErrors(mutation, result);
}

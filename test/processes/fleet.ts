import { sendTo, startProgram, type Program } from '../server/program';
import { mutationText, type AnsweredError } from '../support/process';

/** A mutation that several processes are asked for at once. */
export interface Task {
  readonly mutation: string;
  readonly input: { readonly idempotencyKey?: string };
  readonly selection?: string;
}

interface Item {
  readonly errors: readonly AnsweredError[];
}

export interface Payload extends Item {
  readonly results?: readonly Item[] | null;
  readonly run?: { readonly status: string; readonly message: string | null } | null;
}

export interface TaskAnswer {
  readonly task: Task;
  /** Null where the process died before it answered. */
  readonly payload: Payload | null;
}

/** Requests that one process is asked for at the same time. */
const AT_ONCE = 4;
/** An instant of the tests' day, at which all of them stand still. */
const CLOCK = '2026-06-30T12:00:00.000Z';

/** Several gateways on one database, as behind a balancer. */
export class Fleet {
  private programs: Program[] = [];

  constructor(private readonly settings: Readonly<Record<string, string>>, readonly size: number) {}

  /** Starts all of them at once. */
  async start(): Promise<void> {
    this.programs = Array.from({ length: this.size }, () => this.program());
    await Promise.all(this.programs.map((program) => program.url));
  }

  /** Ends all of them in order. */
  async stop(): Promise<void> {
    const endings = await Promise.all(this.programs.map((program) => program.stop()));
    this.programs = [];
    const wrong = endings.filter(({ code }) => code !== 0);
    if (wrong.length > 0) throw new Error(`Not every program ended in order: ${JSON.stringify(wrong)}`);
  }

  /** Kills one and starts another one in its place. */
  async replace(process: number): Promise<void> {
    await this.programs[process]!.stop('SIGKILL');
    this.programs[process] = this.program();
    await this.programs[process].url;
  }

  /** Ends them whatever they do: for a test that failed. */
  async kill(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop('SIGKILL')));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are as various as the requests
  async ask(query: string, variables: object = {}): Promise<any> {
    const { data, errors } = await sendTo(this.programs[0]!, query, variables);
    if (errors) throw new Error(`${query}\n${JSON.stringify(errors)}`);
    return data;
  }

  /** Gives each process its tasks, some at a time, all processes at once. `onAnswer` is told of each answer; a top-level error fails. */
  async perform(tasksOf: (process: number) => readonly Task[], onAnswer: (answer: TaskAnswer) => void): Promise<void> {
    await Promise.all(this.programs.flatMap((_program, process) => {
      const tasks = [...tasksOf(process)];
      return Array.from({ length: AT_ONCE }, async () => {
        for (let task = tasks.shift(); task; task = tasks.shift()) onAnswer({ task, payload: await this.performOne(this.programs[process]!, task) });
      });
    }));
  }

  private async performOne(program: Program, { mutation, selection, input }: Task): Promise<Payload | null> {
    const answer = await sendTo(program, mutationText(mutation, selection), { input }).catch(async (error: unknown) => {
      if ((await program.ended).signal !== 'SIGKILL') throw error;
      return null;
    });
    if (answer?.errors) throw new Error(`${mutation} ${JSON.stringify(input).slice(0, 500)} failed: ${JSON.stringify(answer.errors)}`);
    return answer && (answer.data[mutation] as Payload);
  }

  private program(): Program {
    return startProgram({ ...this.settings, LOG_LEVEL: 'error', CLOCK });
  }
}

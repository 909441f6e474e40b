import type { CommandContext } from '../../src/context';
import type { CommandRequest } from '../../src/flow/command';
import { Refused, type Refusal } from '../../src/kernel/refusal';

type Command<Input, Outcome> = (context: CommandContext, input: Input, request: CommandRequest) => Promise<Outcome>;

/** Runs a command as a mutation would: its name, its whole input and, perhaps, an idempotency key. */
export function run<Input, Outcome>(
  command: Command<Input, Outcome>, context: CommandContext, input: Input, idempotencyKey: string | null = null,
): Promise<Outcome> {
  return command(context, input, { mutation: command.name, input, idempotencyKey });
}

/** The refusals of a command that is expected to refuse; any other end fails the test. */
export async function refusalsOf(attempt: Promise<unknown>): Promise<readonly Refusal[]> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Refused) return error.refusals;
    throw error;
  }
  throw new Error('The command was expected to refuse, and succeeded');
}

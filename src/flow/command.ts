import type { CommandContext } from '../context';
import { timestampOf } from '../kernel/clock';
import { breather } from '../kernel/yielding';
import { once } from '../stores/idempotency.store';
import type { UnitOfWork } from '../stores/session';

/** What identifies a command to its caller: the mutation's name, its whole input and, perhaps, the key that makes it repeatable. */
export interface CommandRequest {
  readonly mutation: string;
  readonly input: unknown;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The one way a command writes: one unit of work, idempotent where the caller gave a key. `perform` returns ids, not data, so
 * that a repetition can read them again with its own selection.
 */
export async function runCommand<Outcome>(
  context: CommandContext, request: CommandRequest, perform: (work: UnitOfWork) => Promise<Outcome>,
): Promise<Outcome> {
  const { idempotencyKey } = request;
  const started = performance.now();
  await breather()();
  const outcome = await context.database.write((work) => {
    if (!idempotencyKey) return perform(work);
    return once(work, timestampOf(context.clock), { ...request, actor: context.actor, idempotencyKey }, () => perform(work));
  });
  context.log.info({ mutation: request.mutation, outcome, durationMs: Math.round(performance.now() - started) }, 'command done');
  return outcome;
}

import type { CommandContext } from '../../src/context';
import type { UnitOfWork } from '../../src/stores/session';
import type { Database } from '../../src/stores/unit-of-work';
import type { TestGateway } from './engines';

/** Runs `work` on a database that counts the statements of its units of work. */
export async function countingStatements(gateway: Pick<TestGateway, 'context' | 'database'>, work: (context: CommandContext) => Promise<unknown>): Promise<number> {
  let statements = 0;
  const counting: Database = Object.create(gateway.database);
  counting.write = (inner) => gateway.database.write((unitOfWork: UnitOfWork) => {
    const { runner } = unitOfWork;
    const original = runner.query.bind(runner);
    runner.query = ((...parameters: Parameters<typeof original>) => {
      statements += 1;
      return original(...parameters);
    }) as typeof runner.query;
    return inner(unitOfWork).finally(() => { runner.query = original; });
  });
  await work({ ...gateway.context, database: counting });
  return statements;
}

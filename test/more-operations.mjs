import { run } from 'jest';

// More random sequences than the suite tries, each time others: OPERATION_RUNS of business operations per engine, 500 unless set, and
// ORDER_RUNS of changes among pauses, failures, retries and runs, 100 unless set.
process.env.OPERATION_RUNS ??= '500';
process.env.ORDER_RUNS ??= '100';
await run(['(operations|order).property', ...process.argv.slice(2)]);

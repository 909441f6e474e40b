import { run } from 'jest';

// More random sequences of operations than the suite tries, each time others: OPERATION_RUNS of them per engine, 500 unless set.
process.env.OPERATION_RUNS ??= '500';
await run(['operations.property', ...process.argv.slice(2)]);

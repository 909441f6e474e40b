import { run } from 'jest';

// Kills a gateway more often than the suite does, each time at other moments: CRASH_KILLS over both engines, 240 unless set. What fails
// names its seed, by which CRASH_SEED repeats it.
process.env.CRASH_KILLS ??= '240';
process.env.CRASH_SEED ??= String(Date.now() % 1_000_000);
await run(['crash/crash', ...process.argv.slice(2)]);

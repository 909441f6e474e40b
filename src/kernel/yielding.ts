/** Longest stretch in milliseconds that a command keeps the event loop to itself. */
const YIELD_AFTER_MS = 25;

/**
 * Awaiting better-sqlite3 never yields to the event loop, so long commands call `await breath()` between chunks: it lets
 * other requests in whenever 25 ms have passed since it last did.
 */
export function breather(): () => Promise<void> {
  return breathe;
}

/** When the event loop last had its turn. There is one loop in a process, so commands share it: many small ones add up. */
let lastTurn = 0;

async function breathe(): Promise<void> {
  if (performance.now() - lastTurn < YIELD_AFTER_MS) return;
  await new Promise<void>((resolve) => setImmediate(resolve));
  lastTurn = performance.now();
}

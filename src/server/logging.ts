import pino, { type Logger } from 'pino';
import type { LogLevel } from '../config';

/** Structured log lines, JSON, on the standard error stream: the standard output holds nothing but what a person asked for. */
export function makeLog(level: LogLevel): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}

/** Why the gateway can do nothing now, through no fault of the request. */
export const UNAVAILABLE_CODES = {
  DATABASE_UNAVAILABLE: 'The database does not answer, or another process keeps it locked. Ask again in a moment.',
  STOPPING: 'This process was told to end before the work was through; what was done is kept. Ask again: another process goes on with it.',
} as const;

export type UnavailableCode = keyof typeof UNAVAILABLE_CODES;

/** Something that passes by itself: the same request may succeed in a moment. Neither a refusal nor a bug. */
export class Unavailable extends Error {
  constructor(readonly code: UnavailableCode, options?: ErrorOptions & { readonly message?: string }) {
    super(options?.message ?? UNAVAILABLE_CODES[code], options);
    this.name = 'Unavailable';
  }
}

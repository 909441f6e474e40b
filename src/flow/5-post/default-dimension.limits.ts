/** Longest text of a default dimension, in characters: what the columns hold. */
export const DEFAULT_DIMENSION_LENGTH_MAX = 250;

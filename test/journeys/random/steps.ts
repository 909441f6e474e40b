import fc from 'fast-check';

/** A sequence without one of its parts: first without half of it, at last without a single step; later steps are left out before earlier ones. */
function* withoutAPart<Step>(steps: readonly Step[]): IterableIterator<fc.Value<Step[]>> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = steps.length; end > 0; end -= size) {
      yield new fc.Value([...steps.slice(0, Math.max(end - size, 0)), ...steps.slice(end)], undefined);
    }
  }
}

/**
 * Shrinks a sequence that fails by leaving steps out and nothing else: with other numbers a step would do something else. A long one
 * gets small after some dozens of tries, each of which plays a whole sequence.
 */
export class Steps<Step> extends fc.Arbitrary<Step[]> {
  constructor(private readonly sequences: fc.Arbitrary<Step[]>) {
    super();
  }

  generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Step[]> {
    return new fc.Value(this.sequences.generate(random, biasFactor).value, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Step[] {
    return Array.isArray(value);
  }

  shrink(value: Step[]): fc.Stream<fc.Value<Step[]>> {
    return fc.stream(withoutAPart(value));
  }
}

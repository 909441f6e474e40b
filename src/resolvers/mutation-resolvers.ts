import type { ResolverClass } from './queries';

/** Every mutation, in the order of the process. */
export const mutationResolvers = (): ResolverClass[] => [];

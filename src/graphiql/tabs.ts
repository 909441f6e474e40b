import type { ComponentProps } from 'react';
import type { GraphiQL } from 'graphiql';

type TabDefinition = NonNullable<ComponentProps<typeof GraphiQL>['defaultTabs']>[number];

/** One operation of the repository's examples, as the server sends it. */
export interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: string;
}

/** Keys under which GraphiQL keeps what stands in the editors. */
const EDITOR_KEYS = new Set(['graphiql:tabState', 'graphiql:query', 'graphiql:variables', 'graphiql:operationName']);

/** A short text that changes when the examples do. */
function fingerprint(examples: readonly Example[]): string {
  let hash = 5381;
  for (const character of JSON.stringify(examples)) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 4_294_967_296;
  return hash.toString(36);
}

/**
 * The browser's storage under keys of our own, so that another GraphiQL at the same address is not mixed in. What stands in the
 * editors is kept per set of examples: after an upgrade the new examples open, and the history still holds what was run before.
 */
export function storageFor(examples: readonly Example[]): Storage {
  const edition = fingerprint(examples);
  const keyOf = (key: string) => `project-invoice-gateway:${EDITOR_KEYS.has(key) ? `${edition}:` : ''}${key}`;
  return {
    get length() {
      return localStorage.length;
    },
    key: (index) => localStorage.key(index),
    getItem: (key) => localStorage.getItem(keyOf(key)),
    setItem: (key, value) => localStorage.setItem(keyOf(key), value),
    removeItem: (key) => localStorage.removeItem(keyOf(key)),
    clear: () => localStorage.clear(),
  };
}

export function tabsOf(examples: readonly Example[]): TabDefinition[] {
  return examples.map(({ query, variables }) => ({ query, variables: variables ?? null, headers: null }));
}

/** GraphiQL fills the first tab's variables only when they are given apart, and then only on a first visit. */
export function firstVariables(examples: readonly Example[], storage: Storage): string | undefined {
  return storage.getItem('graphiql:tabState') === null ? examples[0]?.variables : undefined;
}

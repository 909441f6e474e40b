function urlOf(label: string): string {
  return label === 'json' || label === 'graphql' ? WORKER_URLS[label] : WORKER_URLS.editor;
}

// Without this Monaco looks for its workers on other servers.
globalThis.MonacoEnvironment = { getWorker: (_id, label) => new Worker(urlOf(label), { type: 'module' }) };

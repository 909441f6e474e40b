declare module '*.css';
declare module 'graphiql/style.css';
declare module '@graphiql/plugin-explorer/style.css';

/** Monaco asks here for its workers. */
declare var MonacoEnvironment: { getWorker(id: string, label: string): Worker };

/** Addresses of the bundled workers, put in by the bundler. */
declare const WORKER_URLS: { readonly editor: string; readonly json: string; readonly graphql: string };

/** Limits of the HTTP side, each with its unit. */

/** Bytes of one request: `importRecords` takes whole folders of records as one input. */
export const REQUEST_BYTES_MAX = 50 * 1024 * 1024;
/** Tokens of one GraphQL document: a long hand-written operation has some hundreds; records travel in variables, not in the document. */
export const DOCUMENT_TOKENS_MAX = 20_000;
/** Selections of one operation after its fragments are expanded: fragments that use fragments multiply. */
export const EXPANDED_SELECTIONS_MAX = 50_000;
/** How long a client may take to send one request. */
export const REQUEST_RECEIVE_MS_MAX = 120_000;
/** How long a health check waits for the database before it calls it absent. */
export const READY_WAIT_MS_MAX = 2_000;
/** How long running requests may take to end after the server was told to stop; then their connections are cut. */
export const DRAIN_MS_MAX = 10_000;
/** How often a stopping server closes the connections that have become idle. */
export const IDLE_CHECK_MS = 50;
/** How long stopping may take altogether: the units of work that still run end within it, or are undone. */
export const SHUTDOWN_MS_MAX = 30_000;
/** How long a browser keeps a GraphiQL asset; its name changes with its content. */
export const ASSET_CACHE_MS = 365 * 24 * 60 * 60 * 1000;

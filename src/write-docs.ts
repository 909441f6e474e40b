import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { PROJECT_FOLDER } from './config';
import { BAD_ROW_CODES, LOAD_RULES } from './flow/0-load';
import { CONTRACTS_MAX, MARKED_IDS_MAX, TIME_ENTRIES_MAX } from './flow/1-bill/bill.limits';
import { BILL_RULES } from './flow/1-bill/bill.rule-list';
import { CRASH_RULES } from './flow/crash.rule-list';
import { BULK_CONFIRMATION_RULES } from './flow/2-confirm/bulk/bulk-confirmation.rule-list';
import { BULK_CONFIRMATION_MAX } from './flow/2-confirm/confirm.limits';
import { NOT_TO_EXCEED_RULES } from './flow/1-bill/not-to-exceed/not-to-exceed.rule-list';
import { CORRECT_RULES } from './flow/1-bill/corrections/correct.rule-list';
import { RETAINER_RULES } from './flow/1-bill/retainers/retainer.rule-list';
import { PROGRESS_RULES } from './flow/1-bill/progress/progress.rule-list';
import { SPLIT_RULES } from './flow/1-bill/split/split-billing.rule-list';
import { APPROVE_RULES } from './flow/1-bill/time-approval/time-approval.rule-list';
import { CONFIRM_RULES } from './flow/2-confirm/confirm.rule-list';
import { ONE_WAY_RULES } from './flow/3-sync/one-way.rule-list';
import { SYNC_ERROR_CODES } from './flow/3-sync/errors/sync-error-codes';
import { NAMED_ERRORS_MAX } from './flow/3-sync/sync-limits';
import { MAP_EDIT_RULES } from './flow/3-sync/edit/edit.rule-list';
import { ALERT_RULES } from './flow/3-sync/errors/alerts/alert.rule-list';
import { ERROR_RULES } from './flow/3-sync/errors/error.rule-list';
import { OPERATE_RULES } from './flow/3-sync/operate/operate.rule-list';
import { PREVIEW_RULES } from './flow/3-sync/preview/preview.rule-list';
import { SYNC_RULES } from './flow/3-sync/sync.rule-list';
import { IMPORT_RULES } from './flow/4-import/import.rule-list';
import { JOURNAL_RULES } from './flow/5-post/journals/journal.rule-list';
import { POST_RULES } from './flow/5-post/post.rule-list';
import { PROPOSAL_RULES } from './flow/5-post/proposals/proposal.rule-list';
import { WRITE_BACK_RULES } from './flow/6-write-back/write-back.rule-list';
import { RUN_WAIT_MS_DEFAULT, RUN_WAIT_MS_MAX } from './flow/runs';
import { BLOCKERS } from './flow/blockers/blockers';
import { DOCUMENT_RULES } from './flow/documents/document.rule-list';
import { RECON_RULES, TRACE_RULES } from './flow/reconcile/reconcile.rule-list';
import { ORPHAN_RULES } from './flow/reconcile/orphans/orphan.rule-list';
import { STAGE_RULES } from './flow/stage/stage.rule-list';
import { REFUSAL_CODES } from './kernel/refusal';
import { UNAVAILABLE_CODES } from './kernel/unavailable';
import { buildGatewaySchema } from './resolvers/build-schema';
import { POSTING_PREVIEWS_MAX } from './flow/5-post/proposals/proposal.limits';
import { DOCUMENT_TOKENS_MAX, REQUEST_BYTES_MAX } from './server/limits';
import { CLIENT_ERROR_CODES } from './server/masking';
import { WORKER_RULES } from './worker/worker.rule-list';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX } from './stores/reading/plan';

/** Parts of a document that are made from the source, by the name that stands in their markers. */
type Parts = Readonly<Record<string, string>>;

/** The rule lists in the order of the process. A list that is missing here fails the test of the rules. */
const RULE_LISTS: readonly { readonly title: string; readonly file: string; readonly rules: Readonly<Record<string, string>> }[] = [
  { title: 'Load', file: 'src/flow/0-load/load.rule-list.ts', rules: LOAD_RULES },
  { title: 'Bill', file: 'src/flow/1-bill/bill.rule-list.ts', rules: BILL_RULES },
  { title: 'Time approval', file: 'src/flow/1-bill/time-approval/time-approval.rule-list.ts', rules: APPROVE_RULES },
  { title: 'Split billing', file: 'src/flow/1-bill/split/split-billing.rule-list.ts', rules: SPLIT_RULES },
  { title: 'Progress milestones', file: 'src/flow/1-bill/progress/progress.rule-list.ts', rules: PROGRESS_RULES },
  { title: 'Not-to-exceed limits', file: 'src/flow/1-bill/not-to-exceed/not-to-exceed.rule-list.ts', rules: NOT_TO_EXCEED_RULES },
  { title: 'Correct', file: 'src/flow/1-bill/corrections/correct.rule-list.ts', rules: CORRECT_RULES },
  { title: 'Retainers', file: 'src/flow/1-bill/retainers/retainer.rule-list.ts', rules: RETAINER_RULES },
  { title: 'Confirm', file: 'src/flow/2-confirm/confirm.rule-list.ts', rules: CONFIRM_RULES },
  { title: 'Confirm in bulk', file: 'src/flow/2-confirm/bulk/bulk-confirmation.rule-list.ts', rules: BULK_CONFIRMATION_RULES },
  { title: 'One-way direction', file: 'src/flow/3-sync/one-way.rule-list.ts', rules: ONE_WAY_RULES },
  { title: 'Sync', file: 'src/flow/3-sync/sync.rule-list.ts', rules: SYNC_RULES },
  { title: 'Errors', file: 'src/flow/3-sync/errors/error.rule-list.ts', rules: ERROR_RULES },
  { title: 'Alerts', file: 'src/flow/3-sync/errors/alerts/alert.rule-list.ts', rules: ALERT_RULES },
  { title: 'Operating table maps', file: 'src/flow/3-sync/operate/operate.rule-list.ts', rules: OPERATE_RULES },
  { title: 'Previewing a sync', file: 'src/flow/3-sync/preview/preview.rule-list.ts', rules: PREVIEW_RULES },
  { title: 'Editing table maps', file: 'src/flow/3-sync/edit/edit.rule-list.ts', rules: MAP_EDIT_RULES },
  { title: 'Import from staging', file: 'src/flow/4-import/import.rule-list.ts', rules: IMPORT_RULES },
  { title: 'Integration journal', file: 'src/flow/5-post/journals/journal.rule-list.ts', rules: JOURNAL_RULES },
  { title: 'Invoice proposal', file: 'src/flow/5-post/proposals/proposal.rule-list.ts', rules: PROPOSAL_RULES },
  { title: 'Post', file: 'src/flow/5-post/post.rule-list.ts', rules: POST_RULES },
  { title: 'Write-back', file: 'src/flow/6-write-back/write-back.rule-list.ts', rules: WRITE_BACK_RULES },
  { title: 'Processes that die, and several at once', file: 'src/flow/crash.rule-list.ts', rules: CRASH_RULES },
  { title: 'Periodic work', file: 'src/worker/worker.rule-list.ts', rules: WORKER_RULES },
  { title: 'Documents', file: 'src/flow/documents/document.rule-list.ts', rules: DOCUMENT_RULES },
  { title: 'Reconciliation', file: 'src/flow/reconcile/reconcile.rule-list.ts', rules: RECON_RULES },
  { title: 'Trace', file: 'src/flow/reconcile/reconcile.rule-list.ts', rules: TRACE_RULES },
  { title: 'Orphans', file: 'src/flow/reconcile/orphans/orphan.rule-list.ts', rules: ORPHAN_RULES },
  { title: 'Stage and blockers', file: 'src/flow/stage/stage.rule-list.ts', rules: STAGE_RULES },
];

/** What a top-level error of each code means. Codes that the server lets through and that are not here stop the program. */
const TOP_LEVEL_CODES: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'The HTTP request is none that GraphQL can read: its media type, its JSON, a missing query, or a form of another site.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL, or has too many tokens.',
  GRAPHQL_VALIDATION_FAILED: 'The document asks for something that the schema does not have, or a literal is malformed.',
  OPERATION_RESOLUTION_FAILURE: 'The document has several operations and the request does not say which.',
  BAD_USER_INPUT: 'A variable or an argument is malformed. For queries `extensions.reason` has a code of the table of refusals, and '
    + '`extensions.argument` the place.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Persisted queries are switched off; send the document.',
  UNAUTHENTICATED: 'The address of a document has no good token (HTTP 401); GraphQL itself asks for no sign-in.',
  FORBIDDEN: 'The address of a document has ended (HTTP 403).',
};

/** Codes that are given beside those that the server lets through. */
const OTHER_TOP_LEVEL_CODES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(UNAVAILABLE_CODES).map(([code, sentence]) =>
    [code, `${sentence} \`extensions.retryable\` is true; HTTP 503 where the answer has no data and the client accepts \`application/graphql-response+json\`.`])),
  NOT_FOUND: 'There is nothing at this address (HTTP 404); GraphQL is at `/graphql`.',
  INTERNAL_SERVER_ERROR: 'A bug, masked. `extensions.errorId` is the id under which the log has the details.',
};

/** The figures with which a blocker's sentence is shown. */
const EXAMPLE_FIGURES = { count: 2, total: 5, details: [] };

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text: string): string => `\`${text}\``;

function codeTable(codes: Readonly<Record<string, string>>): string {
  return tableOf(['Code', 'Meaning'], Object.entries(codes).map(([name, sentence]) => [code(name), sentence]));
}

function rulesText(): string {
  return RULE_LISTS.map(({ title, file, rules }) => [
    `## ${title}`,
    `From \`${file}\`.`,
    Object.entries(rules).map(([id, sentence]) => `- **${id}** ${sentence}`).join('\n'),
  ].join('\n\n')).join('\n\n');
}

function blockersTable(): string {
  return tableOf(['Code', 'The sentence, with 2 of 5 records', 'Stage', 'Next step', '`recordIds` are of'], Object.entries(BLOCKERS).map(
    ([name, { sentence, stage, nextStep, records }]) =>
      [code(name), (sentence as (figures: typeof EXAMPLE_FIGURES) => string)(EXAMPLE_FIGURES), code(stage), nextStep ? code(nextStep) : 'none', code(records)],
  ));
}

function topLevelTable(): string {
  const unexplained = [...CLIENT_ERROR_CODES].filter((name) => !TOP_LEVEL_CODES[name]);
  if (unexplained.length > 0) throw new Error(`Explain the top-level error codes ${unexplained.join(', ')} in src/write-docs.ts`);
  const given = Object.entries(TOP_LEVEL_CODES).filter(([name]) => CLIENT_ERROR_CODES.has(name));
  return codeTable({ ...Object.fromEntries(given), ...OTHER_TOP_LEVEL_CODES });
}

function limitsTable(): string {
  const number = (value: number) => value.toLocaleString('en-US');
  return tableOf(['Limit', 'Value'], [
    ['Rows of a page', `${PAGE_ROWS_MAX} at the most, ${PAGE_ROWS_DEFAULT} unless \`first\` or \`last\` says otherwise`],
    ['Ids in `nodes(ids:)`', String(PAGE_ROWS_MAX)],
    ['Transactions named in one marking', number(MARKED_IDS_MAX)],
    ['Contracts named in one request', number(CONTRACTS_MAX)],
    ['Time entries of one approval or cancellation', number(TIME_ENTRIES_MAX)],
    ['`postingPreview` in one request, by aliases and lists together', String(POSTING_PREVIEWS_MAX)],
    ['Proformas named in one bulk confirmation', String(BULK_CONFIRMATION_MAX)],
    ['Sync errors named by id in one retry or dismissal; by filter any number', number(NAMED_ERRORS_MAX)],
    ['`waitMs`', `${number(RUN_WAIT_MS_DEFAULT)} unless given, ${number(RUN_WAIT_MS_MAX)} at the most`],
    ['Size of a request', `${REQUEST_BYTES_MAX / 1024 / 1024} MiB`],
    ['Tokens of a document', number(DOCUMENT_TOKENS_MAX)],
  ]);
}

function firstSentence(field: GraphQLField<unknown, unknown>): string {
  return /^.*?[.](?=\s|$)/s.exec(field.description ?? '')?.[0] ?? field.description ?? '';
}

function mutationsTable(schema: GraphQLSchema): string {
  return tableOf(['Mutation', 'What it does'], Object.values(schema.getMutationType()!.getFields()).map((field) => [code(field.name), firstSentence(field)]));
}

/** Each type with the field that lists it and, where there is one, the field that reads one of it. */
function queriesTable(schema: GraphQLSchema): string {
  const fields = Object.values(schema.getQueryType()!.getFields());
  const nameOf = (type: unknown) => String(type).replaceAll('!', '');
  const lists = fields.filter((field) => nameOf(field.type).endsWith('Connection'));
  return tableOf(['Type', 'One', 'List'], lists.map((list) => {
    const type = nameOf(list.type).replace(/Connection$/, '');
    const one = fields.find((field) => nameOf(field.type) === type);
    const by = one?.args.map((argument) => argument.name).join(' or ');
    return [code(type), one ? `\`${one.name}\` by ${by}` : '', code(list.name)];
  }));
}

/** Every generated part, by the document that holds it. */
export function generatedParts(schema: GraphQLSchema): Readonly<Record<string, Parts>> {
  return {
    'docs/rules.md': { rules: rulesText() },
    'docs/api.md': {
      queries: queriesTable(schema),
      mutations: mutationsTable(schema),
      limits: limitsTable(),
      'refusal codes': codeTable(REFUSAL_CODES),
      blockers: blockersTable(),
      'sync error codes': codeTable(SYNC_ERROR_CODES),
      'bad row codes': codeTable(BAD_ROW_CODES),
      'top-level error codes': topLevelTable(),
    },
  };
}

/** The document with its generated parts made anew; everything outside their markers stays. */
export function withGenerated(document: string, parts: Parts): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const begin = `<!-- begin generated: ${name} -->`;
    const end = `<!-- end generated: ${name} -->`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The document lacks the markers ${begin} and ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
  }, document);
}

/** `npm run docs:write`: writes the generated parts of the documents; a test fails when they are out of date. */
async function writeDocuments(): Promise<void> {
  for (const [file, parts] of Object.entries(generatedParts(await buildGatewaySchema()))) {
    const path = join(PROJECT_FOLDER, file);
    writeFileSync(path, withGenerated(readFileSync(path, 'utf8'), parts));
  }
}

// A failure ends the program with its stack: whoever writes the documents is at work on the source.
if (require.main === module) void writeDocuments();

import { execute, parse, validate, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { buildGatewaySchema } from '../../src/resolvers/build-schema';
import { requestContext } from '../../src/resolvers/request-context';
import type { Session } from '../../src/stores/session';
import type { TestGateway } from './engines';

let built: Promise<GraphQLSchema> | undefined;
export const gatewaySchema = (): Promise<GraphQLSchema> => (built ??= buildGatewaySchema());

export interface Answer {
  // Answers are as various as the requests; tests compare them as a whole.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  /** Statements that reading sent to the database. */
  readonly statements: number;
}

/** The read side with its statements counted. */
function counting(session: Session): { session: Session; count: () => number } {
  // A read replica has ways of its own, which a request must find as they are.
  if (session.ask) return { session, count: () => 0 };
  let statements = 0;
  const manager = new Proxy(session.manager, {
    get(target, property, receiver) {
      if (property === 'query') statements += 1;
      const value: unknown = Reflect.get(target, property, receiver);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { session: { engine: session.engine, manager }, count: () => statements };
}

interface Parsed {
  readonly document?: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

function parsedAnew(schema: GraphQLSchema, source: string): Parsed {
  try {
    const document = parse(source);
    return { document, errors: validate(schema, document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Tests send the same texts again and again; like the server, they parse and validate each one once. */
const parsed = new Map<string, Parsed>();
function parsedOnce(schema: GraphQLSchema, source: string): Parsed {
  const known = parsed.get(source) ?? parsedAnew(schema, source);
  parsed.set(source, known);
  return known;
}

/** Sends a request through the whole API, but for HTTP, and gives everything that came back. */
export async function send(gateway: TestGateway, source: string, variables: Record<string, unknown> = {}, actor = 'test'): Promise<Answer> {
  const schema = await gatewaySchema();
  const context = requestContext(gateway.context, { actor });
  const counted = counting(context.session);
  const { document, errors: invalid } = parsedOnce(schema, source);
  const result: ExecutionResult = document && invalid.length === 0
    ? await execute({ schema, document, variableValues: variables, contextValue: { ...context, session: counted.session } })
    : { errors: invalid };
  const data = JSON.parse(JSON.stringify(result.data ?? null)) as unknown;
  return { data, errors: (result.errors ?? []).map(({ message, extensions }) => ({ message, extensions })), statements: counted.count() };
}

/** Sends a request that must succeed, and gives its data. When it does not, the whole exchange is in the message. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export async function ask(gateway: TestGateway, source: string, variables: Record<string, unknown> = {}, actor = 'test'): Promise<any> {
  const answer = await send(gateway, source, variables, actor);
  if (answer.errors.length > 0) {
    throw new Error(`The request failed:\n${source}\nvariables ${JSON.stringify(variables)}\n${JSON.stringify(answer.errors, null, 2)}`);
  }
  return answer.data;
}

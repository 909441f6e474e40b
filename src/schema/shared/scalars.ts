import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars';
import { Decimal } from '../../kernel/decimal';

const PLAIN_DECIMAL = /^-?\d{1,24}(\.\d{1,18})?$/;

function parseDecimal(value: unknown): Decimal {
  if (typeof value !== 'string' && !(typeof value === 'number' && Number.isSafeInteger(value))) {
    throw new GraphQLError('A Decimal is text such as "1250.75"; numbers with a fraction lose digits on the way.', { extensions: { code: 'BAD_USER_INPUT' } });
  }
  if (!PLAIN_DECIMAL.test(String(value))) {
    throw new GraphQLError(`${JSON.stringify(value)} is not a Decimal such as "1250.75".`, { extensions: { code: 'BAD_USER_INPUT' } });
  }
  return new Decimal(value);
}

/** Exact decimals as text. */
export const DecimalScalar = new GraphQLScalarType<Decimal, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, without trailing zeros: amounts, quantities, percents and rates. Send it as text too.',
  serialize: (value) => (value instanceof Decimal ? value.toFixed() : String(value)),
  parseValue: parseDecimal,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return parseDecimal(node.value);
    throw new GraphQLError('A Decimal is text such as "1250.75".', { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
  },
});

/** A calendar day, `YYYY-MM-DD`. */
export const DateScalar = GraphQLLocalDate;
/** An instant in UTC. */
export const TimestampScalar = GraphQLDateTimeISO;
export const JsonScalar = GraphQLJSON;

import { Decimal } from '../../../kernel/decimal';

/** What a filter compares a column with. */
export type FilterLiteral = string | boolean | Decimal | null;

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];

export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | { readonly kind: 'compare'; readonly column: string; readonly operator: Operator; readonly literal: FilterLiteral };

/** A filter text that is not OData, or that names a column which its table does not have. */
export class FilterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FilterError';
  }
}

type Token = { readonly kind: 'symbol' | 'word' | 'literal'; readonly text: string; readonly at: number; readonly literal?: FilterLiteral };

const TOKEN = new RegExp([
  String.raw`(?<symbol>[()])`,
  String.raw`(?<quoted>'(?:[^']|'')*')`,
  String.raw`(?<plain>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?)(?![\w-])`,
  String.raw`(?<number>-?\d+(?:\.\d+)?)(?![\w.])`,
  String.raw`(?<word>[A-Za-z_]\w*)`,
].join('|'), 'y');

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw new FilterError(`Unexpected ${JSON.stringify(text[at])} at position ${at + 1} of the filter ${text}`);
    const { symbol, quoted, plain, number, word } = groups;
    if (symbol) tokens.push({ kind: 'symbol', text: symbol, at });
    else if (quoted) tokens.push({ kind: 'literal', text: quoted, at, literal: quoted.slice(1, -1).replaceAll("''", "'") });
    else if (plain) tokens.push({ kind: 'literal', text: plain, at, literal: plain.length === 36 ? plain.toLowerCase() : plain });
    else if (number) tokens.push({ kind: 'literal', text: number, at, literal: new Decimal(number) });
    else tokens.push({ kind: 'word', text: word!, at });
    at = TOKEN.lastIndex;
  }
  return tokens;
}

const WORD_LITERALS: Readonly<Record<string, FilterLiteral>> = { null: null, true: true, false: false };

/** Reads one filter, the loosest binding first: or, and, not, comparison. */
class Parser {
  private position = 0;

  constructor(private readonly text: string, private readonly tokens: readonly Token[]) {}

  parse(): FilterExpression {
    const expression = this.or();
    const rest = this.tokens[this.position];
    if (rest) this.fail(rest);
    return expression;
  }

  private or(): FilterExpression {
    let left = this.and();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): FilterExpression {
    let left = this.not();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): FilterExpression {
    return this.takeWord('not') ? { kind: 'not', operand: this.not() } : this.primary();
  }

  private primary(): FilterExpression {
    const token = this.next();
    if (token.text === '(' && token.kind === 'symbol') {
      const inner = this.or();
      const close = this.next();
      if (close.kind !== 'symbol' || close.text !== ')') this.fail(close);
      return inner;
    }
    if (token.kind !== 'word' || token.text in WORD_LITERALS) this.fail(token);
    const operator = OPERATORS.find((candidate) => this.takeWord(candidate));
    // A column alone asks whether it is true.
    if (!operator) return { kind: 'compare', column: token.text, operator: 'eq', literal: true };
    return { kind: 'compare', column: token.text, operator, literal: this.literal() };
  }

  private literal(): FilterLiteral {
    const token = this.next();
    if (token.kind === 'literal') return token.literal!;
    const word = token.kind === 'word' ? WORD_LITERALS[token.text] : undefined;
    if (word === undefined) this.fail(token);
    return word;
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.position += 1;
    return true;
  }

  private next(): Token {
    const token = this.tokens[this.position];
    if (!token) throw new FilterError(`The filter ${this.text} ends too early`);
    this.position += 1;
    return token;
  }

  private fail(token: Token): never {
    throw new FilterError(`Unexpected ${JSON.stringify(token.text)} at position ${token.at + 1} of the filter ${this.text}`);
  }
}

/**
 * Reads an OData filter over a table's own columns: eq ne gt ge lt le, and or not, parentheses, null, true, false, numbers,
 * dates, ids and quoted text. An empty text takes every record and gives null.
 */
export function parseFilter(text: string): FilterExpression | null {
  const tokens = tokensOf(text);
  return tokens.length === 0 ? null : new Parser(text, tokens).parse();
}

/** The comparisons of a filter, from left to right. */
export function comparisonsOf(filter: FilterExpression | null): Extract<FilterExpression, { kind: 'compare' }>[] {
  if (!filter) return [];
  switch (filter.kind) {
    case 'compare': return [filter];
    case 'not': return comparisonsOf(filter.operand);
    default: return [...comparisonsOf(filter.left), ...comparisonsOf(filter.right)];
  }
}

/** Whether a filter takes a record; `valueOf` gives the record's value of a column. */
export function filterTakes(filter: FilterExpression | null, valueOf: (column: string) => unknown): boolean {
  if (!filter) return true;
  switch (filter.kind) {
    case 'and': return filterTakes(filter.left, valueOf) && filterTakes(filter.right, valueOf);
    case 'or': return filterTakes(filter.left, valueOf) || filterTakes(filter.right, valueOf);
    case 'not': return !filterTakes(filter.operand, valueOf);
    case 'compare': return compare(filter.operator, valueOf(filter.column) ?? null, filter.literal);
  }
}

/** Null equals only null, and is neither greater nor less than anything: OData's own rule. */
function compare(operator: Operator, value: unknown, literal: FilterLiteral): boolean {
  if (operator === 'eq' || operator === 'ne') return (operator === 'eq') === isSame(value, literal);
  const order = orderOf(value, literal);
  if (order === null) return false;
  switch (operator) {
    case 'gt': return order > 0;
    case 'ge': return order >= 0;
    case 'lt': return order < 0;
    case 'le': return order <= 0;
  }
}

function isSame(value: unknown, literal: FilterLiteral): boolean {
  if (value === null || literal === null || typeof literal === 'boolean') return value === literal;
  return orderOf(value, literal) === 0;
}

function orderOf(value: unknown, literal: FilterLiteral): number | null {
  if (literal instanceof Decimal) return typeof value === 'number' || value instanceof Decimal ? new Decimal(value).comparedTo(literal) : null;
  if (typeof literal !== 'string' || typeof value !== 'string') return null;
  return value === literal ? 0 : value < literal ? -1 : 1;
}

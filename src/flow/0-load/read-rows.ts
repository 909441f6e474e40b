import { Tokenizer, TokenParser } from '@streamparser/json';
import { CHUNK_ROWS } from '../../stores/bulk';

/** A number exactly as the JSON spells it. `JSON.parse` would turn it into floating point and lose digits. */
export class ExactNumber {
  constructor(readonly text: string) {}
  toJSON(): string {
    return this.text;
  }
}

/** Where the rows of an entity set come from. `open` can be called again, because a unit of work may be repeated. */
export type RowsContent =
  | { readonly text: string }
  | { readonly rows: readonly unknown[] }
  | { readonly open: () => AsyncIterable<Uint8Array> };

/** The input is not what an entity set looks like; `rowsBefore` rows were read before it broke. */
export class UnreadableRows extends Error {
  constructor(message: string, readonly rowsBefore: number) {
    super(message);
    this.name = 'UnreadableRows';
  }
}

class ExactTokenizer extends Tokenizer {
  protected override parseNumber(text: string): number {
    return new ExactNumber(text) as unknown as number;
  }
}

/** Reads `{"value": [row, ...]}` piece by piece, so that a file of any size needs the memory of a chunk of rows. */
class RowParser {
  rows: unknown[] = [];
  private rowsBefore = 0;
  private hasValue = false;
  private failure: Error | undefined;
  private readonly tokenizer = new ExactTokenizer();
  private readonly parser = new TokenParser({ paths: ['$.*', '$.value.*'], keepStack: false });

  constructor() {
    const fail = (error: Error) => { this.failure ??= error; };
    this.tokenizer.onToken = (token) => this.parser.write(token);
    this.tokenizer.onError = fail;
    this.parser.onError = fail;
    this.parser.onValue = ({ value, key, stack }) => {
      if (stack.length === 2 && typeof key === 'number') this.rows.push(value);
      else if (stack.length === 1 && key === 'value') this.hasValue = Array.isArray(value);
    };
  }

  write(text: string): void {
    this.tokenizer.write(text);
    this.check();
  }

  end(): void {
    if (!this.failure && !this.tokenizer.isEnded) this.tokenizer.end();
    this.check();
    if (!this.parser.isEnded) throw this.unreadable('it ends before the JSON does');
    if (!this.hasValue) throw this.unreadable('it is not an object with a list of rows in "value"');
  }

  take(): unknown[] {
    const taken = this.rows;
    this.rowsBefore += taken.length;
    this.rows = [];
    return taken;
  }

  unreadable(reason: string): UnreadableRows {
    return new UnreadableRows(reason, this.rowsBefore + this.rows.length);
  }

  private check(): void {
    if (this.failure) throw this.unreadable(this.failure.message.replaceAll('\n', ' '));
  }
}

/** Characters given to the parser at a time: small enough that the event loop is not held for long. */
const PIECE_CHARACTERS = 65_536;

async function* piecesOf(content: { readonly text: string } | { readonly open: () => AsyncIterable<Uint8Array> }): AsyncGenerator<string> {
  if ('text' in content) {
    const text = content.text.startsWith('\uFEFF') ? content.text.slice(1) : content.text;
    for (let start = 0; start < text.length; start += PIECE_CHARACTERS) yield text.slice(start, start + PIECE_CHARACTERS);
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of content.open()) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

function isNotUtf8(error: unknown): boolean {
  return (error as { code?: unknown })?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

/** The rows of an entity set in chunks, in order. Throws `UnreadableRows` after the rows that could be read. */
export async function* readRows(content: RowsContent): AsyncGenerator<unknown[]> {
  if ('rows' in content) {
    for (let start = 0; start < content.rows.length; start += CHUNK_ROWS) yield content.rows.slice(start, start + CHUNK_ROWS);
    return;
  }
  const parser = new RowParser();
  let unreadable: UnreadableRows | undefined;
  try {
    for await (const piece of piecesOf(content)) {
      parser.write(piece);
      if (parser.rows.length >= CHUNK_ROWS) yield parser.take();
    }
    parser.end();
  } catch (error) {
    if (error instanceof UnreadableRows) unreadable = error;
    else if (isNotUtf8(error)) unreadable = parser.unreadable('it is not UTF-8 text');
    else throw error;
  }
  if (parser.rows.length > 0) yield parser.take();
  if (unreadable) throw unreadable;
}

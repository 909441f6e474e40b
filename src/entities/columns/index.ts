import { Column, Entity, ForeignKey, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';
import { fromStored, toStored } from './codec';
import { registerColumn, registerTable, type ColumnFacts, type ColumnKind, type EntityClass, type OptionSet } from './facts';

export * from './facts';
export * from './codec';

interface Options {
  nullable?: boolean;
  length?: number;
  default?: string | number | boolean;
  primary?: boolean;
}

const STORAGE: Record<ColumnKind, (options: Options) => ColumnOptions> = {
  id: () => ({ type: 'varchar', length: 36 }),
  text: ({ length = 255 }) => ({ type: 'varchar', length }),
  integer: () => ({ type: 'bigint' }),
  boolean: () => ({ type: 'boolean' }),
  optionSet: () => ({ type: 'integer' }),
  money: () => ({ type: 'bigint' }),
  quantity: () => ({ type: 'bigint' }),
  rate: () => ({ type: 'varchar', length: 64 }),
  date: () => ({ type: 'varchar', length: 10 }),
  timestamp: () => ({ type: 'varchar', length: 24 }),
  json: () => ({ type: 'text' }),
};

function transformerOf(kind: ColumnKind): ValueTransformer | undefined {
  if (kind === 'id' || kind === 'text' || kind === 'date' || kind === 'timestamp' || kind === 'boolean') return undefined;
  return { to: (value: unknown) => (isOperator(value) ? value : toStored({ kind }, value)), from: (raw: unknown) => fromStored({ kind }, raw) };
}

/** TypeORM also passes its find operators and update expressions through a column's transformer. */
function isOperator(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && '@instanceof' in value);
}

function column(kind: ColumnKind, name: string, options: Options, extra: Partial<ColumnFacts> = {}): PropertyDecorator {
  return (target, key) => {
    const property = String(key);
    const entity = target.constructor as EntityClass;
    const { nullable = false, primary = false } = options;
    registerColumn(entity, {
      property,
      column: name,
      kind,
      nullable,
      primary,
      hasDefault: options.default !== undefined,
      ...(options.length !== undefined && { length: options.length }),
      ...extra,
    });
    const storage: ColumnOptions = {
      name,
      ...STORAGE[kind](options),
      ...(options.default !== undefined && { default: options.default }),
      ...(transformerOf(kind) && { transformer: transformerOf(kind) }),
    };
    if (primary) PrimaryColumn(storage as object)(target, key);
    else Column({ ...storage, nullable })(target, key);
    if (extra.lookup) ForeignKey(extra.lookup)(target, key);
  };
}

/** The primary key: a lower-case GUID as text. */
export const Id = (name: string) => column('id', name, { primary: true });
/** The id of another record, with a foreign key in the database. */
export const Lookup = (name: string, to: () => EntityClass, options: Options = {}) => column('id', name, options, { lookup: to });
/** The id of a record without a foreign key: of a table that varies, or of the other system. */
export const Reference = (name: string, options: Options = {}) => column('id', name, options);
export const Text = (name: string, options: Options = {}) => column('text', name, options);
export const Integer = (name: string, options: Options = {}) => column('integer', name, options);
export const Bool = (name: string, options: Options = {}) => column('boolean', name, options);
/** An option set or enum: the system's own number in the database, an enum in TypeScript. */
export const Option = (name: string, optionSetName: string, optionSet: OptionSet, options: Options = {}) =>
  column('optionSet', name, options, { options: optionSet, optionSetName });
/** Money: exact, bigint at scale 4, rounded to the currency's decimals where it was computed. */
export const Money = (name: string, options: Options = {}) => column('money', name, options);
/** Quantity, hours or percent: exact, bigint at scale 6. */
export const Quantity = (name: string, options: Options = {}) => column('quantity', name, options);
/** Exchange or tax rate: canonical decimal text; never sorted or summed in SQL. */
export const Rate = (name: string, options: Options = {}) => column('rate', name, options);
/** A calendar day, `YYYY-MM-DD`, without a zone. */
export const DateOnly = (name: string, options: Options = {}) => column('date', name, options);
/** An instant: UTC ISO text with milliseconds. */
export const Timestamp = (name: string, options: Options = {}) => column('timestamp', name, options);
export const Json = (name: string, options: Options = {}) => column('json', name, options);

/** A table, under the system's own name. Stands below the column decorators of its class. */
export function Table(name: string): ClassDecorator {
  return (target) => {
    Entity(name)(target);
    registerTable(target as unknown as EntityClass, name);
  };
}

/** A read-only database view, described by the same column decorators; migrations create it. */
export function View(name: string): ClassDecorator {
  return (target) => {
    Entity({ name, synchronize: false })(target);
    registerTable(target as unknown as EntityClass, name);
  };
}

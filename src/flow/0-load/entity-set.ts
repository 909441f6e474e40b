import type { EntityClass } from '../../entities/columns';
import type { DocumentPart } from '../../stores/load/documents.store';
import type { Problem } from './bad-row';

export type Side = 'dataverse' | 'finance';

/** A row after decoding, under the program's property names. */
export type RowValues = Record<string, unknown>;

/** A reference by natural key, as finance refers: the columns here that hold the key of another set. */
export interface NaturalReference {
  readonly to: string;
  /** Columns of this set in the order of the other set's key. */
  readonly by: readonly string[];
}

/** One end of a connection or an origin: an id as text whose table another column names. */
export interface TypedReference {
  readonly idColumn: string;
  readonly typeColumn: string;
}

/** What the loader knows about an entity set, one file or list of records of one of the systems' interfaces. */
export interface EntitySet {
  /** The interface's own name; the file is `<name>.json` in the side's folder. */
  readonly name: string;
  readonly side: Side;
  readonly entity: EntityClass;
  /** Columns of the key by which a repeated record is recognised. */
  readonly key: readonly string[];
  /** Further columns that are unique together. */
  readonly unique?: readonly string[];
  /** Whether the process works without it, with the defaults that stand beside the set. */
  readonly isOptional: boolean;
  readonly refersTo?: readonly NaturalReference[];
  readonly typedReferences?: readonly TypedReference[];
  /** Ids of records of a set that is loaded later: checked at the end of the load. */
  readonly laterReferences?: readonly { readonly column: string; readonly to: string }[];
  /** Lookups to the document that the row is a part of: it has to come with the same load. */
  readonly partOf?: readonly { readonly column: string; readonly of: DocumentPart }[];
  /** Text columns that hold GUIDs; they are brought to lower case. */
  readonly guidColumns?: readonly string[];
  /** Smallest and largest value of number columns, where the type alone does not say. */
  readonly limits?: Readonly<Record<string, readonly [min: string, max: string]>>;
  /** The column with the row's currency: its money has no more decimals than that currency. */
  readonly currencyColumn?: string;
  /** Money columns in another currency than the row's. */
  readonly otherCurrencyColumns?: readonly string[];
  /** Mandatory columns that `complete` fills when the interface leaves them out. */
  readonly completedColumns?: readonly string[];
  complete?(values: RowValues, loadedOn: string): void;
  /** What else can be wrong with a row. */
  check?(values: RowValues): Problem[];
  /** Whether a new record is to be carried by the table maps of its table; every one unless the set says otherwise. */
  isCarried?(values: RowValues): boolean;
}

import { Field } from 'type-graphql';
import type { NodeClass } from './node';

/** Fields of payloads that hold keys and answer with the records, read again with the request's own selection. */
export interface PayloadRecordFacts {
  readonly target: () => NodeClass;
  readonly isList: boolean;
}

const records = new Map<object, Map<string, PayloadRecordFacts>>();

export const payloadRecords = (): ReadonlyMap<object, ReadonlyMap<string, PayloadRecordFacts>> => records;

/** A record in a payload: null when refused. The resolver returns its key. */
export function RecordField(target: () => NodeClass, description: string): PropertyDecorator {
  return (prototype, key) => {
    Field(() => target() as never, { description, nullable: true })(prototype, String(key));
    note(prototype.constructor, String(key), { target, isList: false });
  };
}

/** Records in a payload. The resolver returns their keys. */
export function RecordsField(target: () => NodeClass, description: string): PropertyDecorator {
  return (prototype, key) => {
    Field(() => [target() as never], { description })(prototype, String(key));
    note(prototype.constructor, String(key), { target, isList: true });
  };
}

function note(type: object, field: string, facts: PayloadRecordFacts): void {
  const own = records.get(type) ?? new Map<string, PayloadRecordFacts>();
  own.set(field, facts);
  records.set(type, own);
}

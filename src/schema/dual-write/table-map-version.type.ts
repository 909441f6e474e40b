import { IntField, JsonField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { TableMap } from './sync.type';

@NodeType('TableMapVersion', 'A definition that a table map has, or once had. The active one is the map\'s mapVersion. Versions are never changed.')
export class TableMapVersion {
  @TextField('Its number, such as 1.0.0.22.') number!: string;
  @IntField('Versions came in this order, the shipped one first.') sequence!: number;
  @TextField('Who made it: the publisher of the product, or a user.') author!: string;
  @TimestampField('When it came.') on!: string;
  @TextField('What for.', { nullable: true }) comment!: string | null;
  @JsonField('The whole definition: filters, references and field pairs.') definition!: unknown;
  @OneField(() => TableMap, 'The map.', { nullable: false }) tableMap!: Related<TableMap>;
}

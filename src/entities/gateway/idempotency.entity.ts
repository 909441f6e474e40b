import { Id, Json, Table, Text, Timestamp } from '../columns';

/** The stored outcome of a mutation that was sent with an idempotency key. */
@Table('gw_idempotency')
export class IdempotencyRecord {
  /** SHA-256 over caller, mutation and key. */
  @Id('gw_id') id!: string;
  @Text('gw_mutation', { length: 100 }) mutation!: string;
  @Text('gw_inputhash', { length: 64 }) inputHash!: string;
  /** Ids, not data: they are read again with the new selection. */
  @Json('gw_outcome') outcome!: unknown;
  @Timestamp('gw_createdon') createdOn!: string;
}

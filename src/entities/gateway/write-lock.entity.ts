import { Integer, Table, Text } from '../columns';

/** One row that every writing unit of work on SQLite updates first, to take the file's write lock before it reads. */
@Table('gw_writelock')
export class WriteLock {
  @Text('gw_id', { length: 10, primary: true }) id!: string;
  @Integer('gw_taken', { default: 0 }) taken!: number;
}

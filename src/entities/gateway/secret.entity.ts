import { Table, Text } from '../columns';

/** A random secret that all processes on this database share. */
@Table('gw_secret')
export class Secret {
  @Text('gw_id', { length: 30, primary: true }) id!: string;
  @Text('gw_value', { length: 100 }) value!: string;
}

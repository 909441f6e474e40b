import { Integer, Table, Text } from '../columns';

/** A number sequence. Taken by an update inside the transaction that uses the number, so that nothing that fails leaves a gap. */
@Table('NumberSequenceTable')
export class NumberSequence {
  /** `scope/sequence`, for example `USPM/customerInvoice`. */
  @Text('NumberSequence', { length: 60, primary: true }) code!: string;
  @Integer('NextRec', { default: 1 }) next!: number;
}

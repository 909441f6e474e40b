import { NodeType, TextField } from '../shared/node';

@NodeType('LegalEntity', 'A legal entity of finance: whose books a record is in.')
export class LegalEntity {
  @TextField('Its id (dataAreaId), for example USPM.') legalEntityId!: string;
  @TextField('Its name.') name!: string;
  @TextField('The currency of its books.') accountingCurrency!: string;
}

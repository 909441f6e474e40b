import { NotToExceedLevel } from '../../entities/dataverse/option-sets';
import { DecimalField, EnumField, IntField, NodeType, OneField, TextField, type Related } from '../shared/node';
import './enums';
import { Customer } from './master.type';
import { ProjectContract, ProjectContractLine } from './project-contract.type';

@NodeType('NotToExceedLimit', 'A not-to-exceed limit: how much of a contract, of one of its lines, or of one customer of either may be billed. Chargeable time, expenses, material and fees count, before tax.')
export class NotToExceedLimit {
  @EnumField(NotToExceedLevel, 'What it covers.') level!: NotToExceedLevel;
  @DecimalField('The most that may be billed, in the contract\'s currency, before tax.') amount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The only contract line that it covers; null covers all.') contractLine!: Related<ProjectContractLine> | null;
  @OneField(() => Customer, 'The only customer whom it covers; null covers all.') customer!: Related<Customer> | null;
}

import { Index } from 'typeorm';
import type { Decimal } from '../../kernel/decimal';
import { Id, Integer, Lookup, Money, Option, Table, Text } from '../columns';
import { Account } from './account.entity';
import { NotToExceedLevel } from './option-sets';
import { ProjectContract } from './project-contract.entity';
import { ProjectContractLine } from './project-contract-line.entity';

/**
 * A not-to-exceed limit: how much of a contract, of one of its lines, or of one customer of either may be billed. The product
 * documents the four levels (domain facts 6.2) and not where it keeps them, so the table is ours.
 */
@Table('gw_nottoexceedlimit')
export class NotToExceedLimit {
  @Id('gw_id') id!: string;
  @Index() @Lookup('gw_contract', () => ProjectContract) contractId!: string;
  /** Empty: every line of the contract. */
  @Lookup('gw_contractline', () => ProjectContractLine, { nullable: true }) contractLineId!: string | null;
  /** Empty: every customer. */
  @Lookup('gw_customer', () => Account, { nullable: true }) customerId!: string | null;
  @Option('gw_level', 'NotToExceedLevel', NotToExceedLevel) level!: NotToExceedLevel;
  /** Contract, line and customer as one text: each has one limit at the most. */
  @Index({ unique: true }) @Text('gw_scope', { length: 110 }) scope!: string;
  /** In the contract's currency, before tax. */
  @Money('gw_amount') amount!: Decimal;
  @Integer('gw_version', { default: 1 }) version!: number;
}

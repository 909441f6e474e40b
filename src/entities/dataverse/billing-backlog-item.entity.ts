import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Id, Money, Option, Quantity, Reference, Text, View } from '../columns';
import { BillingType, NotToExceedStatus, TransactionClassification } from './option-sets';

/**
 * A row of the billing backlog: an unbilled sales actual or a milestone that is not on a proforma yet. A view over both
 * tables; adjusted and unadjustable actuals are not in it (domain facts 6.2).
 */
@View('gw_billingbacklog')
export class BillingBacklogItem {
  @Id('gw_id') id!: string;
  @Reference('gw_actual', { nullable: true }) actualId!: string | null;
  @Reference('gw_milestone', { nullable: true }) milestoneId!: string | null;
  @Option('gw_classification', 'TransactionClassification', TransactionClassification) classification!: TransactionClassification;
  @Option('gw_billingtype', 'BillingType', BillingType) billingType!: BillingType;
  @Option('gw_nottoexceedstatus', 'NotToExceedStatus', NotToExceedStatus) notToExceedStatus!: NotToExceedStatus;
  @Bool('gw_isready') isReady!: boolean;
  @Reference('gw_contract') contractId!: string;
  @Reference('gw_contractline', { nullable: true }) contractLineId!: string | null;
  @Reference('gw_project', { nullable: true }) projectId!: string | null;
  @Reference('gw_customer', { nullable: true }) customerId!: string | null;
  @Reference('gw_currency') currencyId!: string;
  @Text('gw_description', { nullable: true }) description!: string | null;
  @DateOnly('gw_transactiondate') transactionDate!: string;
  @Quantity('gw_quantity') quantity!: Decimal;
  @Money('gw_price', { nullable: true }) price!: Decimal | null;
  @Money('gw_amount') amount!: Decimal;
}

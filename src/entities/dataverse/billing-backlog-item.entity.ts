import type { Decimal } from '../../kernel/decimal';
import { Bool, DateOnly, Id, Money, Option, Quantity, Reference, Text, View } from '../columns';
import { BillingType, NotReadyReason, NotToExceedStatus, TransactionClassification } from './option-sets';

/**
 * A row of the billing backlog: an unbilled sales actual, a milestone or a retainer that is not on a proforma yet. A view over the
 * three tables; adjusted and unadjustable actuals are not in it (domain facts 6.2).
 */
@View('gw_billingbacklog')
export class BillingBacklogItem {
  @Id('gw_id') id!: string;
  @Reference('gw_actual', { nullable: true }) actualId!: string | null;
  @Reference('gw_milestone', { nullable: true }) milestoneId!: string | null;
  @Reference('gw_retainer', { nullable: true }) retainerId!: string | null;
  @Option('gw_classification', 'TransactionClassification', TransactionClassification) classification!: TransactionClassification;
  @Option('gw_billingtype', 'BillingType', BillingType) billingType!: BillingType;
  @Option('gw_nottoexceedstatus', 'NotToExceedStatus', NotToExceedStatus) notToExceedStatus!: NotToExceedStatus;
  @Bool('gw_isready') isReady!: boolean;
  /** Empty on what is ready. */
  @Option('gw_notreadyreason', 'NotReadyReason', NotReadyReason, { nullable: true }) notReadyReason!: NotReadyReason | null;
  @Reference('gw_contract') contractId!: string;
  @Reference('gw_contractline', { nullable: true }) contractLineId!: string | null;
  @Reference('gw_project', { nullable: true }) projectId!: string | null;
  @Reference('gw_customer', { nullable: true }) customerId!: string | null;
  /** The customer, or the contract's where the transaction names none: on whose proforma it goes. */
  @Reference('gw_payer') payerId!: string;
  @Reference('gw_currency') currencyId!: string;
  @Text('gw_description', { nullable: true }) description!: string | null;
  @DateOnly('gw_transactiondate') transactionDate!: string;
  @Quantity('gw_quantity') quantity!: Decimal;
  @Money('gw_price', { nullable: true }) price!: Decimal | null;
  @Money('gw_amount') amount!: Decimal;
}

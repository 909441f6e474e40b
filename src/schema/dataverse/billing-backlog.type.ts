import { BillingType, NotReadyReason, NotToExceedStatus, TransactionClassification } from '../../entities/dataverse/option-sets';
import { BoolField, DateField, DecimalField, EnumField, NodeType, OneField, TextField, type Related } from '../shared/node';
import { Actual } from './actual.type';
import './enums';
import { Customer } from './master.type';
import { Milestone, Project, ProjectContract, ProjectContractLine } from './project-contract.type';
import { Retainer } from './retainer.type';

@NodeType('BillingBacklogItem', 'A row of the billing backlog: an unbilled sales actual, a milestone or a retainer that is on no proforma yet. Adjusted and unadjustable actuals are not in it.')
export class BillingBacklogItem {
  @EnumField(TransactionClassification, 'What kind of transaction it is.') classification!: TransactionClassification;
  @EnumField(BillingType, 'Whether the customer pays for it.') billingType!: BillingType;
  @EnumField(NotToExceedStatus, 'Outcome of the not-to-exceed limits; FAILED rows cannot be marked ready.') notToExceedStatus!: NotToExceedStatus;
  @BoolField('Whether the next proforma of the contract takes it.') isReady!: boolean;
  @EnumField(NotReadyReason, 'Why the next proforma does not take it; null on what is ready.', { nullable: true }) notReadyReason!: NotReadyReason | null;
  @TextField('What it is for.', { nullable: true }) description!: string | null;
  @DateField('When it happened, or falls due.') transactionDate!: string;
  @DecimalField('Hours or units; 1 for a milestone and a retainer.') quantity!: string;
  @DecimalField('Price per unit.', { nullable: true }) price!: string | null;
  @DecimalField('Amount before tax.') amount!: string;
  @TextField('Currency of its amounts.') currencyCode!: string;
  @TextField('The legal entity that owns the contract.') legalEntityId!: string;
  @OneField(() => Actual, 'The unbilled sales actual; null for a milestone or a retainer.') actual!: Related<Actual> | null;
  @OneField(() => Milestone, 'The milestone; null for an actual or a retainer.') milestone!: Related<Milestone> | null;
  @OneField(() => Retainer, 'The retainer; null for an actual or a milestone.') retainer!: Related<Retainer> | null;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The contract line.') contractLine!: Related<ProjectContractLine> | null;
  @OneField(() => Project, 'The project.') project!: Related<Project> | null;
  @OneField(() => Customer, 'Who pays; empty means the contract\'s customer.') customer!: Related<Customer> | null;
  @OneField(() => Customer, 'On whose proforma it goes: the customer, or the contract\'s where it names none.', { nullable: false }) payer!: Related<Customer>;
}

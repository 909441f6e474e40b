import { RetainerInvoiceStatus, RetainerRefundStatus } from '../../entities/dataverse/option-sets';
import { ManyField } from '../shared/connection';
import { DateField, DecimalField, EnumField, IntField, NodeType, OneField, TextField, TimestampField, type Related } from '../shared/node';
import { Actual } from './actual.type';
import './enums';
import { Customer } from './master.type';
import { ProformaInvoiceLineDetail } from './proforma-invoice.type';
import { Project, ProjectContract, ProjectContractLine } from './project-contract.type';

@NodeType('Retainer', 'A retainer or advance: what a customer pays before the work. Once it is invoiced, its balance pays for later proformas of the same contract and customer, or is refunded.')
export class Retainer {
  @DecimalField('Amount before tax.') amount!: string;
  @DecimalField('The project manager\'s estimate of sales tax on the whole amount.') tax!: string;
  @DateField('The day it falls due; the oldest retainer is applied first.') date!: string;
  @TextField('What it is for; the customer reads it.', { nullable: true }) description!: string | null;
  @EnumField(RetainerInvoiceStatus, 'How far it has come towards an invoice.') invoiceStatus!: RetainerInvoiceStatus;
  @DecimalField('What confirmed proformas have applied.') usedAmount!: string;
  @DecimalField('What confirmed proformas have refunded.') refundedAmount!: string;
  @DecimalField('What is left of it: amount less used and refunded amount, once it is invoiced. What drafts apply is still in it, and no other draft can claim that.') availableAmount!: string;
  @EnumField(RetainerRefundStatus, 'Whether its balance goes back to the customer.') refundStatus!: RetainerRefundStatus;
  @DecimalField('What is to be refunded while it is ready to refund; zero otherwise.') refundAmount!: string;
  @TimestampField('When it was created.') createdOn!: string;
  @TextField('Currency of its amounts: the contract\'s.') currencyCode!: string;
  @TextField('The legal entity that owns the contract.') legalEntityId!: string;
  @IntField('Grows with every change.') version!: number;
  @OneField(() => ProjectContract, 'The contract.', { nullable: false }) contract!: Related<ProjectContract>;
  @OneField(() => ProjectContractLine, 'The contract line on whose proforma line it is invoiced and applied.', { nullable: false }) contractLine!: Related<ProjectContractLine>;
  @OneField(() => Project, 'The project of the contract line.') project!: Related<Project> | null;
  @OneField(() => Customer, 'Who pays it, and whose proformas it pays for.', { nullable: false }) customer!: Related<Customer>;
  @OneField(() => Actual, 'The unbilled sales actual that holds what is available, as a negative amount; empty before it is invoiced and when nothing is left.') heldActual!: Related<Actual> | null;
  @ManyField(() => ProformaInvoiceLineDetail, 'The line details that invoice, apply or refund it.') lineDetails!: unknown;
  @ManyField(() => Actual, 'The actuals that confirmations made of it: billed ones, and the unbilled ones that hold and release its balance.') actuals!: unknown;
}

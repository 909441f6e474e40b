import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { PostingType } from '../../entities/finance/enums';
import type { Decimal } from '../../kernel/decimal';
import { DateScalar, DecimalScalar } from '../shared/scalars';
import './enums';

@InputType('LedgerBalanceFilter', { description: 'Which ledger entries are summed up; what is left out does not matter.' })
export class LedgerBalanceFilter {
  @Field(() => String, { nullable: true, description: 'The legal entity, for example USPM.' }) legalEntityId?: string | null;
  @Field(() => String, { nullable: true, description: 'The project contract\'s number.' }) contractId?: string | null;
  @Field(() => [PostingType], { nullable: true, description: 'Only these posting types.' }) postingTypes?: PostingType[] | null;
  @Field(() => [String], { nullable: true, description: 'Only these main accounts.' }) mainAccountIds?: string[] | null;
  @Field(() => DateScalar, { nullable: true, description: 'First accounting date.' }) fromDate?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last accounting date.' }) throughDate?: string | null;
}

@InputType('ProjectBalanceFilter', { description: 'Which rows of the ledger trace are summed up; what is left out does not matter.' })
export class ProjectBalanceFilter extends LedgerBalanceFilter {
  @Field(() => String, { nullable: true, description: 'The project\'s number.' }) projectId?: string | null;
}

@InputType('WipBalanceFilter', { description: 'Which contracts are looked at; all of them unless told.' })
export class WipBalanceFilter {
  @Field(() => String, { nullable: true, description: 'The legal entity, for example USPM.' }) legalEntityId?: string | null;
  @Field(() => String, { nullable: true, description: 'The project contract\'s number.' }) contractId?: string | null;
}

@ObjectType('LedgerBalance', { description: 'The sum of entries of one legal entity, posting type, main account and transaction currency. Debit is positive, credit negative.' })
export class LedgerBalance {
  @Field({ description: 'The legal entity.' }) legalEntityId!: string;
  @Field(() => PostingType, { description: 'Why the amounts are on the account.' }) postingType!: PostingType;
  @Field({ description: 'The main account.' }) mainAccountId!: string;
  @Field(() => String, { nullable: true, description: 'Its name.' }) mainAccountName!: string | null;
  @Field({ description: 'Transaction currency.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Balance in transaction currency.' }) amount!: Decimal;
  @Field({ description: 'Currency of the books.' }) accountingCurrencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Balance in accounting currency.' }) accountingAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Sum of the debits in accounting currency.' }) accountingDebit!: Decimal;
  @Field(() => DecimalScalar, { description: 'Sum of the credits in accounting currency, without sign.' }) accountingCredit!: Decimal;
  @Field(() => Int, { description: 'How many entries it sums up.' }) entryCount!: number;
}

@ObjectType('WipBalance', { description: 'WIP – sales value of one contract and currency: what the ledger holds against what the project subledger has posted and not invoiced. A difference that is not zero is work in progress that no invoice will release.' })
export class WipBalance {
  @Field({ description: 'The legal entity.' }) legalEntityId!: string;
  @Field({ description: 'The project contract\'s number.' }) contractId!: string;
  @Field({ description: 'Transaction currency.' }) currencyCode!: string;
  @Field(() => DecimalScalar, { description: 'Ledger, in transaction currency.' }) ledgerAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Ledger, in accounting currency.' }) ledgerAccountingAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Project subledger, in transaction currency.' }) subledgerAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Project subledger, in accounting currency.' }) subledgerAccountingAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Ledger less subledger, in transaction currency.' }) differenceAmount!: Decimal;
  @Field(() => DecimalScalar, { description: 'Ledger less subledger, in accounting currency.' }) differenceAccountingAmount!: Decimal;
}

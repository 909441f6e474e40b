import { ProjectContract } from './project-contract.type';
import { IntField, NodeType, OneField, RateField, TextField, type Related } from '../shared/node';
import { ManyField } from '../shared/connection';

@NodeType('Company', 'A legal entity as Dataverse sees it (cdm_company).')
export class Company {
  @TextField('The legal entity\'s id in finance (dataAreaId), for example USPM.') code!: string;
  @TextField('Its name.') name!: string;
}

@NodeType('Currency', 'A currency (transactioncurrency).')
export class Currency {
  @TextField('ISO 4217 code.') code!: string;
  @TextField('Its name.') name!: string;
  @TextField('Its symbol.', { nullable: true }) symbol!: string | null;
  @IntField('Decimals that amounts are rounded to, 0 to 4.') decimals!: number;
  @RateField('Units of this currency per unit of the organisation\'s base currency, in Dataverse.') exchangeRate!: string;
}

@NodeType('Customer', 'A customer (account). Finance knows it by its account number.')
export class Customer {
  @TextField('The customer account in finance.') accountNumber!: string;
  @TextField('Its name.') name!: string;
  @TextField('The legal entity it belongs to.') legalEntityId!: string;
  @TextField('Terms of payment.', { nullable: true }) paymentTerm!: string | null;
  @TextField('Sales tax group.', { nullable: true }) salesTaxGroup!: string | null;
  @TextField('Street.', { nullable: true }) addressLine1!: string | null;
  @TextField('City.', { nullable: true }) addressCity!: string | null;
  @TextField('State or province.', { nullable: true }) addressStateOrProvince!: string | null;
  @TextField('Postal code.', { nullable: true }) addressPostalCode!: string | null;
  @TextField('Country.', { nullable: true }) addressCountry!: string | null;
  @OneField(() => Company, 'The company it belongs to.') company!: Related<Company> | null;
  @OneField(() => Currency, 'The currency it usually pays in.') currency!: Related<Currency> | null;
  @ManyField(() => ProjectContract, 'Its project contracts.') contracts!: unknown;
}

@NodeType('OrganizationalUnit', 'A contracting or resourcing unit (msdyn_organizationalunit).')
export class OrganizationalUnit {
  @TextField('Its name.') name!: string;
  @OneField(() => Company, 'The company it belongs to.') company!: Related<Company> | null;
}

@NodeType('BookableResource', 'A person or thing whose time is booked (bookableresource).')
export class BookableResource {
  @TextField('Its name.') name!: string;
}

@NodeType('ResourceRole', 'A role (bookableresourcecategory).')
export class ResourceRole {
  @TextField('Its name.') name!: string;
}

@NodeType('TransactionCategory', 'A transaction category (msdyn_transactioncategory); the project category of the same name holds its accounting.')
export class TransactionCategory {
  @TextField('Its name, and the project category\'s id in finance.') name!: string;
}

@NodeType('Unit', 'A unit of measure (uom).')
export class Unit {
  @TextField('Its name.') name!: string;
}

@NodeType('Product', 'A product.')
export class Product {
  @TextField('Its number.') number!: string;
  @TextField('Its name.') name!: string;
}

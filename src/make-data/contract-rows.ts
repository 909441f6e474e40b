import { BillingMethod, ContractState, OrderType, ProductType } from '../entities/dataverse';
import type { Guids } from './guids';
import { EXPORT_TAX_GROUP, SALES_TAX } from './finance-set-up';
import { legalEntityOf, SHARED_IDS, type CurrencyCode, type LegalEntityCode, type Sink } from './shared-masters';

export interface CustomerPlan {
  readonly accountNumber: string;
  readonly name: string;
  readonly legalEntity: LegalEntityCode;
  readonly currency: CurrencyCode;
  readonly city: string;
  readonly country: string;
  readonly paymentTerms: string;
  /** Whether the customer's purchases are exports, which bear no sales tax. */
  readonly isAbroad: boolean;
}

export interface CustomerIds extends CustomerPlan {
  readonly accountId: string;
  readonly taxGroup: string;
}

/** A customer in both systems, under the same account number. */
export function writeCustomer(sink: Sink, guids: Guids, plan: CustomerPlan): CustomerIds {
  const accountId = guids.next('account');
  const taxGroup = plan.isAbroad ? EXPORT_TAX_GROUP : SALES_TAX[plan.legalEntity].group;
  sink('accounts', {
    accountid: accountId, accountnumber: plan.accountNumber, name: plan.name, customertypecode: 3,
    _msdyn_company_value: SHARED_IDS.companies[plan.legalEntity], _transactioncurrencyid_value: SHARED_IDS.currencies[plan.currency],
    msdyn_paymentterm: plan.paymentTerms, msdyn_salestaxgroup: taxGroup, address1_city: plan.city, address1_country: plan.country,
  });
  sink('CustomersV3', {
    dataAreaId: plan.legalEntity, CustomerAccount: plan.accountNumber, OrganizationName: plan.name, SalesCurrencyCode: plan.currency,
    SalesTaxGroup: taxGroup, PaymentTerms: plan.paymentTerms, CustomerPostingProfile: 'GEN',
  });
  return { ...plan, accountId, taxGroup };
}

export interface LinePlan {
  readonly name: string;
  readonly projectNumber: string;
  readonly projectName: string;
  readonly billing: 'time and material' | 'fixed price';
  readonly contractedAmount: number;
  readonly tasks: readonly string[];
  /** The cost and revenue profile of the project; the contract's when left out. */
  readonly profile?: string;
  readonly dimension?: string;
}

export interface ContractPlan {
  readonly number: string;
  readonly name: string;
  readonly legalEntity: LegalEntityCode;
  readonly currency: CurrencyCode;
  readonly profile: string;
  /** Who pays which percent; the first one is the contract's own customer. */
  readonly payers: readonly { customer: CustomerIds; percent: number }[];
  readonly lines: readonly LinePlan[];
  /** Accounting units for 100 contract units, as an agreement of the contract. */
  readonly fixedRatePer100?: number;
}

export interface LineIds extends LinePlan {
  readonly contractLineId: string;
  readonly projectId: string;
  readonly taskIds: readonly string[];
}

export interface PayerIds {
  readonly customer: CustomerIds;
  readonly percent: number;
  readonly contractCustomerId: string;
}

export interface ContractIds {
  readonly plan: ContractPlan;
  readonly contractId: string;
  readonly lines: readonly LineIds[];
  readonly payers: readonly PayerIds[];
}

function writeLine(sink: Sink, guids: Guids, plan: ContractPlan, contractId: string, line: LinePlan, index: number): LineIds {
  const contractLineId = guids.next('contractLine');
  const projectId = guids.next('project');
  const isFixedPrice = line.billing === 'fixed price';
  const { customer } = plan.payers[0]!;
  sink('msdyn_projects', {
    msdyn_projectid: projectId, msdynce_projectnumber: line.projectNumber, msdyn_subject: line.projectName, statuscode: 1,
    _msdyn_customer_value: customer.accountId, _transactioncurrencyid_value: SHARED_IDS.currencies[legalEntityOf(plan.legalEntity).currency],
  });
  const taskIds = line.tasks.map((name, position) => {
    const taskId = guids.next('task');
    sink('msdyn_projecttasks', { msdyn_projecttaskid: taskId, msdyn_subject: name, _msdyn_project_value: projectId, msdyn_wbsid: String(position + 1) });
    return taskId;
  });
  sink('salesorderdetails', {
    salesorderdetailid: contractLineId, _salesorderid_value: contractId, lineitemnumber: index + 1, salesorderdetailname: line.name,
    msdyn_billingmethod: isFixedPrice ? BillingMethod.FIXED_PRICE : BillingMethod.TIME_AND_MATERIAL, _msdyn_project_value: projectId,
    producttypecode: ProductType.PROJECT_BASED_SERVICE, msdyn_includetime: true, msdyn_includeexpense: true, msdyn_includematerial: true,
    msdyn_includefee: true, extendedamount: line.contractedAmount,
  });
  sink('Projects', {
    dataAreaId: plan.legalEntity, ProjectId: line.projectNumber, ProjectName: line.projectName, ProjectContractId: plan.number,
    ProjectType: isFixedPrice ? 'FixedPrice' : 'TimeMaterial', ProjectGroup: isFixedPrice ? 'FP' : 'TM', SalesTaxGroup: '',
    DefaultDimension: line.dimension ?? '', CostAndRevenueProfileId: line.profile ?? '',
  });
  sink('ProjectContractLines', {
    dataAreaId: plan.legalEntity, ContractLineId: contractLineId, ProjectContractId: plan.number, ProjectId: line.projectNumber,
    BillingMethod: isFixedPrice ? 'FixedPrice' : 'TimeMaterial', SalesTaxGroup: '', DefaultDimension: line.dimension ?? '',
  });
  return { ...line, contractLineId, projectId, taskIds };
}

/** A contract with its lines, projects, tasks and payers, in both systems under the same natural keys. */
export function writeContract(sink: Sink, guids: Guids, plan: ContractPlan): ContractIds {
  const { legalEntity, number, currency } = plan;
  const contractId = guids.next('contract');
  const { customer } = plan.payers[0]!;
  sink('salesorders', {
    salesorderid: contractId, ordernumber: number, name: plan.name, _customerid_value: customer.accountId,
    _transactioncurrencyid_value: SHARED_IDS.currencies[currency], _msdyn_company_value: SHARED_IDS.companies[legalEntity],
    _msdyn_contractorganizationalunitid_value: SHARED_IDS.organizationalUnits[legalEntity], msdyn_ordertype: OrderType.WORK_BASED,
    msdyn_psastate: ContractState.ACTIVE, statecode: 0, statuscode: 3,
  });
  sink('ProjectContractHeaders', {
    dataAreaId: legalEntity, ProjectContractId: number, ContractName: plan.name, CurrencyCode: currency, SalesTaxGroup: '',
    PaymentTerms: customer.paymentTerms, CostAndRevenueProfileId: plan.profile,
  });
  const lines = plan.lines.map((line, index) => writeLine(sink, guids, plan, contractId, line, index));
  const payers = plan.payers.map((payer): PayerIds => {
    const contractCustomerId = guids.next('contractCustomer');
    const name = `${number} ${payer.customer.name}`;
    sink('msdyn_projectcontractsplitbillingrules', {
      msdyn_projectcontractsplitbillingruleid: contractCustomerId, msdyn_name: name, _msdyn_projectcontract_value: contractId,
      _msdyn_accountcustomer_value: payer.customer.accountId, msdyn_splitpercent: payer.percent,
    });
    sink('ProjectFundingSources', {
      dataAreaId: legalEntity, ProjectContractId: number, FundingSourceId: name, FundingType: 'Customer',
      CustomerAccount: payer.customer.accountNumber, PaymentTerms: payer.customer.paymentTerms, PostingProfile: 'GEN',
    });
    return { ...payer, contractCustomerId };
  });
  if (plan.fixedRatePer100 !== undefined) {
    sink('ProjectContractFixedExchangeRates', {
      dataAreaId: legalEntity, ProjectContractId: number, CurrencyCode: currency, AgreementId: `${number}-FX`, Rate: plan.fixedRatePer100,
      ConversionFactor: 'OneHundred',
    });
  }
  return { plan, contractId, lines, payers };
}

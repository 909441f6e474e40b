import type { EntityClass } from '../../src/entities/columns';
import {
  Account,
  BillingMethod,
  BookableResource,
  Company,
  ContractState,
  OrganizationalUnit,
  Product,
  Project,
  ProjectContract,
  ProjectContractCustomer,
  ProjectContractLine,
  ProjectTask,
  ResourceCategory,
  TransactionCategory,
  TransactionCurrency,
  Unit,
} from '../../src/entities/dataverse';
import { decimal, ONE } from '../../src/kernel/decimal';
import { insertRows } from '../../src/stores/bulk';
import type { UnitOfWork } from '../../src/stores/session';
import { addFinanceSetup, type FinanceNeeds } from './finance-setup';
import { type Builder, World } from './world';
import { CATEGORY_NAMES, decimalsOfCurrency, type WorldCustomer } from './world-rows';

export * from './world';
export * from './world-rows';

/** What a world can be built with; everything has a default. */
export interface WorldOptions {
  /** Currency of the contract, its actuals and milestones. USD unless told. */
  currency?: string;
  /** Accounting currency of the legal entity; the legal entity is named after it (USD: USPM, GBP: GBPM, JPY: JPPM). */
  accountingCurrency?: string;
  /** Accounting units per contract unit, in the legal entity's table from 2020 on. Without it: no rate. */
  exchangeRate?: string;
  /** The same as a fixed-rate agreement of the contract (stored per 100). */
  fixedRate?: string;
  /** Whether unbilled sales of the time and material project accrue revenue. True unless told. */
  wip?: boolean;
  /** Percent of sales tax on everything; none unless told. */
  taxRatePercent?: string;
  /** How many contract customers share the contract. The first one is the contract's own customer. */
  customers?: number;
}

type Row = { id: string };

/** The id of the row with this natural key, which is inserted when it is not there yet. */
async function idOf<T extends Row>(
  work: UnitOfWork,
  entity: EntityClass<T>,
  key: Partial<T>,
  row: T | Partial<T>,
): Promise<string> {
  const found = (await work.manager.findOneBy(entity, key as never)) as T | null;
  if (found) return found.id;
  await insertRows(work, entity, [row as Partial<T>]);
  return row.id!;
}

let worlds = 0;

/**
 * A contract with a time and material line and a fixed-price line, each with its own project, in Dataverse and, under the same
 * natural keys, in finance with everything that posting needs. Several worlds share a database; currencies, legal entities and
 * categories are shared between them.
 */
export async function buildWorld(gateway: Builder, options: WorldOptions = {}): Promise<World> {
  worlds += 1;
  const number = worlds;
  const { ids } = gateway.context;
  const { currency = 'USD', accountingCurrency = 'USD', wip = true, customers: customerCount = 1 } = options;
  const legalEntityId = `${accountingCurrency.slice(0, 2)}PM`;

  return gateway.database.write(async (work) => {
    const currencyIdOf = (code: string) =>
      idOf(
        work,
        TransactionCurrency,
        { code },
        {
          id: ids.next(),
          code,
          name: code,
          decimals: decimalsOfCurrency(code),
          exchangeRate: ONE,
        },
      );
    const currencyId = await currencyIdOf(currency);
    const accountingCurrencyId = await currencyIdOf(accountingCurrency);
    const companyId = await idOf(
      work,
      Company,
      { code: legalEntityId },
      { id: ids.next(), code: legalEntityId, name: `Contoso ${legalEntityId}` },
    );

    const categories = {} as Record<keyof typeof CATEGORY_NAMES, string>;
    for (const [classification, name] of Object.entries(CATEGORY_NAMES)) {
      categories[Number(classification) as keyof typeof CATEGORY_NAMES] = await idOf(
        work,
        TransactionCategory,
        { name },
        { id: ids.next(), name },
      );
    }
    const productId = await idOf(work, Product, { number: 'M0001' }, { id: ids.next(), number: 'M0001', name: 'Cable' });

    const unit = { id: ids.next(), name: 'Hour' };
    const organizationalUnit = { id: ids.next(), name: `Contoso ${legalEntityId}`, currencyId: accountingCurrencyId, companyId };
    const resource = { id: ids.next(), name: `Consultant ${number}` };
    const role = { id: ids.next(), name: 'Consultant' };
    await insertRows(work, Unit, [unit]);
    await insertRows(work, OrganizationalUnit, [organizationalUnit]);
    await insertRows(work, BookableResource, [resource]);
    await insertRows(work, ResourceCategory, [role]);

    const accounts = Array.from({ length: customerCount }, (_, index) => ({
      id: ids.next(),
      accountNumber: `C${number}-${index + 1}`,
      name: `Customer ${number}-${index + 1}`,
      companyId,
      customerTypeCode: 3,
      currencyId,
      paymentTerm: 'Net30',
    }));
    await insertRows(work, Account, accounts);
    const contract = {
      id: ids.next(),
      number: `CON-${number}`,
      name: `Contract ${number}`,
      customerId: accounts[0]!.id,
      currencyId,
      companyId,
      contractingUnitId: organizationalUnit.id,
      contractState: ContractState.ACTIVE,
    };
    await insertRows(work, ProjectContract, [contract]);
    const projectOf = (suffix: string) => ({
      id: ids.next(),
      number: `PRJ-${number}-${suffix}`,
      name: `Project ${number} ${suffix}`,
      customerId: accounts[0]!.id,
      currencyId,
    });
    const projects = { timeAndMaterial: projectOf('TM'), fixedPrice: projectOf('FP') };
    await insertRows(work, Project, Object.values(projects));
    const task = { id: ids.next(), name: 'Design', projectId: projects.timeAndMaterial.id, wbsId: '1' };
    await insertRows(work, ProjectTask, [task]);
    const lineOf = (lineNumber: number, name: string, billingMethod: BillingMethod, projectId: string) => ({
      id: ids.next(),
      contractId: contract.id,
      lineNumber,
      name,
      billingMethod,
      projectId,
      contractedAmount: decimal('100000'),
    });
    const lines = {
      timeAndMaterial: lineOf(1, 'Consulting', BillingMethod.TIME_AND_MATERIAL, projects.timeAndMaterial.id),
      fixedPrice: lineOf(2, 'Implementation', BillingMethod.FIXED_PRICE, projects.fixedPrice.id),
    };
    await insertRows(work, ProjectContractLine, Object.values(lines));
    const customers: WorldCustomer[] = accounts.map((account, index) => ({
      accountId: account.id,
      accountNumber: account.accountNumber,
      contractCustomerId: ids.next(),
      fundingSourceId: `Funding ${number}-${index + 1}`,
    }));
    await insertRows(
      work,
      ProjectContractCustomer,
      customers.map((customer) => ({
        id: customer.contractCustomerId,
        name: customer.fundingSourceId,
        contractId: contract.id,
        customerId: customer.accountId,
        splitPercent: decimal(100).div(customerCount).toDecimalPlaces(2),
      })),
    );

    const needs: FinanceNeeds = {
      legalEntityId,
      currency,
      accountingCurrency,
      wip,
      exchangeRate: options.exchangeRate,
      fixedRate: options.fixedRate,
      taxRatePercent: options.taxRatePercent,
      contractNumber: contract.number,
      contractName: contract.name,
      customers: customers.map((customer, index) => ({ ...customer, name: accounts[index]!.name })),
      lines: [
        { contractLineId: lines.timeAndMaterial.id, projectNumber: projects.timeAndMaterial.number, isFixedPrice: false },
        { contractLineId: lines.fixedPrice.id, projectNumber: projects.fixedPrice.number, isFixedPrice: true },
      ],
    };
    await addFinanceSetup(work, ids, needs);
    return new World(gateway, {
      number,
      legalEntityId,
      companyId,
      currency,
      currencyId,
      accountingCurrency,
      accountingCurrencyId,
      categories,
      productId,
      unitId: unit.id,
      organizationalUnitId: organizationalUnit.id,
      resourceId: resource.id,
      roleId: role.id,
      taskId: task.id,
      contractId: contract.id,
      contractNumber: contract.number,
      lines: { timeAndMaterial: lines.timeAndMaterial.id, fixedPrice: lines.fixedPrice.id },
      projects: {
        timeAndMaterial: { id: projects.timeAndMaterial.id, number: projects.timeAndMaterial.number },
        fixedPrice: { id: projects.fixedPrice.id, number: projects.fixedPrice.number },
      },
      customers,
    });
  });
}

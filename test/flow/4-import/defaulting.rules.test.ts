import {
  NoYes, ProjCdsTransType, ProjContractBillingMethod, ProjTaxGroupMethod, ProjTransType, ProjType,
} from '../../../src/entities/finance';
import { accruesRevenue, isTimeAndMaterial, itemSalesTaxGroupOf, profileIdOf, salesTaxGroupOf } from '../../../src/flow/4-import/defaulting.rules';

const all = { project: 'P', contract: 'C', customer: 'K' };
const none = { project: null, contract: null, customer: null };

describe('defaulting', () => {
  it('IMPORT-15 takes the sales tax group from the place that the method names', () => {
    expect(salesTaxGroupOf(ProjTaxGroupMethod.PROJECT, all)).toBe('P');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.INVOICE_PROJECT, all)).toBe('C');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.ACCOUNT_RECEIVABLE, all)).toBe('K');
    expect(salesTaxGroupOf(ProjTaxGroupMethod.PROJECT, { ...all, project: null })).toBeNull();
  });

  it('IMPORT-15 searches project, contract and customer in this order, and takes an empty group for none', () => {
    const search = (groups: Partial<typeof all> | object) => salesTaxGroupOf(ProjTaxGroupMethod.SEARCH, { ...none, ...groups });
    expect(search(all)).toBe('P');
    expect(search({ contract: 'C', customer: 'K' })).toBe('C');
    expect(search({ project: '', contract: '', customer: 'K' })).toBe('K');
    expect(search({})).toBeNull();
  });

  it('IMPORT-16 takes the item sales tax group of the category, and of the parameters for on-account rows', () => {
    const groups = { category: 'SERVICE', milestone: 'MILESTONE' };
    for (const classification of [ProjTransType.HOUR, ProjTransType.COST, ProjTransType.ITEM, ProjTransType.REVENUE]) {
      expect(itemSalesTaxGroupOf(classification, groups)).toBe('SERVICE');
    }
    expect(itemSalesTaxGroupOf(ProjTransType.ON_ACCOUNT, groups)).toBe('MILESTONE');
    expect(itemSalesTaxGroupOf(ProjTransType.HOUR, { category: null, milestone: 'MILESTONE' })).toBeNull();
  });

  it('IMPORT-05 takes the cost and revenue profile of the project, else the contract, else the parameters', () => {
    expect(profileIdOf({ project: 'P', contract: 'C', standard: 'S' })).toBe('P');
    expect(profileIdOf({ project: null, contract: 'C', standard: 'S' })).toBe('C');
    expect(profileIdOf({ project: null, contract: null, standard: 'S' })).toBe('S');
  });

  it('IMPORT-05 asks the contract line whether work is time and material, else the project', () => {
    const { TIME_MATERIAL, FIXED_PRICE } = ProjContractBillingMethod;
    expect(isTimeAndMaterial({ billingMethod: TIME_MATERIAL }, { projectType: ProjType.FIXED_PRICE })).toBe(true);
    expect(isTimeAndMaterial({ billingMethod: FIXED_PRICE }, { projectType: ProjType.TIME_MATERIAL })).toBe(false);
    expect(isTimeAndMaterial(undefined, { projectType: ProjType.FIXED_PRICE })).toBe(false);
    expect(isTimeAndMaterial(undefined, undefined)).toBe(true);
  });

  it('IMPORT-05 accrues only when sales, time and material, line property and profile all say so', () => {
    const yes = {
      transactionType: ProjCdsTransType.SALES, isTimeAndMaterial: true,
      lineProperty: { toBeAccrued: NoYes.YES }, profile: { accrueRevenue: NoYes.YES },
    };
    expect(accruesRevenue(yes)).toBe(true);
    expect(accruesRevenue({ ...yes, transactionType: ProjCdsTransType.COST })).toBe(false);
    expect(accruesRevenue({ ...yes, isTimeAndMaterial: false })).toBe(false);
    expect(accruesRevenue({ ...yes, lineProperty: { toBeAccrued: NoYes.NO } })).toBe(false);
    expect(accruesRevenue({ ...yes, profile: { accrueRevenue: NoYes.NO } })).toBe(false);
  });
});

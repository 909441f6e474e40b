import type { Refusal } from '../../kernel/refusal';

const OWNER = 'Dataverse';

type OneWayRefusal = Extract<Refusal, { kind: 'oneWay' }>;

function oneWay(message: string, suggestion: string, path: string[]): OneWayRefusal {
  return { kind: 'oneWay', code: 'ONE_WAY_DIRECTION', message, path, owner: OWNER, suggestion };
}

/** Why `createInvoiceProposal` is always refused, and what to do instead. */
export function refusalOfCreateInvoiceProposal(): OneWayRefusal {
  return oneWay(
    'An invoice proposal cannot be created in finance: it comes from a proforma that was confirmed in Dataverse.',
    'Confirm the proforma with confirmProformaInvoice, then run sync: the proposal arrives under the proforma’s number.',
    ['input'],
  );
}

/** Why `deleteInvoiceProposal` is always refused, and what to do instead. */
export function refusalOfDeleteInvoiceProposal(): OneWayRefusal {
  return oneWay(
    'An invoice proposal cannot be deleted in finance: it stands for a proforma that was confirmed in Dataverse.',
    'Correct it in Dataverse with a corrective proforma: once that is confirmed and synced, it arrives as a proposal of its own.',
    ['input'],
  );
}

/** Fields of an invoice proposal that Dataverse owns, with the words that a refusal uses. */
export const PROPOSAL_FIELDS_OF_DATAVERSE = {
  number: 'The number of a proposal is the number of its proforma',
  proformaInvoiceId: 'The proforma of a proposal',
  contractId: 'The project contract of a proposal',
  customerAccount: 'The customer of a proposal',
  fundingSourceId: 'The funding source of a proposal',
  currencyCode: 'The currency of a proposal',
  headerText: 'The header text of a proposal is the name of its proforma',
  billedActualCount: 'The number of billed actuals of a proposal',
  billedActualChecksum: 'The checksum over the billed actuals of a proposal',
  accountingDate: 'The accounting date of a proposal',
  legalEntityId: 'The legal entity of a proposal is its contract’s company',
} as const;

/** Fields of a proposal line that Dataverse owns: they come with the billed actual. */
export const PROPOSAL_LINE_FIELDS_OF_DATAVERSE = {
  actualId: 'The actual of a proposal line',
  classification: 'The transaction class of a proposal line',
  billingType: 'The billing type of a proposal line',
  contractLineId: 'The contract line of a proposal line',
  projectId: 'The project of a proposal line',
  categoryId: 'The category of a proposal line',
  resourceName: 'The resource of a proposal line',
  transactionDate: 'The transaction date of a proposal line',
  quantity: 'The quantity of a proposal line',
  salesPrice: 'The sales price of a proposal line',
  lineAmount: 'The amount of a proposal line',
  currencyCode: 'The currency of a proposal line',
} as const;

/** Fields of an integration journal line that Dataverse owns: they come with the actual. */
export const JOURNAL_LINE_FIELDS_OF_DATAVERSE = {
  contractId: 'The project contract of a journal line',
  projectId: 'The project of a journal line',
  categoryId: 'The category of a journal line',
  linePropertyId: 'The line property of a journal line follows from the billing type of its actual',
  accountingDate: 'The accounting date of a journal line',
  transactionDate: 'The transaction date of a journal line',
  description: 'The description of a journal line',
  quantity: 'The quantity of a journal line',
  unitPrice: 'The price of a journal line',
  amount: 'The amount of a journal line',
  currencyCode: 'The currency of a journal line',
} as const;

function refusalsOf(fields: Readonly<Record<string, string>>, input: object, path: readonly string[]): OneWayRefusal[] {
  return Object.entries(input)
    .filter(([field, value]) => value !== undefined && Object.hasOwn(fields, field))
    .map(([field]) => oneWay(
      `${fields[field]}: Dataverse owns it, and the table maps carry it one way.`,
      'Change it in Dataverse: edit the draft, or correct the confirmed proforma with a corrective one, then confirm and sync.',
      [...path, field],
    ));
}

/** A refusal for every field of an edited proposal that Dataverse owns, each with its own path; none when there is no such field. */
export function refuseFieldsOfDataverse(input: object, path: readonly string[] = ['input']): Refusal[] {
  return refusalsOf(PROPOSAL_FIELDS_OF_DATAVERSE, input, path);
}

/** The same for an edited proposal line. */
export function refuseLineFieldsOfDataverse(input: object, path: readonly string[] = ['input']): Refusal[] {
  return refusalsOf(PROPOSAL_LINE_FIELDS_OF_DATAVERSE, input, path);
}

/** The same for an edited line of an integration journal. */
export function refuseJournalLineFieldsOfDataverse(input: object, path: readonly string[]): Refusal[] {
  return refusalsOf(JOURNAL_LINE_FIELDS_OF_DATAVERSE, input, path);
}

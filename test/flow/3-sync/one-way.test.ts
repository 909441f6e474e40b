import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvoiceProposal } from '../../../src/entities/finance';
import { ProformaInvoiceStatus } from '../../../src/entities/dataverse';
import {
  refusalOfCreateInvoiceProposal, refusalOfDeleteInvoiceProposal, refuseFieldsOfDataverse, refuseLineFieldsOfDataverse,
} from '../../../src/flow/3-sync/one-way.rules';
import { decimal } from '../../../src/kernel/decimal';
import { insertRows } from '../../../src/stores/bulk';
import { buildWorld } from '../../support/builders';
import { onBothEngines } from '../../support/engines';
import { addProforma } from './rungs';

const SOURCE = join(__dirname, '../../../../src');

describe('the one-way direction', () => {
  it('ONEWAY-01 refuses to create a proposal and says what does', () => {
    expect(refusalOfCreateInvoiceProposal()).toMatchObject({
      kind: 'oneWay', code: 'ONE_WAY_DIRECTION', owner: 'Dataverse', path: ['input'], suggestion: expect.stringMatching(/confirmProformaInvoice.*sync/),
    });
  });

  it('ONEWAY-02 refuses to delete a proposal and says what to do instead', () => {
    expect(refusalOfDeleteInvoiceProposal()).toMatchObject({ kind: 'oneWay', owner: 'Dataverse', suggestion: expect.stringContaining('corrective proforma') });
  });

  it('ONEWAY-03 refuses each field of a proposal that Dataverse owns, also when it is to be emptied, and no other', () => {
    const refusals = refuseFieldsOfDataverse({ proposalId: 'p', customerAccount: 'C2', fundingSourceId: null, dueDate: '2026-07-31', salesTaxGroup: 'X', number: undefined });
    expect(refusals.map((refusal) => refusal.path)).toEqual([['input', 'customerAccount'], ['input', 'fundingSourceId']]);
    expect(refuseFieldsOfDataverse({ paymentTerms: 'Net30', invoiceDate: null })).toEqual([]);
  });

  it('ONEWAY-03 refuses each field of a proposal line that Dataverse owns, under the path of the line', () => {
    const refusals = refuseLineFieldsOfDataverse({ lineId: 'l', quantity: '4', salesPrice: '1', itemSalesTaxGroup: 'Y' }, ['input', 'lines', '3']);
    expect(refusals.map((refusal) => refusal.path?.join('.'))).toEqual(['input.lines.3.quantity', 'input.lines.3.salesPrice']);
  });

  it('ONEWAY-04 no code but the table maps’ store inserts proposals', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.startsWith('migrations'));
    expect(files).toContain(join('stores', 'dual-write', 'apply.store.ts'));
    const inserting = files.filter((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8');
      return /insertRows\([^,]+,\s*InvoiceProposal\s*,/.test(text) || /INSERT INTO "ProjProposalJour"/i.test(text)
        || /(getRepository|save|insert)\(\s*InvoiceProposal\b/.test(text);
    });
    expect(inserting).toEqual([]);
  });
});

onBothEngines('the database', (gateway) => {
  it('ONEWAY-04 refuses a proposal without a proforma, and a second one of the same', async () => {
    const world = await buildWorld(gateway());
    const { id, number } = await addProforma(gateway(), world, { status: ProformaInvoiceStatus.CONFIRMED });
    const proposal = (proformaInvoiceId: string, proposalNumber: string) => ({
      id: gateway().context.ids.next(), legalEntityId: world.facts.legalEntityId, number: proposalNumber, proformaInvoiceId, contractId: 'C', customerAccount: 'A',
      currencyCode: 'USD', billedActualCount: 0, billedActualChecksum: '', accountingDate: '2026-06-30', netAmount: decimal('0'),
    });
    const insert = (row: object) => gateway().database.write((work) => insertRows(work, InvoiceProposal, [row]));
    await expect(insert(proposal(gateway().context.ids.next(), 'X-1'))).rejects.toThrow(/FOREIGN KEY|foreign key/);
    await insert(proposal(id, number));
    await expect(insert(proposal(id, 'X-2'))).rejects.toThrow(/UNIQUE|unique/);
    await expect(insert({ ...proposal(id, number), id: gateway().context.ids.next() })).rejects.toThrow(/UNIQUE|unique/);
  });
});

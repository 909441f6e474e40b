import { InvoiceProposal, OnAccountTransaction, ProjTransStatus } from '../../../../src/entities/finance';
import { globalIdOf } from '../../../../src/stores/reading/global-id';
import { sql } from '../../../../src/stores/session';
import { ask } from '../../../support/api';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { ImportDesk } from '../../4-import/import-desk';
import { PostingDesk } from '../posting-desk';

interface Line { readonly lineNumber: number; readonly salesTaxGroup: string | null; readonly itemSalesTaxGroup: string | null; readonly taxAmount: string }

const LINES = 'lines(first: 100) { nodes { lineNumber salesTaxGroup itemSalesTaxGroup taxAmount } }';

const idOf = (proposalId: string) => globalIdOf('InvoiceProposal', proposalId);

const callers = (gateway: () => TestGateway) => ({
  update: async (proposalId: string, lines: object[], more: object = {}) => (await ask(gateway(), `mutation ($input: UpdateInvoiceProposalLinesInput!) {
    updateInvoiceProposalLines(input: $input) { changedLineCount invoiceProposal { version netAmount taxAmount invoiceAmount ${LINES} } ${ERRORS} }
  }`, { input: { proposalId: idOf(proposalId), lines, ...more } })).updateInvoiceProposalLines,
  deleteAll: async (proposalId: string, more: object = {}) => (await ask(gateway(), `mutation ($input: DeleteInvoiceProposalLinesInput!) {
    deleteInvoiceProposalLines(input: $input) { deletedLineCount invoiceProposal { version hasLines netAmount invoiceAmount stage ${LINES} blockers { code } } ${ERRORS} }
  }`, { input: { proposalId: idOf(proposalId), ...more } })).deleteInvoiceProposalLines,
});

const errorsOf = (payload: { errors: { code: string; path: string[] | null }[] }) => payload.errors.map(({ code, path }) => [code, path?.join('.')]);
const groupsOf = (lines: { nodes: Line[] }) => lines.nodes.map((line) => [line.salesTaxGroup, line.itemSalesTaxGroup, line.taxAmount]);

onBothEngines('lines of an invoice proposal', (gateway) => {
  const { update, deleteAll } = callers(gateway);

  it('PROPOSAL-04 gives lines other tax groups by number, and taxes them and the proposal anew', async () => {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const proposalId = await desk.proposal([{ amount: '100.03', salesTaxGroup: null }, { amount: '200', salesTaxGroup: null }, { amount: '50', salesTaxGroup: null }]);
    const { invoiceProposal, changedLineCount, errors } = await update(proposalId, [
      { lineNumber: 1, salesTaxGroup: 'VAT20' }, { lineNumber: 3, salesTaxGroup: 'VAT20' }, { lineNumber: 2, salesTaxGroup: null },
    ]);
    expect(errors).toEqual([]);
    expect(changedLineCount).toBe(2);
    expect(invoiceProposal).toMatchObject({ version: 2, taxAmount: '30.01' });
    expect(groupsOf(invoiceProposal.lines)).toEqual([['VAT20', 'FULL', '20.01'], [null, 'FULL', '0'], ['VAT20', 'FULL', '10']]);
    const cleared = await update(proposalId, [{ lineNumber: 3, itemSalesTaxGroup: null }]);
    expect(cleared.invoiceProposal).toMatchObject({ version: 3, taxAmount: '20.01' });
    const { invoice } = await desk.posted(proposalId);
    expect([invoice.netAmount, invoice.taxAmount, invoice.invoiceAmount].map(String)).toEqual(['350.03', '20.01', '370.04']);
  });

  it('PROPOSAL-04 refuses all lines with the path of each wrong one, and changes nothing', async () => {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const proposalId = await desk.proposal([{}, {}]);
    const other = await desk.proposal([{}]);
    const [foreign] = (await ask(gateway(), 'query ($id: ID!) { invoiceProposal(id: $id) { lines { nodes { id } } } }', { id: idOf(other) })).invoiceProposal.lines.nodes;
    expect(errorsOf(await update(proposalId, [
      { lineNumber: 1, salesTaxGroup: null }, { lineNumber: 9, salesTaxGroup: 'VAT20' }, { lineId: foreign.id, salesTaxGroup: null },
      { lineNumber: 2, salesTaxGroup: 'X', itemSalesTaxGroup: 'Y' }, { lineNumber: 1, salesTaxGroup: null },
    ]))).toEqual([
      ['NOT_FOUND', 'input.lines.1.lineNumber'], ['NOT_FOUND', 'input.lines.2.lineId'], ['INVALID_INPUT', 'input.lines.3.salesTaxGroup'],
      ['INVALID_INPUT', 'input.lines.3.itemSalesTaxGroup'], ['INVALID_INPUT', 'input.lines.4.lineNumber'],
    ]);
    expect(errorsOf(await update(proposalId, [{ lineNumber: 1, quantity: '3', lineAmount: '5' }]))).toEqual([
      ['ONE_WAY_DIRECTION', 'input.lines.0.quantity'], ['ONE_WAY_DIRECTION', 'input.lines.0.lineAmount'],
    ]);
    expect(errorsOf(await update(proposalId, []))).toEqual([['INVALID_INPUT', 'input.lines']]);
    expect(errorsOf(await update(proposalId, [{ lineNumber: 1, salesTaxGroup: null }], { expectedVersion: 7 }))).toEqual([['CONFLICT', 'input.expectedVersion']]);
    expect((await desk.row(InvoiceProposal, proposalId)).version).toBe(1);
    await desk.posted(proposalId);
    expect(errorsOf(await update(proposalId, [{ lineNumber: 1, salesTaxGroup: null }]))[0]![0]).toBe('INVALID_STATE');
  });

  it('PROPOSAL-05 leaves the groups of a credit as they are', async () => {
    const desk = await PostingDesk.open(gateway(), { taxRatePercent: '20' });
    const proposalId = await desk.proposal([{ amount: '-100', quantity: '-1', creditedInvoiceLineId: '00000000-0000-7000-8000-000000000001' }]);
    const { errors } = await update(proposalId, [{ lineNumber: 1, salesTaxGroup: null }]);
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'lines', '0', 'salesTaxGroup'], message: expect.stringContaining('is a credit') }]);
  });

  it('PROPOSAL-06 refuses to delete lines of a posted proposal, and of another version', async () => {
    const desk = await PostingDesk.open(gateway());
    const proposalId = await desk.proposal([{}]);
    expect(errorsOf(await deleteAll(proposalId, { expectedVersion: 4 }))).toEqual([['CONFLICT', 'input.expectedVersion']]);
    await desk.posted(proposalId);
    expect((await deleteAll(proposalId)).errors).toMatchObject([{ code: 'INVALID_STATE', from: 'INVOICED', allowed: ['OPEN'] }]);
  });
});

onBothEngines('deleting all lines of a proposal', (gateway) => {
  const { deleteAll } = callers(gateway);

  it('PROPOSAL-07 PROPOSAL-06 deletes all lines, and import makes them anew with the set-up of then', async () => {
    const desk = await ImportDesk.open(gateway());
    await desk.world.unbilledMany(3);
    await desk.world.milestone();
    const proformaId = await desk.readyProforma();
    await desk.import();
    const before = await desk.proposalOf(proformaId);
    const held = async (): Promise<ProjTransStatus[]> => (await desk.rows(OnAccountTransaction, sql`WHERE t."dataAreaId" = ${desk.legalEntityId}`)).map((row) => row.status);
    expect([before.hasLines, (await desk.linesOf(proformaId)).length, await held()]).toEqual([true, 4, [ProjTransStatus.INVOICE_PROPOSAL]]);

    const { deletedLineCount, invoiceProposal, errors } = await deleteAll(before.id, { expectedVersion: before.version });

    expect(errors).toEqual([]);
    expect(deletedLineCount).toBe(4);
    expect(invoiceProposal).toMatchObject({
      version: before.version + 1, hasLines: false, netAmount: '0', invoiceAmount: '0', stage: 'AWAITING_LINES', lines: { nodes: [] }, blockers: [{ code: 'LINES_NOT_IMPORTED' }],
    });
    expect(await held()).toEqual([ProjTransStatus.NO_STATUS]);
    expect(errorsOf(await deleteAll(before.id))).toEqual([['NO_PROPOSAL_LINES', 'input']]);

    await desk.changeSetup('ProjOnAccTrans', sql`"TaxItemGroupId" = NULL`);
    await desk.import({ proposalId: before.id });
    const after = await desk.proposalOf(proformaId);
    const lines = await desk.linesOf(proformaId);
    expect([after.hasLines, lines.length, after.netAmount.toFixed(), await held()]).toEqual([true, 4, before.netAmount.toFixed(), [ProjTransStatus.INVOICE_PROPOSAL]]);
    expect(lines.map((line) => line.itemSalesTaxGroup).sort()).toEqual(['FULL', 'FULL', 'FULL', null]);
    await desk.import();
    expect(await desk.linesOf(proformaId)).toHaveLength(4);
  });
});

import { Decimal } from 'decimal.js';
import { onBothEngines } from '../support/engines';
import { Story } from '../support/story';
import { RetainerDesk } from './retainer-desk';

const SUMMARY = `query ($number: String!) { projectContract(number: $number) { financialSummary { currencyCode contractedAmount
  byBillingType { billingType openAmount readyAmount draftAmount confirmedAmount invoicedAmount }
  retainers { openAmount readyAmount draftAmount invoicedAmount usedAmount refundedAmount availableAmount appliedOnDraftsAmount }
} } }`;
/** Every row that a summary is made of. */
const ROWS = `query ($number: String!) {
  projectContract(number: $number) {
    billingBacklog(first: 500) { nodes { classification billingType isReady amount } }
    retainers(first: 500) { nodes { invoiceStatus amount usedAmount refundedAmount availableAmount } }
  }
  proformaInvoices(first: 500, filter: { contract: { number: { eq: $number } }, status: { in: [DRAFT, IN_REVIEW] } }) {
    nodes { details(first: 500) { nodes { billingType classification retainerUse amount previousAmount } } }
  }
  actuals(first: 500, filter: { contract: { number: { eq: $number } }, transactionType: { eq: BILLED_SALES } }) {
    nodes { billingType classification amount proformaInvoice { customerInvoice { number } customerInvoiceNumber } }
  }
}`;

type Row = Record<string, string> & { readonly isReady: boolean; readonly proformaInvoice: { readonly customerInvoice: object | null } };

const sumOf = (rows: readonly Row[], amount: (row: Row) => Decimal.Value = (row) => row.amount!) =>
  rows.reduce((sum, row) => sum.plus(amount(row)), new Decimal(0)).toFixed();
const isWork = ({ classification }: Row) => classification !== 'RETAINER';

onBothEngines('the financial summary of a contract, by queries only', (gateway) => {
  const summaryOf = async (story: Story) => (await story.ask(SUMMARY, { number: story.contractNumber })).projectContract.financialSummary;

  /** The same figures, added up in the test from the rows themselves. */
  async function addedUp(story: Story) {
    const { projectContract, proformaInvoices, actuals } = await story.ask(ROWS, { number: story.contractNumber });
    const [backlog, retainers, billed] = [projectContract.billingBacklog.nodes, projectContract.retainers.nodes, actuals.nodes] as Row[][];
    const details = (proformaInvoices.nodes as { details: { nodes: Row[] } }[]).flatMap((proforma) => proforma.details.nodes);
    const work = { backlog: backlog!.filter(isWork), details: details.filter(isWork), billed: billed!.filter(isWork) };
    const types = ['NON_CHARGEABLE', 'CHARGEABLE', 'COMPLIMENTARY'].filter((type) => Object.values(work).flat().some((row) => row.billingType === type));
    const isInvoiced = ({ proformaInvoice }: Row) => proformaInvoice.customerInvoice !== null;
    const inStatus = (status: string) => retainers!.filter(({ invoiceStatus }) => invoiceStatus === status);
    const figureOf = (field: string) => sumOf(inStatus('INVOICED'), (row) => row[field]!);
    return {
      byBillingType: types.map((billingType) => {
        const of = (rows: Row[]) => rows.filter((row) => row.billingType === billingType);
        return {
          billingType,
          openAmount: sumOf(of(work.backlog).filter(({ isReady }) => !isReady)),
          readyAmount: sumOf(of(work.backlog).filter(({ isReady }) => isReady)),
          draftAmount: sumOf(of(work.details), ({ amount, previousAmount }) => new Decimal(amount!).minus(previousAmount!)),
          confirmedAmount: sumOf(of(work.billed).filter((row) => !isInvoiced(row))),
          invoicedAmount: sumOf(of(work.billed).filter(isInvoiced)),
        };
      }),
      retainers: {
        openAmount: sumOf(inStatus('NOT_READY')), readyAmount: sumOf(inStatus('READY_TO_INVOICE')), draftAmount: sumOf(inStatus('CUSTOMER_INVOICE_CREATED')),
        invoicedAmount: figureOf('amount'), usedAmount: figureOf('usedAmount'), refundedAmount: figureOf('refundedAmount'), availableAmount: figureOf('availableAmount'),
        appliedOnDraftsAmount: sumOf(details.filter(({ retainerUse }) => retainerUse === 'APPLICATION'), ({ amount }) => new Decimal(amount!).neg()),
      },
    };
  }

  async function checked(story: Story) {
    const { currencyCode, contractedAmount, ...summary } = await summaryOf(story);
    expect(summary).toEqual(await addedUp(story));
    const { invoicedAmount, usedAmount, refundedAmount, availableAmount } = summary.retainers;
    expect(new Decimal(usedAmount).plus(refundedAmount).plus(availableAmount).toFixed()).toBe(invoicedAmount);
    return { currencyCode, contractedAmount, ...summary };
  }

  const row = (billingType: string, more: object) => ({
    billingType, openAmount: '0', readyAmount: '0', draftAmount: '0', confirmedAmount: '0', invoicedAmount: '0', ...more,
  });

  it('BILL-29: is right to the cent at every step of edits, manual entries, retainers and corrections', async () => {
    const story = await Story.begin(gateway());
    const { world, process } = story;
    expect(await summaryOf(story)).toMatchObject({ currencyCode: 'USD', contractedAmount: '200000', byBillingType: [] });
    const { lines } = world.facts;
    const desk = new RetainerDesk(story.ask, world);
    await desk.invoiced('700.07');
    await desk.ready('50');
    await desk.retainer('createRetainer', { contractId: world.contractId, amount: '25.5' });
    await world.unbilled();
    await world.unbilled({ quantity: '3', price: '33.335' });
    await world.milestone({ amount: '1234.56' });
    expect(await checked(story)).toMatchObject({
      byBillingType: [row('CHARGEABLE', { readyAmount: '2934.57' })],
      retainers: { openAmount: '25.5', readyAmount: '50', draftAmount: '0', invoicedAmount: '700.07', usedAmount: '0', availableAmount: '700.07' },
    });

    const { id, number, lines: drafted } = await story.draft();
    const worked = drafted.find(({ amount }) => amount === '1600')!;
    await story.editDetails(number, [{ detailId: worked.id, quantity: '6', tax: '12.34' }]);
    const manual = { contractLineId: lines.timeAndMaterial, classification: 'TIME', quantity: '3', price: '150.005', categoryId: world.facts.categories[192350000] };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    expect(await checked(story)).toMatchObject({
      byBillingType: [row('CHARGEABLE', { draftAmount: '2984.59' })],
      retainers: { readyAmount: '0', draftAmount: '50', availableAmount: '700.07', appliedOnDraftsAmount: '700.07' },
    });

    await process.confirm(id);
    const confirmed = { chargeable: '2984.59', rest: '400' };
    expect(await checked(story)).toMatchObject({
      byBillingType: [row('NON_CHARGEABLE', { confirmedAmount: confirmed.rest }), row('CHARGEABLE', { confirmedAmount: confirmed.chargeable })],
      retainers: { draftAmount: '0', invoicedAmount: '750.07', usedAmount: '700.07', availableAmount: '50', appliedOnDraftsAmount: '0' },
    });

    await process.sync();
    await process.importFromStaging();
    await process.postJournals();
    await process.importFromStaging();
    await process.postProposals();
    expect(await story.proforma(number)).toMatchObject({ customerInvoiceNumber: null, customerInvoice: expect.anything() });
    const invoiced = [row('NON_CHARGEABLE', { invoicedAmount: confirmed.rest }), row('CHARGEABLE', { invoicedAmount: confirmed.chargeable })];
    expect((await checked(story)).byBillingType).toEqual(invoiced);
    await process.sync();
    expect(await story.proforma(number)).toMatchObject({ status: 'POSTED' });
    expect((await checked(story)).byBillingType).toEqual(invoiced);

    const revise = { proformaInvoiceNumber: number, lineDetailIds: [drafted.find(({ amount }) => amount === '100.01')!.id] };
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { id: string; number: string } }>('reviseProformaInvoice', revise, 'proformaInvoice { id number }');
    const [correction] = await story.details(proformaInvoice.number);
    await story.editDetails(proformaInvoice.number, [{ detailId: correction!.id, quantity: '1' }]);
    expect((await checked(story)).byBillingType).toEqual([invoiced[0], row('CHARGEABLE', { invoicedAmount: confirmed.chargeable, draftAmount: '-66.67' })]);
    await process.confirm(proformaInvoice.id);
    expect((await checked(story)).byBillingType).toEqual([
      invoiced[0], row('CHARGEABLE', { invoicedAmount: confirmed.chargeable, confirmedAmount: '-66.67', openAmount: '66.67' }),
    ]);
    await story.settle();
    expect((await checked(story)).byBillingType).toEqual([invoiced[0], row('CHARGEABLE', { invoicedAmount: '2917.92', openAmount: '66.67' })]);
  });
});

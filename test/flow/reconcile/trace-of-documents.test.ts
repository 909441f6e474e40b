import { TransactionClassification } from '../../../src/entities/dataverse';
import { sum, decimal } from '../../../src/kernel/decimal';
import { globalIdOf } from '../../../src/stores/reading/global-id';
import { ApprovalDesk, share, submitTime } from '../../support/approval-desk';
import { onBothEngines } from '../../support/engines';
import { Story } from '../../support/story';

interface Traced {
  readonly index: number;
  readonly parentIndex: number | null;
  readonly depth: number;
  readonly type: string;
  readonly label: string;
  readonly amount: string | null;
  readonly currencyCode: string | null;
  readonly status: string | null;
  /** Null for a staged milestone. */
  readonly record: { readonly id: string } | null;
}

interface Answered {
  readonly actualCount: number;
  readonly next: string | null;
  readonly isComplete: boolean;
  readonly later: readonly { transactionType: string; currencyCode: string; count: number; amount: string }[];
  readonly nodes: readonly Traced[];
}

onBothEngines('the trace of documents that are not one piece of work', (gateway) => {
  async function traced(story: Story, id: string, page: object = {}): Promise<Answered> {
    const { trace } = await story.ask(`query ($id: ID!, $first: Int, $after: String) { trace(id: $id, first: $first, after: $after) {
      actualCount next isComplete later { transactionType currencyCode count amount } nodes { index parentIndex depth type label amount currencyCode status record { id } }
    } }`, { id, ...page });
    return trace;
  }

  /** Labels on the way from a node up to the top. */
  function above(nodes: readonly Traced[], node: Traced): string[] {
    const parent = node.parentIndex === null ? null : nodes[node.parentIndex]!;
    return parent ? [parent.label, ...above(nodes, parent)] : [];
  }

  const labelled = (nodes: readonly Traced[], label: string | RegExp): Traced[] =>
    nodes.filter((node) => (typeof label === 'string' ? node.label === label : label.test(node.label)));
  const INVOICE_LINE = /^Line \d+ of customer invoice \S+$/;
  const proformaId = async (story: Story, number: string): Promise<string> => (await story.ask('query ($number: String!) { proformaInvoice(number: $number) { id } }', { number })).proformaInvoice.id;

  it('TRACE-03 both lives of a corrected amount are one tree: while the correction is a draft, and when it is posted', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilled();
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    const { proformaInvoice } = await story.does<{ errors: []; proformaInvoice: { id: string; number: string } }>(
      'reviseProformaInvoice', { proformaInvoiceNumber: story.proformaNumbers[0]! }, 'proformaInvoice { id number }');
    const [correction] = await story.details(proformaInvoice.number);
    await story.editDetails(proformaInvoice.number, [{ detailId: correction!.id, quantity: '5' }]);
    for (const id of [proformaInvoice.id, correction!.id]) {
      const { nodes } = await traced(story, id);
      const [node] = labelled(nodes, `Correction on proforma ${proformaInvoice.number}`);
      expect([node!.amount, above(nodes, node!)[0]]).toEqual(['-600', 'Billed sales']);
    }
    await story.process.confirm(proformaInvoice.id);
    await story.settle();
    const { nodes, isComplete } = await traced(story, correction!.id);
    expect(isComplete).toBe(true);
    const billed = nodes.filter((node) => node.label.startsWith('Billed sales'));
    expect(billed.map((node) => [node.label, node.amount])).toEqual(expect.arrayContaining([['Billed sales', '1600'], ['Billed sales, reversing', '-1600']]));
    expect(billed.map((node) => node.amount).sort()).toEqual(['-1600', '1000', '1600']);
    expect(sum(nodes.filter((node) => node.type === 'CustomerInvoiceLine').map((node) => decimal(node.amount!))).toFixed()).toBe('1000');
    const keys = nodes.map((node) => node.record!.id);
    expect(new Set(keys).size).toBe(keys.length);
    const first = await traced(story, await proformaId(story, story.proformaNumbers[0]!));
    expect(first.nodes).toEqual(nodes);
  });

  it('TRACE-04 a milestone leads through its detail to the customer invoice, and from the invoice back', async () => {
    const story = await Story.begin(gateway());
    await story.world.milestone({ amount: '5000' });
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    const { nodes } = await traced(story, await proformaId(story, story.proformaNumbers[0]!));
    expect([nodes[0]!.type, nodes[0]!.label, nodes[0]!.amount]).toEqual(['Milestone', 'Milestone Go-live', '5000']);
    const [line] = labelled(nodes, INVOICE_LINE);
    expect(above(nodes, line!).slice(1)).toEqual(['Staged in finance', 'Billed sales', `On proforma ${story.proformaNumbers[0]}`, 'Milestone Go-live']);
    for (const id of [nodes[0]!.record!.id, line!.record!.id]) expect((await traced(story, id)).nodes).toEqual(nodes);
  });

  it('TRACE-04 a retainer is above what invoices and what applies it', async () => {
    const story = await Story.begin(gateway());
    const { retainer } = await story.does<{ errors: []; retainer: { id: string } }>('createRetainer', { contractId: story.world.contractId, amount: '700' }, 'retainer { id }');
    await story.ask('mutation ($input: MarkTransactionsInput!) { markReadyToInvoice(input: $input) { errors { code } } }', { input: { retainerIds: [retainer.id] } });
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    await story.world.unbilled();
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    const { nodes } = await traced(story, retainer.id);
    expect(nodes.filter((node) => node.parentIndex === null).map((node) => [node.type, node.amount])).toEqual([['Retainer', '700']]);
    const below = nodes.filter((node) => node.parentIndex === 0).map((node) => [node.label, node.amount]);
    const [invoicedOn, appliedOn] = story.proformaNumbers;
    expect(below).toEqual([[`Retainer invoiced on proforma ${invoicedOn}`, '700'], [`Retainer applied on proforma ${appliedOn}`, '-700']]);
    expect(labelled(nodes, INVOICE_LINE).map((node) => node.amount)).toEqual(['700', '-700']);
  });

  it('TRACE-04 what was added by hand to a fixed-price line begins with its detail', async () => {
    const story = await Story.begin(gateway());
    await story.world.milestone();
    const { id, number } = await story.draft();
    const { lines, categories } = story.world.facts;
    const manual = { contractLineId: lines.fixedPrice, classification: 'FEE', quantity: '1', price: '75', categoryId: categories[TransactionClassification.FEE] };
    await story.does('addProformaInvoiceLineDetails', { proformaInvoiceNumber: number, details: [manual] });
    const byHand = (await story.details(number)).find((detail) => detail.amount === '75')!;
    await story.process.confirm(id);
    await story.settle();
    const { nodes } = await traced(story, byHand.id);
    expect([nodes[0]!.record!.id, nodes[0]!.parentIndex, nodes[1]!.label]).toEqual([byHand.id, null, 'Billed sales']);
    expect(labelled(nodes, INVOICE_LINE).map((node) => node.amount)).toEqual(['75']);
  });

  it('TRACE-06 a milestone, a retainer and a time entry are traced before they have an actual, and on the draft that is going to bill them', async () => {
    const story = await Story.begin(gateway());
    const { retainer } = await story.does<{ errors: []; retainer: { id: string } }>('createRetainer', { contractId: story.world.contractId, amount: '700' }, 'retainer { id }');
    const timeEntry = globalIdOf('TimeEntry', await submitTime(gateway(), story.world, { minutes: 90 }));
    const milestone = globalIdOf('Milestone', await story.world.milestone({ amount: '5000' }));
    const shape = async (id: string) => (await traced(story, id)).nodes.map(({ depth, type, amount, currencyCode, status }) => [depth, type, amount, currencyCode, status]);
    expect(await shape(retainer.id)).toEqual([[0, 'Retainer', '700', 'USD', 'NOT_READY']]);
    expect(await shape(timeEntry)).toEqual([[0, 'TimeEntry', null, null, 'SUBMITTED']]);
    expect(await shape(milestone)).toEqual([[0, 'Milestone', '5000', 'USD', 'READY_FOR_INVOICING']]);

    await story.ask('mutation ($input: MarkTransactionsInput!) { markReadyToInvoice(input: $input) { errors { code } } }', { input: { retainerIds: [retainer.id] } });
    const { id } = await story.draft();
    for (const [record, type, amount] of [[retainer.id, 'Retainer', '700'], [milestone, 'Milestone', '5000']]) {
      const [top, detail, ...more] = await shape(record!);
      expect([top!.slice(0, 3), detail, more]).toEqual([[0, type, amount], [1, 'ProformaInvoiceLineDetail', amount, 'USD', 'DRAFT'], []]);
    }
    expect((await shape(id)).filter(([depth]) => depth === 0).map(([, type]) => type).sort()).toEqual(['Milestone', 'Retainer']);
  });

  it('TRACE-06 a milestone shows how it went to finance by itself, on account', async () => {
    const story = await Story.begin(gateway());
    const milestone = globalIdOf('Milestone', await story.world.milestone({ amount: '5000' }));
    await story.process.confirm((await story.draft()).id);
    await story.settle();
    const { nodes } = await traced(story, milestone);
    const [staged, onAccount] = ['StagedMilestone', 'OnAccountTransaction'].map((type) => nodes.find((node) => node.type === type)!);
    expect([staged!.amount, staged!.record, above(nodes, staged!)]).toEqual(['5000', null, ['Milestone Go-live']]);
    expect([onAccount!.amount, above(nodes, onAccount!)]).toEqual(['5000', ['Milestone staged in finance', 'Milestone Go-live']]);
    expect((await traced(story, onAccount!.record!.id)).nodes).toEqual(nodes);
  });

  it('TRACE-05 work that customers share stands below one cost, and the parts add up to the whole', async () => {
    const story = await Story.begin(gateway(), { customers: 3 });
    await share(gateway(), story.world, ['33.33', '33.33', '33.34']);
    const timeEntryId = await submitTime(gateway(), story.world, { minutes: 480 });
    const { actuals } = await new ApprovalDesk(gateway).approve(timeEntryId, { salesPrice: '200', costPrice: '100' });
    const { nodes } = await traced(story, actuals.at(-1)!.id);
    expect(nodes[0]!.type).toBe('TimeEntry');
    const shares = labelled(nodes, 'Unbilled sales');
    expect(shares.map((node) => above(nodes, node)[0])).toEqual(['Cost', 'Cost', 'Cost']);
    expect(sum(shares.map((node) => decimal(node.amount!))).toFixed()).toBe('1600');
  });

  it('TRACE-02 says what the actuals of later pages add up to, so that every page accounts for the whole document', async () => {
    const story = await Story.begin(gateway());
    await story.world.unbilledMany(3);
    await story.process.confirm((await story.draft()).id);
    const id = await proformaId(story, story.proformaNumbers[0]!);
    const left: [number, string][] = [];
    for (let after: string | null = null, more = true; more;) {
      const { next, later }: Answered = await traced(story, id, { first: 1, after });
      left.push(...later.map(({ count, amount }): [number, string] => [count, amount]));
      after = next;
      more = next !== null;
    }
    expect(left).toEqual([[2, '3200'], [1, '1600']]);
  });
});

import { onBothEngines } from '../../support/engines';
import { Story } from '../../support/story';

interface Traced {
  readonly index: number; readonly parentIndex: number | null; readonly depth: number; readonly type: string; readonly label: string;
  readonly amount: string | null; readonly voucherNumber: string | null; readonly record: { readonly id: string };
}

onBothEngines('the trace of an amount', (gateway) => {
  const TRACE = 'query ($id: ID!, $first: Int, $after: String) { trace(id: $id, first: $first, after: $after) { actualCount next isComplete nodes { index parentIndex depth type label amount currencyCode accountingAmount date status voucherNumber record { id } } } }';

  async function settled(count = 1): Promise<Story> {
    const story = await Story.begin(gateway());
    for (let place = 0; place < count; place += 1) await story.world.unbilled();
    const draft = await story.draft();
    await story.process.confirm(draft.id);
    await story.settle();
    return story;
  }

  it('TRACE-01 leads from the time entry to the vouchers, from whatever record of the amount one asks', async () => {
    const story = await settled();
    const { proformaInvoice } = await story.ask('query ($number: String!) { proformaInvoice(number: $number) { id } }', { number: story.proformaNumbers[0]! });
    const { trace } = await story.ask(TRACE, { id: proformaInvoice.id });
    const nodes = trace.nodes as Traced[];
    expect([trace.actualCount, trace.next, trace.isComplete]).toEqual([1, null, true]);
    expect(nodes[0]).toMatchObject({ parentIndex: null, depth: 0, type: 'TimeEntry' });
    expect(new Set(nodes.map((node) => node.type))).toEqual(new Set([
      'TimeEntry', 'Actual', 'ProformaInvoiceLineDetail', 'StagedActual', 'IntegrationJournalLine', 'ProjectPosting', 'InvoiceProposalLine', 'CustomerInvoiceLine',
    ]));
    for (const node of nodes.slice(1)) expect(nodes[node.parentIndex!]!.depth).toBe(node.depth - 1);
    const billed = nodes.find((node) => node.label === 'Billed sales')!;
    expect(nodes[billed.parentIndex!]!.label).toBe('Unbilled sales');
    expect(billed.voucherNumber).toBe(nodes.filter((node) => node.type === 'ProjectPosting').at(-1)!.voucherNumber);
    for (const node of nodes) {
      const again = await story.ask(TRACE, { id: node.record.id });
      expect(again.trace.nodes).toEqual(nodes);
    }
  });

  it('TRACE-02 follows a page of the actuals of a long document, says how many there are, and refuses what has no amount', async () => {
    const story = await settled(3);
    const { customerInvoices } = await story.ask('query ($number: String!) { customerInvoices(filter: { proposalNumber: { eq: $number } }) { nodes { id } } }', { number: story.proformaNumbers[0]! });
    const id = customerInvoices.nodes[0].id;
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { trace } = await story.ask(TRACE, { id, first: 1, after });
      expect(trace.actualCount).toBe(3);
      seen.push(...(trace.nodes as Traced[]).filter((node) => node.type === 'CustomerInvoiceLine').map((node) => node.record.id));
      after = trace.next;
      more = after !== null;
    }
    expect(new Set(seen).size).toBe(3);
    const company = Buffer.from('Company:x').toString('base64url');
    await expect(story.ask(TRACE, { id: company })).rejects.toThrow('A Company cannot be traced');
  });
});

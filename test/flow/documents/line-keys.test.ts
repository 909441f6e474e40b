import { TransactionClassification } from '../../../src/entities/dataverse';
import { InvoiceGroupField } from '../../../src/entities/finance';
import { documentLineKeys, type DocumentKind } from '../../../src/stores/documents/document-lines.store';
import { buildWorld } from '../../support/builders';
import { onBothEngines, type TestGateway } from '../../support/engines';
import { PostingDesk } from '../5-post/posting-desk';

const CLASSES = [TransactionClassification.TIME, TransactionClassification.EXPENSE, TransactionClassification.MATERIAL] as const;
const { CATEGORY, CLASSIFICATION, CONTRACT_LINE, PROJECT, RESOURCE } = InvoiceGroupField;
const GROUPINGS = [[], [CATEGORY], [RESOURCE, PROJECT], [CONTRACT_LINE, CLASSIFICATION]];

/** Expects the same keys in the same order, however many are read at a time. */
async function expectPages({ database }: TestGateway, kind: DocumentKind, id: string, lineCount: number): Promise<void> {
  for (const groupBy of GROUPINGS) {
    const pagesOf = async (rows?: number) => {
      const pages: string[][] = [];
      for await (const page of documentLineKeys(database.reader, kind, id, groupBy, rows)) pages.push(page);
      return pages;
    };
    const [whole, ...others] = await pagesOf();
    expect([new Set(whole).size, others]).toEqual([lineCount, []]);
    for (const rows of [1, 2, 3, lineCount]) {
      const pages = await pagesOf(rows);
      expect(pages.flat()).toEqual(whole);
      expect(Math.max(...pages.map((page) => page.length))).toBe(rows);
    }
  }
}

onBothEngines('the keys of the lines of a proforma', (gateway) => {
  it('DOCUMENT-13 are read page by page, none twice and none left out, also where a value to group by is missing', async () => {
    const world = await buildWorld(gateway());
    await world.unbilledMany(6, (index) => ({ classification: CLASSES[index % 3]!, date: `2026-06-0${1 + (index % 2)}` }));
    await world.milestone();
    await expectPages(gateway(), 'ProformaInvoice', await world.proforma(), 7);
  });

  it('DOCUMENT-13 are no page of a document without lines', async () => {
    for await (const page of documentLineKeys(gateway().database.reader, 'CustomerInvoice', 'none', [CATEGORY])) expect(page).toBeNull();
  });
});

onBothEngines('the keys of the lines of an invoice proposal', (gateway) => {
  it('DOCUMENT-13 are read page by page as well', async () => {
    const desk = await PostingDesk.open(gateway());
    await expectPages(gateway(), 'InvoiceProposal', await desk.proposal(Array.from({ length: 5 }, () => ({ amount: '10' }))), 5);
  });
});

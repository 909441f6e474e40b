import { ProformaInvoiceStatus } from '../../../src/entities/dataverse';
import { PROFORMA_INVOICE_STATES } from '../../../src/flow/1-bill/draft/proforma-invoice.states';
import { moveOf, refusalOf } from '../../../src/flow/1-bill/transition';

describe('the states of a proforma', () => {
  const { DRAFT, IN_REVIEW, CONFIRMED, POSTED, PAID } = ProformaInvoiceStatus;

  it.each([
    ['confirm', [DRAFT, IN_REVIEW]], ['submitForReview', [DRAFT]], ['returnToDraft', [IN_REVIEW]], ['post', [CONFIRMED]],
    ['markPaid', [CONFIRMED, POSTED]],
  ] as const)('%s is allowed from %s only', (action, allowed) => {
    const states = [DRAFT, IN_REVIEW, CONFIRMED, POSTED, PAID];
    expect(states.filter((state) => refusalOf(PROFORMA_INVOICE_STATES, 'It', state, action) === null)).toEqual(allowed);
  });

  it('tell a compare-and-set where an action leads when it leaves one state only', () => {
    expect(moveOf(PROFORMA_INVOICE_STATES, 'post')).toEqual([CONFIRMED, POSTED]);
    expect(() => moveOf(PROFORMA_INVOICE_STATES, 'confirm')).toThrow('exactly one');
  });
});

import type { Decimal } from '../../kernel/decimal';

/** How values look on paper. Documents are in English; their amounts have a comma between thousands and a point before decimals. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function withThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An amount with the decimals of its currency; more only where it really has more, as a unit price may. */
export function printedAmount(amount: Decimal, currencyDecimals: number): string {
  return withThousands(amount.toFixed(Math.max(currencyDecimals, amount.decimalPlaces())));
}

export function printedQuantity(quantity: Decimal): string {
  return withThousands(quantity.toFixed());
}

/** `2026-06-05` as `5 Jun 2026`, which no reader takes for the 6th of May. */
export function printedDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

export function printedPercent(percent: Decimal): string {
  return `${percent.toFixed()} %`;
}

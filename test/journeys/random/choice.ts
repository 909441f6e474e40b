import type { World } from '../../support/builders';
import type { Desk } from './desk';

/**
 * Three numbers by which an operation chooses among what there is. Plain numbers, so that a sequence which fails can be made
 * smaller, and so that the same sequence always does the same.
 */
export interface Choice {
  readonly which: number;
  readonly how: number;
  readonly much: number;
}

export type Operation = (desk: Desk, step: Choice) => Promise<unknown>;

/** The element that a number chooses; null when there is none. */
export const chosen = <T>(list: readonly T[], which: number): T | null => list[which % Math.max(list.length, 1)] ?? null;
/** Some of a list: from none to all, by the bits of a number. */
export const someOf = <T>(list: readonly T[], bits: number): T[] => list.filter((_, index) => (bits >> (index % 8)) % 2 === 1);
/** One of those that an operation is meant for, but now and then any: then it may be refused. */
export const mostlyOf = <T>(list: readonly T[], { which, much }: Choice, isMeant: (one: T) => boolean): T | null => (
  chosen(much % 5 === 0 ? list : list.filter(isMeant), which));
export const worldOf = (desk: Desk, which: number): World => chosen(desk.stage.worlds, which)!;
/** Every fourth request is sent twice under one key. */
export const twice = ({ much }: Choice) => ({ twice: much % 4 === 3 });

export interface ListedProforma {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly contract: { readonly id: string };
  readonly customer: { readonly id: string };
}
export const proformas = (desk: Desk) => desk.list<ListedProforma>('proformaInvoices', 'id number status version contract { id } customer { id }');

/** An invoice proposal that can still be edited, but now and then any. */
export async function proposalOf(desk: Desk, step: Choice): Promise<{ readonly id: string; readonly version: number } | null> {
  const proposals = await desk.list<{ id: string; version: number; status: string; hasLines: boolean }>('invoiceProposals', 'id version status hasLines');
  return mostlyOf(proposals, step, ({ status, hasLines }) => status === 'OPEN' && hasLines);
}

export async function detailsOn(desk: Desk, proforma: ListedProforma): Promise<{ readonly id: string }[]> {
  const details = await desk.list<{ id: string; proformaInvoice: { id: string } }>('proformaInvoiceLineDetails', 'id proformaInvoice { id }');
  return details.filter((detail) => detail.proformaInvoice.id === proforma.id);
}

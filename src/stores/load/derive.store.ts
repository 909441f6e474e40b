import {
  CONNECTION_ROLES, ProformaInvoice, ProformaInvoiceStatus, RECORD_TYPES, TransactionType,
} from '../../entities/dataverse';
import { IdChecksum } from '../../kernel/id-checksum';
import { CHUNK_ROWS, updateRows } from '../bulk';
import { execute, inList, name, query, raw, sql, type UnitOfWork } from '../session';
import { NUMBER_SEQUENCES } from '../number-sequence.store';

/** Sales actuals of the change set that name no customer are paid by their contract's. */
async function deriveCustomers(work: UnitOfWork, changeSetId: string): Promise<void> {
  await execute(work, sql`UPDATE "msdyn_actual" SET "msdyn_accountcustomer" = (
      SELECT o."customerid" FROM "salesorder" o WHERE o."salesorderid" = "msdyn_actual"."msdyn_salescontract")
    WHERE "gw_changesetid" = ${changeSetId} AND "msdyn_accountcustomer" IS NULL
      AND ${inList(work, raw('"msdyn_transactiontypecode"'), [TransactionType.UNBILLED_SALES, TransactionType.BILLED_SALES])}`);
}

/** Proformas of the change set that name no contract customer get the one of their contract and account. */
async function deriveContractCustomers(work: UnitOfWork, changeSetId: string): Promise<void> {
  await execute(work, sql`UPDATE "invoice" SET "gw_projectcontractsplitbillingrule" = (
      SELECT MIN(r."msdyn_projectcontractsplitbillingruleid") FROM "msdyn_projectcontractsplitbillingrule" r
      WHERE r."msdyn_projectcontract" = "invoice"."salesorderid" AND r."msdyn_accountcustomer" = "invoice"."customerid")
    WHERE "gw_changesetid" = ${changeSetId} AND "gw_projectcontractsplitbillingrule" IS NULL`);
}

/** Proformas of the change set get the sums that Dataverse keeps on their lines only: a header has no columns for them. */
async function deriveAmountsNotCharged(work: UnitOfWork, changeSetId: string): Promise<void> {
  for (const [ofHeader, ofLine] of [['gw_nonchargeableamount', 'msdyn_nonchargeableamount'], ['gw_complimentaryamount', 'msdyn_complimentaryamount']]) {
    await execute(work, sql`UPDATE "invoice" SET ${name(ofHeader!)} = (
        SELECT COALESCE(SUM(l.${name(ofLine!)}), 0) FROM "invoicedetail" l WHERE l."invoiceid" = "invoice"."invoiceid")
      WHERE "gw_changesetid" = ${changeSetId} AND ${name(ofHeader!)} = 0`);
  }
}

/** Line details of the change set's proformas bill the unbilled actual at the other end of their connection. */
async function deriveUnbilledActuals(work: UnitOfWork, changeSetId: string): Promise<void> {
  await execute(work, sql`UPDATE "msdyn_invoicelinetransaction" SET "gw_unbilledactual" = (
      SELECT MIN(c."msdyn_transaction2") FROM "msdyn_transactionconnection" c
      WHERE c."msdyn_transaction1" = "msdyn_invoicelinetransaction"."msdyn_invoicelinetransactionid"
        AND c."msdyn_transaction1type" = ${RECORD_TYPES.invoiceLineDetail} AND c."msdyn_transaction2type" = ${RECORD_TYPES.actual}
        AND c."msdyn_transaction2role" = ${CONNECTION_ROLES.unbilledSales})
    WHERE "gw_unbilledactual" IS NULL
      AND "msdyn_invoice" IN (SELECT i."invoiceid" FROM "invoice" i WHERE i."gw_changesetid" = ${changeSetId})`);
}

/** Corrections among the change set's line details correct the billed actual at the other end of their connection, and know its amounts. */
async function deriveCorrectedActuals(work: UnitOfWork, changeSetId: string): Promise<void> {
  const isLoaded = sql`"msdyn_invoice" IN (SELECT i."invoiceid" FROM "invoice" i WHERE i."gw_changesetid" = ${changeSetId})`;
  const ofBilled = (column: string) => sql`(SELECT a.${name(column)} FROM "msdyn_actual" a
    WHERE a."msdyn_actualid" = "msdyn_invoicelinetransaction"."gw_originalbilledactual")`;
  await execute(work, sql`UPDATE "msdyn_invoicelinetransaction" SET "gw_originalbilledactual" = (
      SELECT MIN(c."msdyn_transaction2") FROM "msdyn_transactionconnection" c
      WHERE c."msdyn_transaction1" = "msdyn_invoicelinetransaction"."msdyn_invoicelinetransactionid"
        AND c."msdyn_transaction1role" = ${CONNECTION_ROLES.replacing} AND c."msdyn_transaction2role" = ${CONNECTION_ROLES.original}
        AND c."msdyn_transaction1type" = ${RECORD_TYPES.invoiceLineDetail} AND c."msdyn_transaction2type" = ${RECORD_TYPES.actual})
    WHERE "gw_originalbilledactual" IS NULL AND "msdyn_correction" = true AND ${isLoaded}`);
  await execute(work, sql`UPDATE "msdyn_invoicelinetransaction" SET "msdyn_previousamount" = COALESCE(${ofBilled('msdyn_amount')}, 0)
    WHERE "msdyn_previousamount" = 0 AND "msdyn_correction" = true AND ${isLoaded}`);
  await execute(work, sql`UPDATE "msdyn_invoicelinetransaction" SET "gw_previoustax" = COALESCE(${ofBilled('gw_tax')}, 0)
    WHERE "gw_previoustax" = 0 AND "msdyn_correction" = true AND ${isLoaded}`);
}

/** Billed actuals of the change set come from the line detail among their origins, and bill its milestone. */
async function deriveLineDetails(work: UnitOfWork, changeSetId: string): Promise<void> {
  const isBilled = sql`"gw_changesetid" = ${changeSetId} AND "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES}`;
  await execute(work, sql`UPDATE "msdyn_actual" SET "gw_invoicelinetransaction" = (
      SELECT MIN(o."msdyn_origin") FROM "msdyn_transactionorigin" o
      WHERE o."msdyn_transaction" = "msdyn_actual"."msdyn_actualid" AND o."msdyn_origintype" = ${RECORD_TYPES.invoiceLineDetail})
    WHERE ${isBilled} AND "gw_invoicelinetransaction" IS NULL`);
  await execute(work, sql`UPDATE "msdyn_actual" SET "gw_milestone" = (
      SELECT d."gw_milestone" FROM "msdyn_invoicelinetransaction" d
      WHERE d."msdyn_invoicelinetransactionid" = "msdyn_actual"."gw_invoicelinetransaction")
    WHERE ${isBilled} AND "gw_milestone" IS NULL`);
}

async function checksumOf(work: UnitOfWork, invoiceId: string): Promise<IdChecksum> {
  const checksum = new IdChecksum();
  for (let last = ''; ;) {
    const rows = await query<{ id: string }>(work, sql`SELECT "msdyn_actualid" AS id FROM "msdyn_actual"
      WHERE "msdyn_invoice" = ${invoiceId} AND "msdyn_transactiontypecode" = ${TransactionType.BILLED_SALES} AND "msdyn_actualid" > ${last}
      ORDER BY "msdyn_actualid" LIMIT ${CHUNK_ROWS}`);
    rows.forEach(({ id }) => checksum.add(id));
    if (rows.length < CHUNK_ROWS) return checksum;
    last = rows.at(-1)!.id;
  }
}

/** Confirmed proformas of the change set get the number and the checksum of their billed actuals, by which finance waits for all. */
async function deriveCompleteness(work: UnitOfWork, changeSetId: string): Promise<void> {
  const invoices = await query<{ id: string }>(work, sql`SELECT "invoiceid" AS id FROM "invoice"
    WHERE "gw_changesetid" = ${changeSetId} AND "gw_billedactualcount" IS NULL
      AND "msdyn_projectinvoicestatus" = ${ProformaInvoiceStatus.CONFIRMED} ORDER BY "invoiceid"`);
  for (const { id } of invoices) {
    const checksum = await checksumOf(work, id);
    await updateRows(work, ProformaInvoice, [{ id, billedActualCount: checksum.count, billedActualChecksum: checksum.digest() }]);
  }
}

/** Takes the numbers of loaded proformas out of the number sequence, so that the next new proforma gets a free one. */
async function reserveProformaNumbers(work: UnitOfWork, changeSetId: string): Promise<void> {
  const { prefix, digits } = NUMBER_SEQUENCES.proformaInvoice;
  const rows = await query<{ number: string }>(work, sql`SELECT "invoicenumber" AS number FROM "invoice" WHERE "gw_changesetid" = ${changeSetId}`);
  const taken = rows.map(({ number }) => new RegExp(`^${prefix}-(\\d{${digits},})$`).exec(number)?.[1]).filter((text) => text !== undefined);
  const next = Math.max(0, ...taken.map(Number)) + 1;
  if (next === 1 || !Number.isSafeInteger(next)) return;
  const code = 'DV/proformaInvoice';
  await execute(work, sql`INSERT INTO "NumberSequenceTable" ("NumberSequence", "NextRec") VALUES (${code}, 1) ON CONFLICT DO NOTHING`);
  await execute(work, sql`UPDATE "NumberSequenceTable" SET "NextRec" = ${next} WHERE "NumberSequence" = ${code} AND "NextRec" < ${next}`);
}

/**
 * Fills in what a real interface leaves out of the records of a change set that was just loaded, out of what it does say. Runs
 * inside the load's unit of work, after the last record.
 */
export async function deriveFromLoad(work: UnitOfWork, changeSetId: string): Promise<void> {
  await deriveCustomers(work, changeSetId);
  await deriveContractCustomers(work, changeSetId);
  await deriveAmountsNotCharged(work, changeSetId);
  await deriveUnbilledActuals(work, changeSetId);
  await deriveCorrectedActuals(work, changeSetId);
  await deriveLineDetails(work, changeSetId);
  await deriveCompleteness(work, changeSetId);
  await reserveProformaNumbers(work, changeSetId);
}

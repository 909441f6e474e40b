import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RunKind, RunStatus } from '../../entities/dual-write/enums';
import { confirmProformaInvoice } from '../../flow/2-confirm/confirm-proforma-invoice.command';
import { ConfirmProformaInvoiceInput } from '../../schema/dataverse/billing.input';
import { ConfirmProformaInvoicePayload } from '../../schema/dataverse/billing.payload';
import { proformaInvoiceSource } from '../../stores/reading/sources';
import { namedRecord, PROFORMA_FIELDS } from '../loaders/named-records';
import { longWork } from '../long-work';
import { answer, requestOf, workOf } from '../mutation';
import type { RequestContext } from '../request-context';

@Resolver()
export class ConfirmResolver {
  @Mutation(() => ConfirmProformaInvoicePayload, { description: 'Confirms a proforma: creates its actuals and connections, and makes it read-only for ever. The next sync carries it to finance. Refused when it is empty, or confirmed already.' })
  confirmProformaInvoice(@Arg('input', { description: 'Which proforma.' }) input: ConfirmProformaInvoiceInput, @Ctx() { command }: RequestContext) {
    return answer({ proformaInvoice: null as string | null, run: null as string | null }, async () => {
      const { waitMs: _waitMs, proformaInvoiceNumber, ...rest } = input;
      const named = { id: input.proformaInvoiceId, number: proformaInvoiceNumber };
      const wanted = { ...rest, proformaInvoiceId: await namedRecord(command.database.reader, proformaInvoiceSource, named, PROFORMA_FIELDS) };
      const request = requestOf('confirmProformaInvoice', wanted);
      const { runId, outcome } = await longWork(command, RunKind.CONFIRM, request, input, async () => ({
        status: RunStatus.SUCCEEDED,
        outcome: await confirmProformaInvoice(command, wanted, workOf(request)),
      }));
      return { proformaInvoice: outcome?.proformaInvoiceId ?? null, run: runId };
    });
  }
}

import { createSigner, createVerifier } from 'fast-jwt';
import type { CommandContext } from '../../context';
import { type InvoiceFormat } from '../../entities/finance';
import { DOCUMENT_KINDS, type DocumentKind } from '../../stores/documents/document-lines.store';
import { readDocumentSecret } from '../../stores/document-secret.store';
import type { Session } from '../../stores/session';

export const DOCUMENT_FORMATS = ['PDF', 'CSV'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** Which document somebody asked for. */
export interface DocumentRequest {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly format: DocumentFormat;
  /** Null: as the record itself says. */
  readonly layout: InvoiceFormat | null;
  readonly managedFormatId: string | null;
}

export interface DocumentLink {
  /** Path and query; the host is the gateway's own. */
  readonly url: string;
  readonly expiresAt: string;
}

/** Keeps the tokens of documents apart from any other token that is signed with the same secret. */
const AUDIENCE = 'document';
const ALGORITHM = 'HS256';
const FILE_OF_KIND: Readonly<Record<DocumentKind, string>> = {
  CustomerInvoice: 'customer-invoice', InvoiceProposal: 'invoice-proposal', ProformaInvoice: 'proforma-invoice',
};

/** The secret that signs: that of the settings, else the one in the database, which all processes on it share. */
export async function documentSecretOf({ settings }: Pick<CommandContext, 'settings'>, session: Session): Promise<string> {
  return settings.documents.secret ?? readDocumentSecret(session);
}

/** The address of a document for `actor`, good until the lifetime of the settings is over. The signature is the authentication. */
export function documentLink(
  { clock, settings, actor }: Pick<CommandContext, 'clock' | 'settings' | 'actor'>, secret: string, request: DocumentRequest,
): DocumentLink {
  // A token counts in whole seconds.
  const expires = Math.floor((clock.now().getTime() + settings.documents.lifetimeMs) / 1000);
  const { kind, id, format, layout, managedFormatId } = request;
  const sign = createSigner({ key: secret, algorithm: ALGORITHM, noTimestamp: true });
  const token = sign({ aud: AUDIENCE, sub: actor, exp: expires, kind, id, format, layout, managedFormatId });
  const file = `${FILE_OF_KIND[kind]}.${format.toLowerCase()}`;
  return { url: `/documents/${file}?token=${token}`, expiresAt: new Date(expires * 1000).toISOString() };
}

export type ReadToken =
  | { readonly request: DocumentRequest; readonly actor: string; readonly problem?: undefined }
  | { readonly problem: 'FORGED' | 'EXPIRED' };

/** What a token asks for. Forged is every token that this secret did not sign for a document. */
export function readDocumentToken({ clock }: Pick<CommandContext, 'clock'>, secret: string, token: string): ReadToken {
  const verify = createVerifier({
    key: secret, algorithms: [ALGORITHM], allowedAud: AUDIENCE, requiredClaims: ['aud', 'sub', 'exp'],
    // The verifier would still take a token at the very instant at which it ends.
    clockTimestamp: clock.now().getTime() + 1,
  });
  let claims: unknown;
  try {
    claims = verify(token);
  } catch (error) {
    return { problem: (error as { code?: unknown }).code === 'FAST_JWT_EXPIRED' ? 'EXPIRED' : 'FORGED' };
  }
  const { sub: actor, kind, id, format, layout, managedFormatId } = claims as DocumentRequest & { sub: string };
  const isKnown = DOCUMENT_KINDS.includes(kind) && DOCUMENT_FORMATS.includes(format);
  return isKnown ? { actor, request: { kind, id, format, layout, managedFormatId } } : { problem: 'FORGED' };
}

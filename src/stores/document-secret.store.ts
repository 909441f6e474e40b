import { Secret } from '../entities/gateway';
import { InternalError } from '../kernel/refusal';
import { insertRows, selectRows } from './bulk';
import { sql, type Session, type UnitOfWork } from './session';

/** The row of the secret that signs the addresses of documents. */
const DOCUMENT_SECRET = 'documents';

/** Keeps `candidate` as the secret that signs the addresses of documents, unless there is one already. */
export async function keepDocumentSecret(work: UnitOfWork, candidate: string): Promise<void> {
  await insertRows(work, Secret, [{ id: DOCUMENT_SECRET, value: candidate }], { ifAbsent: true });
}

export async function readDocumentSecret(session: Session): Promise<string> {
  const [secret] = await selectRows(session, Secret, sql`WHERE t."gw_id" = ${DOCUMENT_SECRET}`);
  if (!secret) throw new InternalError('The database holds no secret for the addresses of documents');
  return secret.value;
}

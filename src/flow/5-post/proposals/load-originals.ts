import { IntegrationJournalLineStatus, type IntegrationJournalLine } from '../../../entities/finance';
import { journalLinesOfActuals, originalsTakenBack, postingsOfJournalLines } from '../../../stores/finance/reversal.store';
import type { Session } from '../../../stores/session';
import type { OriginalLine } from '../journals/journal-reversal.decision';
import { postedEntry } from '../voucher-balance.rules';

/** What the lines of a chunk take back: by the actual of the reversal, the actual of the original; and the originals that have a line. */
export interface OriginalsOfLines {
  readonly ids: ReadonlyMap<string, string>;
  readonly lines: Map<string, OriginalLine>;
}

/** Reads the originals of a chunk of journal lines with what they posted. Most chunks have none: one statement then. */
export async function loadOriginals(session: Session, lines: readonly IntegrationJournalLine[]): Promise<OriginalsOfLines> {
  const ids = await originalsTakenBack(session, lines.map((line) => line.actualId));
  const originals = [...(await journalLinesOfActuals(session, [...new Set(ids.values())])).values()];
  const posted = originals.filter((line) => line.status === IntegrationJournalLineStatus.POSTED);
  const postings = await postingsOfJournalLines(session, posted.map((line) => line.id));
  return {
    ids,
    lines: new Map(originals.map((line) => [line.actualId, { line, entries: (postings.get(line.id) ?? []).map(postedEntry) }])),
  };
}

import type { CommandContext } from '../../../context';
import { RunKind, RunStatus } from '../../../entities/dual-write';
import { timestampOf } from '../../../kernel/clock';
import { recordRun } from '../../runs';
import type { MovedCounts } from './move-rows';
import { performQuarantine, quarantinedSentence } from './quarantine-orphans.command';
import { performRelease, releasedSentence } from './release-quarantined.command';

const isSome = ({ stagedActualCount, stagedMilestoneCount }: MovedCounts): boolean => stagedActualCount + stagedMilestoneCount > 0;

/**
 * The quarantine as periodic work: first out with what has its source again, then in with orphans that arrived longer ago than the grace.
 * It leaves a run behind only when something moved, and says in a sentence what did.
 */
export async function tendQuarantine(context: CommandContext, graceMs: number): Promise<string | null> {
  const startedOn = timestampOf(context.clock);
  const released = await performRelease(context, { ids: null, returnedOnly: true });
  const quarantined = await performQuarantine(context, { ids: null, kinds: null, graceMs });
  const sentences = [...(isSome(released) ? [releasedSentence(released)] : []), ...(isSome(quarantined) ? [quarantinedSentence(quarantined)] : [])];
  if (sentences.length === 0) return null;
  const message = sentences.join(' ');
  await recordRun(context, RunKind.QUARANTINE, startedOn, { status: RunStatus.SUCCEEDED, message, outcome: { released, quarantined } });
  return message;
}

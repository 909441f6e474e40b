import type { CommandContext } from '../../context';
import type { EntityClass } from '../../entities/columns';
import { ProjectContractCustomer, ProjectContractLine } from '../../entities/dataverse';
import { deriveContractLines, deriveFundingSources } from '../../stores/load/derive-masters.store';
import { deriveFromLoad } from '../../stores/load/derive.store';
import { loadAlone, refreshStatistics } from '../../stores/load.store';
import { logChangeSet } from '../../stores/dual-write/sync-log.store';
import type { UnitOfWork } from '../../stores/session';
import { runCommand, type CommandRequest } from '../command';
import { refuseBadRows, type Problem } from './bad-row';
import { RecordLoader, type EntitySetSource, type SetOutcome } from './record-loader';
import { ENTITY_SETS, entitySetNamed } from './registry';

/** What is to be loaded: a folder that was read, or lists of records. */
export interface LoadSource {
  readonly entitySets: readonly EntitySetSource[];
}

export interface LoadOutcome {
  /** The change set of the records that go to finance; null when there were none. */
  readonly changeSetId: string | null;
  /** One entry per entity set of the input, in load order. */
  readonly sets: readonly SetOutcome[];
}

function problemOf({ name, side }: EntitySetSource): Problem | null {
  const set = entitySetNamed(name);
  if (!set) return { code: 'UNKNOWN_ENTITY_SET', column: '', sentence: `${JSON.stringify(name)} is not an entity set that is loaded` };
  if (side && set.side !== side) return { code: 'UNKNOWN_ENTITY_SET', column: '', sentence: `${name} is an entity set of ${set.side}, not of ${side}` };
  return null;
}

/**
 * Loads records of both systems as one unit of work and one change set. What was loaded before from the same source changes
 * nothing; loads that come at once wait for each other. When any row is bad, nothing is loaded and every bad row is refused by
 * file, row and column (RECORDS_REFUSED).
 */
export async function loadRecords(context: CommandContext, source: LoadSource, request: CommandRequest): Promise<LoadOutcome> {
  return runCommand(context, request, (work) => loadInto(work, context, source));
}

async function loadInto(work: UnitOfWork, context: CommandContext, source: LoadSource): Promise<LoadOutcome> {
  await loadAlone(work);
  const loader = new RecordLoader(work, context);
  await loader.start();
  for (const entitySet of source.entitySets) {
    const problem = problemOf(entitySet);
    if (problem) loader.report({ file: entitySet.file, row: 0 }, problem);
  }
  const sets: SetOutcome[] = [];
  for (const set of ENTITY_SETS) {
    const sources = source.entitySets.filter((entitySet) => entitySet.name === set.name && !problemOf(entitySet));
    const outcome = await loader.loadSet(set, sources);
    if (sources.length > 0) sets.push(outcome);
  }
  await loader.finish();
  refuseBadRows(loader.bad);
  await deriveMasters(work, context, loader, source);
  const changeSetId = await logNewRecords(work, context, loader);
  const changed = ENTITY_SETS.filter((set) => sets.some((outcome) => outcome.name === set.name && outcome.new > 0));
  await refreshStatistics(work, changed.map((set) => set.entity), sets.reduce((rows, outcome) => rows + outcome.new, 0));
  return { changeSetId, sets };
}

/** The table maps look contract lines and funding sources up in finance, so a load without finance's gives them those of Dataverse. */
async function deriveMasters(work: UnitOfWork, context: CommandContext, loader: RecordLoader, { entitySets }: LoadSource): Promise<void> {
  const isAbsent = (set: string) => !entitySets.some(({ name }) => name === set);
  const newIds = (entity: EntityClass) => loader.newMasterIds.get(entity)!;
  const nextId = () => context.ids.next();
  if (isAbsent('ProjectContractLines')) await deriveContractLines(work, 'ProjectContractLines', newIds(ProjectContractLine), nextId);
  if (isAbsent('ProjectFundingSources')) await deriveFundingSources(work, 'ProjectFundingSources', newIds(ProjectContractCustomer), nextId);
}

async function logNewRecords(work: UnitOfWork, context: CommandContext, loader: RecordLoader): Promise<string | null> {
  if (!loader.hasStamped) return null;
  await deriveFromLoad(work, loader.changeSetId);
  const logged = await logChangeSet(work, context, loader.changeSetId, [...loader.touched]);
  return logged === 0 ? null : loader.changeSetId;
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { CommandContext } from '../../context';
import { ResumeMode } from '../../entities/dual-write/enums';
import type { CommandRequest } from '../../flow/command';
import { startOperations } from '../../flow/3-sync/operate/continue-operations';
import { pauseTableMaps } from '../../flow/3-sync/operate/pause-table-maps.command';
import { resumeTableMaps } from '../../flow/3-sync/operate/resume-table-maps.command';
import { runTableMaps } from '../../flow/3-sync/operate/run-table-maps.command';
import { stopTableMaps } from '../../flow/3-sync/operate/stop-table-maps.command';
import { withinWait } from '../../flow/runs';
import { NamedTableMapInput, OperateTableMapsInput, ResumeTableMapsInput, RunTableMapsInput } from '../../schema/dual-write/operate.input';
import { OperateTableMapsPayload, ResumeTableMapsPayload, RunTableMapsPayload } from '../../schema/dual-write/operate.payload';
import { readTableMaps } from '../../stores/dual-write/table-map.store';
import { keyOf } from '../../stores/reading/global-id';
import { answer, requestOf, workOf } from '../mutation';
import type { RequestContext } from '../request-context';

type Command = (context: CommandContext, input: OperateTableMapsInput, request: CommandRequest) => Promise<{ tableMapIds: string[] }>;

/** The input with its maps named by key, whichever ids the caller gave. */
function withKeys<Input extends { readonly tableMaps: readonly NamedTableMapInput[] }>(input: Input): Input {
  const tableMaps = input.tableMaps.map((named, index) =>
    ({ ...named, id: named.id ? keyOf('TableMap', named.id, ['input', 'tableMaps', String(index), 'id']) : null }));
  return { ...input, tableMaps };
}

function operate(context: CommandContext, mutation: string, command: Command, input: OperateTableMapsInput) {
  return answer({ tableMaps: [] as string[] }, async () => {
    const wanted = withKeys(input);
    return { tableMaps: (await command(context, wanted, requestOf(mutation, wanted))).tableMapIds };
  });
}

/** Goes on with what an operation has begun, for as long as the caller waits. Gives the run. */
async function continued(context: CommandContext, tableMapIds: readonly string[], request: CommandRequest, waitMs?: number | null): Promise<string> {
  const names = (await readTableMaps(context.database.reader)).filter((map) => tableMapIds.includes(map.id)).map((map) => map.name);
  const run = await startOperations(context, names, workOf(request));
  await withinWait(run.finished, waitMs);
  return run.id;
}

@Resolver()
export class OperateResolver {
  @Mutation(() => RunTableMapsPayload, { description: 'Runs table maps that are stopped or paused, at once or after an initial sync; the next sync carries what was queued meanwhile.' })
  runTableMaps(@Arg('input', { description: 'Which table maps, and how.' }) input: RunTableMapsInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMaps: [] as string[], run: null as string | null }, async () => {
      const { waitMs, ...wanted } = withKeys(input);
      const request = requestOf('runTableMaps', wanted);
      const { tableMapIds, isInitializing } = await runTableMaps(command, wanted, request);
      return { tableMaps: tableMapIds, run: isInitializing ? await continued(command, tableMapIds, request, waitMs) : null };
    });
  }

  @Mutation(() => OperateTableMapsPayload, { description: 'Pauses running table maps, and with them the maps that depend on them: their changes are queued, and nothing is lost.' })
  pauseTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'pauseTableMaps', pauseTableMaps, input);
  }

  @Mutation(() => ResumeTableMapsPayload, { description: 'Resumes table maps: they catch up with their queue, or skip to live and leave it behind, kept as sync errors or discarded.' })
  resumeTableMaps(@Arg('input', { description: 'Which table maps, and how.' }) input: ResumeTableMapsInput, @Ctx() { command }: RequestContext) {
    return answer({ tableMaps: [] as string[], run: null as string | null }, async () => {
      const { waitMs, ...wanted } = withKeys(input);
      const request = requestOf('resumeTableMaps', wanted);
      const { tableMapIds } = await resumeTableMaps(command, wanted, request);
      const isKept = input.mode === ResumeMode.SKIP_TO_LIVE_KEEPING_QUEUE;
      return { tableMaps: tableMapIds, run: isKept ? await continued(command, tableMapIds, request, waitMs) : null };
    });
  }

  @Mutation(() => OperateTableMapsPayload, { description: 'Stops table maps, so that they can be edited. Their changes are queued as while they are paused.' })
  stopTableMaps(@Arg('input', { description: 'Which table maps.' }) input: OperateTableMapsInput, @Ctx() { command }: RequestContext) {
    return operate(command, 'stopTableMaps', stopTableMaps, input);
  }
}

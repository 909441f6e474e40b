import { PeriodicJob } from '../../../entities/gateway';
import { defineSource, type Source } from '../source';

/** What the graph shows of the gateway itself. */

export const periodicJobSource: Source = defineSource({
  name: 'PeriodicJob', entity: PeriodicJob, defaultOrder: [{ property: 'name', direction: 'ASC' }],
});

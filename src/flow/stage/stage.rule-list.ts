/** Rules of stage and blockers. Every rule has at least one test whose title begins with its id. */
export const STAGE_RULES = {
  'STAGE-01': 'A proforma that is a draft or in review waits to be confirmed.',
  'STAGE-02': 'A confirmed proforma waits for the sync until its header, actuals, connections and milestones are in finance.',
  'STAGE-03': 'What a table map could not carry is told with the error of the map, apart from what has not been sent.',
  'STAGE-04': 'A proforma waits for import until its proposal has its lines, and every line tells what it waits for.',
  'STAGE-05': 'A proposal with lines waits for posting; a closed period, a missing rate and missing set-up, the account of an exchange rate difference included, are told beforehand.',
  'STAGE-06': 'A proforma whose invoice is posted waits until invoice number and every billed actual are written back; then it is done.',
  'STAGE-07': 'Every blocker has a code, a sentence with its numbers, a next step and up to ten of the records.',
  'STAGE-08': 'Stages and blockers of any number of documents are read with the same number of statements.',
  'STAGE-09': 'What waits for a table map that is paused or stopped says so, and names the mutation that lets it go on.',
  'STAGE-10': 'What was dismissed, or discarded with a queue, says so and that a sync that names the proforma carries it: no retry and no other sync does.',
} as const;

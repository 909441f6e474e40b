/** What alert rules promise, one sentence each. Tests' titles begin with the id. */
export const ALERT_RULES = {
  'ALERT-01': 'A rule fires when a table map has as many failures within its minutes as its threshold says, and then once within these minutes, however many follow.',
  'ALERT-02': 'A rule that pauses or stops does it in the middle of a run: the run leaves the map at its next chunk, and the queue is kept.',
  'ALERT-03': 'An alert is stored with its notification in one unit of work; any process sends it, again after growing pauses, until the receiver answers 2xx, at least once and always under one id.',
  'ALERT-04': 'A notification is signed after the Standard Webhooks specification with the secret of its rule, which no answer shows.',
  'ALERT-05': 'A notification that was refused twenty times is FAILED, and stays listed with the reason.',
  'ALERT-06': 'A bad rule is refused with an error that names each field, and a changed or deleted one by its version.',
  'ALERT-07': 'Of any number of processes that see a rule come up to its threshold at once, one fires it, and one pauses or stops the map.',
  'ALERT-08': 'A notification that a process had taken when it died is sent by another one when the lease is over, under the same id.',
  'ALERT-09': 'A gateway sends notifications by itself, whether or not a worker runs; no sync waits for a receiver.',
  'ALERT-10': 'A receiver that does not answer in time, or redirects, has not taken the notification; a redirect is not followed.',
  'ALERT-11': 'A notification that was given up can be sent again, under the same id and with all its tries; in another state, or without a webhook, that is refused.',
  'ALERT-12': 'What fails in an initial sync counts as it does in any run; a rule that stops the map gives the initial sync up behind the chunk that it is at.',
} as const;

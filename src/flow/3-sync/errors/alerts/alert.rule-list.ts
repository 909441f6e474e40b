/** What alert rules promise, one sentence each. Tests' titles begin with the id. */
export const ALERT_RULES = {
  'ALERT-01': 'A rule fires when a table map has as many failures within its minutes as its threshold says, and then once within these minutes, however many follow.',
  'ALERT-02': 'A rule that pauses or stops does it in the middle of a run: the run leaves the map at its next chunk, and the queue is kept.',
  'ALERT-03': 'An alert is stored with its notification in one unit of work; any process sends it, again after growing pauses, until the receiver answers 2xx, at least once.',
  'ALERT-04': 'A notification is signed after the Standard Webhooks specification with the secret of its rule, which no answer shows.',
  'ALERT-05': 'A notification that was refused twenty times is FAILED, and stays listed with the reason.',
  'ALERT-06': 'A bad rule is refused with an error that names each field, and a changed or deleted one by its version.',
} as const;

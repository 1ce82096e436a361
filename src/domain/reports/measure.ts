/** What reports count of the leads they are about; each number is that of a list of leads. */
export const MEASURES = [
  'received',
  'duplicate',
  'quarantined',
  'invalid',
  'reached',
  'appointment',
  'shown',
  'qualified',
  'converted',
  'sold',
  'lost',
  'deleted'
] as const
export type Measure = (typeof MEASURES)[number]

/** Measures as people read them. */
export const MEASURE_LABELS: Record<Measure, string> = {
  received: 'Received',
  duplicate: 'Duplicates',
  quarantined: 'Quarantined',
  invalid: 'Invalid',
  reached: 'Reached',
  appointment: 'Appointments',
  shown: 'Shown',
  qualified: 'Qualified',
  converted: 'Converted',
  sold: 'Sold',
  lost: 'Lost',
  deleted: 'Deleted'
}

/** How many leads there are by each measure. */
export type Counts<M extends Measure = Measure> = Record<M, number>

/** What counts come to together. */
export function sumCounts<M extends Measure>(
  measures: readonly M[],
  all: readonly Counts<M>[]
): Counts<M> {
  const sums = measures.map((measure) => [
    measure,
    all.reduce((sum, counts) => sum + counts[measure], 0)
  ])
  return Object.fromEntries(sums) as Counts<M>
}

/** What each measure counts, as the API tells it. */
export const MEASURE_MEANINGS: Record<Measure, string> = {
  received: 'All of them.',
  duplicate: 'The same person had asked the same within the dealer’s window: `duplicateOf` is set.',
  quarantined: 'Held back now.',
  invalid:
    'The person can’t be reached: no e-mail address is valid and no number can be dialled, or a call ended ' +
    '`wrong_number` or an e-mail `bounced`, and no contact succeeded.',
  reached: 'A user spoke, wrote with or met the person: `reached` of the clock.',
  appointment:
    'A meeting was arranged about it: an appointment, test drive, meeting or visit that is not ' +
    'cancelled.',
  shown: 'The person came to such a meeting: it is done.',
  qualified:
    'It was found to be qualified, or was moved to a status of group `qualified`, at any time.',
  converted: 'It has a client now, by a link or a conversion.',
  sold: 'It has a sale that was not undone and is not cancelled.',
  lost: 'Its status is of group `lost` now.',
  deleted: 'Its status is of group `deleted` now.'
}

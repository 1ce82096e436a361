/** The measures of reports. Each number counts the leads of a list. */
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

/** The sum of the counts. */
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

/** The description of each measure in the API. */
export const MEASURE_MEANINGS: Record<Measure, string> = {
  received: 'All received leads.',
  duplicate: 'The lead repeats an earlier request of the person: `duplicateOf` is set.',
  quarantined: 'The lead is in quarantine now.',
  invalid:
    'The person can’t be reached: the lead has no valid e-mail address and no valid phone ' +
    'number, or a call ended `wrong_number` or an e-mail `bounced`, and no other contact ' +
    'succeeded.',
  reached: 'A user reached the person: `reached` of the clock is set.',
  appointment: 'The lead has an appointment, test drive, meeting or visit that is not cancelled.',
  shown: 'The person came: one of these appointments is done.',
  qualified:
    'The lead was qualified with the result `qualified`, or moved to a status of group `qualified`, at ' +
    'any time. A move that was undone is not counted.',
  converted: 'The lead has a client now, by a link or a conversion.',
  sold: 'The lead has a sale that is neither undone nor cancelled.',
  lost: 'The status of the lead is in the group `lost` now.',
  deleted: 'The status of the lead is in the group `deleted` now.'
}

import t from 'tap'

import type { ActivityState } from '../../../src/domain/activities/activity.ts'
import { announcementsOf, watchAfterChange } from '../../../src/domain/activities/announcement.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour))
const activity = (
  dueAt: Date | null,
  remindAt: Date | null = null,
  watchAt: Date | null = null,
  state: ActivityState = 'planned'
) => ({ state, dueAt, remindAt, watchAt })

const NOW = at(12)

void t.test('a new activity is announced at its reminder, if ahead, and when due', (t) => {
  const first = (dueAt: Date | null, remindAt: Date | null, state: ActivityState = 'planned') =>
    watchAfterChange(null, { state, dueAt, remindAt }, NOW)
  t.strictSame(first(at(15), at(14)), at(14))
  t.strictSame(first(at(15), null), at(15))
  t.strictSame(first(at(15), at(11)), at(15), 'a reminder that is past reminds of nothing')
  t.strictSame(first(at(15), at(16)), at(15), 'a reminder may follow')
  t.strictSame(first(null, at(14)), at(14))
  t.strictSame(first(at(9), null), at(9), 'what is overdue already is said to be so')
  t.equal(first(null, null), null)
  for (const state of ['done', 'missed', 'cancelled'] as const) {
    t.equal(first(at(15), at(14), state), null, state)
  }
  t.end()
})

void t.test('a change announces anew only what has changed, or was not announced yet', (t) => {
  const both = activity(at(15), at(14), at(14))
  t.strictSame(watchAfterChange(both, both, NOW), at(14))
  t.strictSame(watchAfterChange(both, activity(at(15)), NOW), at(15), 'the reminder is taken away')
  const announced = activity(at(11), at(10), null)
  t.equal(watchAfterChange(announced, announced, NOW), null, 'once')
  t.strictSame(watchAfterChange(announced, activity(at(16), at(10)), NOW), at(16), 'put off')
  t.strictSame(watchAfterChange(announced, activity(at(11), at(13)), NOW), at(13), 'remind again')
  t.strictSame(watchAfterChange(announced, activity(at(9), at(10)), NOW), at(9))
  const owed = activity(at(11), at(10), at(10))
  t.strictSame(watchAfterChange(owed, owed, NOW), at(10), 'what the watch has not come to stays')
  t.strictSame(watchAfterChange(activity(at(11), at(10), at(11)), owed, NOW), at(11))
  const done = activity(at(11), null, null, 'done')
  t.strictSame(watchAfterChange(done, activity(at(11)), NOW), at(11), 'reopened')
  t.equal(watchAfterChange(both, activity(at(15), at(14), null, 'done'), NOW), null)
  t.end()
})

void t.test('each time announces its own, then leads on to the next', (t) => {
  t.strictSame(announcementsOf(activity(at(15), at(14), at(14))), {
    announced: ['activity.reminder'],
    next: at(15)
  })
  t.strictSame(announcementsOf(activity(at(15), at(14), at(15))), {
    announced: ['activity.overdue'],
    next: null
  })
  t.strictSame(announcementsOf(activity(at(15), at(15), at(15))), {
    announced: ['activity.reminder', 'activity.overdue'],
    next: null
  })
  t.strictSame(announcementsOf(activity(at(15))), { announced: [], next: null })
  t.end()
})

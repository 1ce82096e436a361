import t from 'tap'

import { followUpDue } from '../../../src/domain/clients/follow-up.ts'

void t.test(
  'a follow-up is due at nine of the next working morning, by the dealer’s clock',
  (t) => {
    const due = (now: string, zone: string) => followUpDue(new Date(now), zone).toISOString()
    t.equal(due('2026-11-19T10:00:00Z', 'Europe/Warsaw'), '2026-11-20T08:00:00.000Z', 'Thursday')
    t.equal(due('2026-11-20T10:00:00Z', 'Europe/Warsaw'), '2026-11-23T08:00:00.000Z', 'Friday')
    t.equal(due('2026-11-22T22:59:59Z', 'Europe/Warsaw'), '2026-11-23T08:00:00.000Z', 'Sunday')
    t.equal(
      due('2026-11-22T23:00:00Z', 'Europe/Warsaw'),
      '2026-11-24T08:00:00.000Z',
      'Monday there'
    )
    t.equal(due('2026-11-24T03:00:00Z', 'America/New_York'), '2026-11-24T14:00:00.000Z')
    t.equal(due('2026-11-24T12:00:00.123Z', 'Asia/Kathmandu'), '2026-11-25T03:15:00.000Z')
    t.equal(
      due('2026-03-27T10:00:00Z', 'Europe/Warsaw'),
      '2026-03-30T07:00:00.000Z',
      'summer begins'
    )
    t.equal(due('2026-10-23T10:00:00Z', 'Europe/Warsaw'), '2026-10-26T08:00:00.000Z', 'and ends')
    t.end()
  }
)

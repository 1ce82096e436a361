import t from 'tap'

import { quietAfterMs } from '../../../src/domain/dealers/quiet-source.ts'
import {
  KINDS,
  NOTIFICATION_KINDS,
  allModes,
  kindOf,
  modeOf
} from '../../../src/domain/notifications/kinds.ts'
import { planNotification } from '../../../src/domain/notifications/notification.ts'
import { hearersOfQueue } from '../../../src/domain/notifications/queue-recipients.ts'
import type { QueueRecipient } from '../../../src/domain/notifications/queue-recipients.ts'
import { warnOfOfferAt } from '../../../src/domain/qualification/offer-warning.ts'

const NOON = new Date('2026-11-23T12:00:00Z')

function user(id: string, words: Partial<QueueRecipient> = {}): QueueRecipient {
  const address = { name: id, email: `${id}@dealer.test` }
  const rest = { queueId: 'q', notificationModes: {}, absences: [], workingHours: null }
  return { id, ...address, ...rest, ...words }
}

void t.test('each kind has a mail of its own, by which it is known', (t) => {
  for (const kind of KINDS) t.equal(kindOf(NOTIFICATION_KINDS[kind].purpose), kind)
  t.equal(kindOf('auto_response'), null)
  t.equal(kindOf('digest_mail'), null)
  t.equal(modeOf({}, 'overdue'), 'digest')
  t.equal(modeOf({ overdue: 'off' }, 'overdue'), 'off')
  t.strictSame(Object.keys(allModes({})), KINDS)
  t.end()
})

void t.test('users are told as they chose', (t) => {
  const users = [user('a'), user('b', { notificationModes: { reminder: 'off' } })]
  const told = planNotification('reminder', users, { aboutId: 'x', key: 'x' })
  t.strictSame(
    told.map(({ userId, mode, purpose, aboutId }) => [userId, mode, purpose, aboutId]),
    [
      ['a', 'now', 'reminder_mail', 'x'],
      ['b', 'off', 'reminder_mail', 'x']
    ]
  )
  t.end()
})

void t.test('who hears of a queue', (t) => {
  const closed = { timeZone: null, week: {}, holidays: [] }
  const away = [{ from: '2026-11-01T00:00:00.000Z', until: null }]
  const owner = user('owner', { queueId: null })
  const silent = { leadAddress: null, adfAddress: null }
  const hear = (
    recipients: QueueRecipient[],
    words: Partial<Parameters<typeof hearersOfQueue>[1]> = {}
  ) => {
    const facts = { queueId: 'q', settings: silent, workingHours: null, zone: 'Europe/Warsaw' }
    const all = hearersOfQueue(recipients, { ...facts, at: NOON, exceptId: null, ...words })
    return all.map(({ id }) => id)
  }
  const off = user('off', { workingHours: closed })
  const ill = user('ill', { absences: away })
  t.strictSame(hear([user('a'), off, ill, owner]), ['a'], 'members on duty')
  t.strictSame(hear([off, ill, owner]), ['off'], 'where none is, those who are not away')
  t.strictSame(hear([ill, owner]), [], 'a queue of members who are away is theirs all the same')
  t.strictSame(hear([user('a'), owner], { workingHours: closed }), ['a'])
  t.strictSame(hear([user('x', { queueId: 'other' }), owner]), ['owner'], 'a queue without members')
  t.strictSame(hear([owner], { settings: { ...silent, leadAddress: 'l@dealer.test' } }), [])
  t.strictSame(hear([owner], { settings: { ...silent, adfAddress: 'l@dealer.test' } }), [])
  t.strictSame(hear([user('a'), user('b')], { exceptId: 'a' }), ['b'], 'who put it there knows')
  t.strictSame(hear([user('a')], { exceptId: 'a' }), [])
  t.strictSame(hear([owner], { exceptId: 'owner' }), [])
  t.end()
})

void t.test('a source is quiet after twice its longest pause, a day at least', (t) => {
  const hours = (...ago: number[]) => ago.map((h) => new Date(NOON.getTime() - h * 3_600_000))
  const every = (pause: number, count: number) =>
    hours(...Array.from({ length: count }, (_, index) => index * pause))
  t.equal(quietAfterMs(null, every(1, 10)), 24 * 3_600_000)
  t.equal(quietAfterMs(null, every(20, 10)), 40 * 3_600_000)
  t.equal(quietAfterMs(null, [...every(1, 10), ...hours(69)]), 120 * 3_600_000, 'the longest')
  t.equal(quietAfterMs(null, every(1, 9)), null, 'too few say nothing')
  t.equal(quietAfterMs(2, []), 2 * 3_600_000, 'the setting needs none')
  t.end()
})

void t.test('an offer is warned of a quarter of its time before its end, an hour at most', (t) => {
  const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000)
  t.strictSame(warnOfOfferAt({ createdAt: NOON, expiresAt: after(120) }), after(90))
  t.strictSame(warnOfOfferAt({ createdAt: NOON, expiresAt: after(6000) }), after(5940))
  t.equal(warnOfOfferAt({ createdAt: NOON, expiresAt: null }), null)
  t.end()
})

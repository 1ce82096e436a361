import fc from 'fast-check'
import t from 'tap'

import {
  correctLedger,
  restoreToLedger,
  stanceOn,
  stancesAt
} from '../../../src/domain/clients/consent-ledger.ts'
import type { LedgerEntry } from '../../../src/domain/clients/consent-ledger.ts'
import { consentsOfLead } from '../../../src/domain/clients/consent.ts'
import { content } from '../../support/builders.ts'
import { SlowRecord } from './slow-record.ts'

const AT = new Date('2026-11-21T10:00:00Z')

let made = 0

function entry(words: Partial<LedgerEntry>): LedgerEntry {
  made += 1
  return {
    id: `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    purpose: 'marketing',
    channel: null,
    granted: true,
    origin: 'direct',
    leadId: null,
    operationId: null,
    effectiveAt: AT,
    voidFrom: null,
    ...words
  }
}

/** The ledger as the use cases keep it: adds and takes away, and writes what is to be corrected. */
class Ledger {
  entries: LedgerEntry[] = []

  change(at: Date, added: LedgerEntry[], voided: readonly LedgerEntry[]): void {
    this.#void(at, voided)
    this.entries.push(...added)
    const correction = correctLedger(this.entries, at)
    this.#void(at, correction.voided)
    for (const { source, ...words } of correction.restated) {
      const { purpose, granted } = source
      this.entries.push(entry({ purpose, granted, ...words, origin: 'narrowed', effectiveAt: at }))
    }
    const left = correctLedger(this.entries, at)
    if (left.voided.length + left.restated.length > 0) throw new Error('a correction is not enough')
  }

  answers(at: Date, purposes: readonly string[], channels: readonly (string | null)[]): string[] {
    const stances = stancesAt(this.entries, at)
    return purposes.flatMap((purpose) =>
      channels.map((channel) => {
        const stance = stanceOn(stances, purpose, channel)
        const answer = stance === null ? 'silent' : stance.granted ? 'granted' : 'refused'
        return `${purpose} ${channel}: ${answer}`
      })
    )
  }

  #void(at: Date, gone: readonly LedgerEntry[]): void {
    const ids = new Set(gone.map(({ id }) => id))
    this.entries = this.entries.map((one) => (ids.has(one.id) ? { ...one, voidFrom: at } : one))
  }
}

/** Short for what is said: `+email`, `-email`, `+*`, `-*`. */
function say(words: string, rest: Partial<LedgerEntry> = {}): LedgerEntry {
  const channel = words.slice(1)
  return entry({
    granted: words.startsWith('+'),
    channel: channel === '*' ? null : channel,
    ...rest
  })
}

void t.test('the latest that covers a channel holds, and the narrower of what is joined', (t) => {
  // Steps in their order: said by the person, or joined (`join: ...`) by lead a, b or c; `gone: a`.
  const cases: [string, string[], Record<string, string>][] = [
    ['nothing was said', [], { email: 'silent' }],
    ['the latest counts', ['-email', '+email'], { email: 'granted', sms: 'silent' }],
    ['all channels cover one', ['-*'], { email: 'refused', sms: 'refused' }],
    ['one after all', ['-*', '+email'], { email: 'granted', sms: 'refused' }],
    ['all after one', ['+email', '-*'], { email: 'refused', sms: 'refused' }],
    ['a joined grant does not widen', ['-email', 'a: +email'], { email: 'refused' }],
    ['a joined refusal narrows', ['+email', 'a: -email'], { email: 'refused' }],
    ['silence is no refusal', ['+sms', 'a: +email'], { sms: 'granted', email: 'granted' }],
    ['refused for all, granted for one', ['-*', 'a: +email'], { email: 'refused', sms: 'refused' }],
    ['granted for one, refused for all', ['+email', 'a: -*'], { email: 'refused', sms: 'refused' }],
    ['refused for one, granted for all', ['-email', 'a: +*'], { email: 'refused', sms: 'granted' }],
    [
      'refused for all but one, granted for all',
      ['-*', '+sms', 'a: +*'],
      { email: 'refused', sms: 'granted', post: 'refused' }
    ],
    [
      'what the person says later counts again',
      ['-email', 'a: +email', '+email'],
      { email: 'granted' }
    ],
    ['and then joins are weighed anew', ['-email', '+email', 'a: +email'], { email: 'granted' }],
    [
      'a lead that goes takes its refusal',
      ['+email', 'a: -email', 'gone: a'],
      { email: 'granted' }
    ],
    ['and its grant', ['a: +email', 'gone: a'], { email: 'silent' }],
    [
      'what its refusal narrowed widens again',
      ['a: -email', 'b: +email', 'gone: a'],
      { email: 'granted' }
    ],
    [
      'what another refused still holds',
      ['a: -email', 'b: +email', 'c: +email', 'gone: b'],
      { email: 'refused' }
    ],
    [
      'what was no join before becomes one',
      ['-email', 'by a: +email', 'b: +email', 'gone: a'],
      { email: 'refused' }
    ]
  ]
  for (const [name, steps, expected] of cases) {
    const ledger = new Ledger()
    steps.forEach((step, number) => {
      const at = new Date(AT.getTime() + number)
      const [, how = '', words = step] = /^(.+): (.*)$/.exec(step) ?? []
      const effectiveAt = at
      if (how === 'gone') {
        ledger.change(
          at,
          [],
          ledger.entries.filter(({ leadId }) => leadId === words)
        )
      } else if (how.startsWith('by ')) {
        ledger.change(at, [say(words, { leadId: how.slice(3), effectiveAt })], [])
      } else if (how === '') {
        ledger.change(at, [say(words, { effectiveAt })], [])
      } else {
        const joined = {
          origin: 'link',
          leadId: how,
          operationId: `${number}`,
          effectiveAt
        } as const
        ledger.change(
          at,
          words.split(' ').map((one) => say(one, joined)),
          []
        )
      }
    })
    const [channels, end] = [Object.keys(expected), new Date(AT.getTime() + 100)]
    const wanted = Object.entries(expected).map(([channel, is]) => `marketing ${channel}: ${is}`)
    t.strictSame(ledger.answers(end, ['marketing'], channels), wanted, name)
  }
  t.end()
})

const PURPOSES = ['marketing', 'profiling']
const CHANNELS = ['email', 'sms', null]
const LEADS = ['a', 'b', 'c']

const statement = fc.record({
  purpose: fc.constantFrom(...PURPOSES),
  channel: fc.constantFrom(...CHANNELS),
  granted: fc.boolean()
})
const step = fc.oneof(
  fc.record({
    kind: fc.constant('say' as const),
    said: statement,
    about: fc.option(fc.constantFrom(...LEADS))
  }),
  fc.record({
    kind: fc.constant('join' as const),
    said: fc.array(statement, { minLength: 1, maxLength: 3 }),
    lead: fc.constantFrom(...LEADS),
    origin: fc.constantFrom('link' as const, 'conversion' as const, 'merge' as const)
  }),
  fc.record({ kind: fc.constant('void' as const), lead: fc.constantFrom(...LEADS) }),
  fc.record({ kind: fc.constant('restore' as const) })
)

void t.test('agrees with a record kept on paper, at any moment, whatever happens to it', (t) => {
  const walk = fc.array(fc.tuple(step, fc.nat(1)), { maxLength: 25 })
  fc.assert(
    fc.property(walk, (steps) => {
      const [ledger, paper] = [new Ledger(), new SlowRecord()]
      const seen: [Date, string[]][] = []
      let gone: { ours: LedgerEntry[]; theirs: LedgerEntry[] } | null = null
      let at = AT
      steps.forEach(([todo, passes], number) => {
        at = new Date(at.getTime() + passes)
        if (todo.kind === 'void') {
          const inForce = ledger.entries.filter(({ voidFrom }) => voidFrom === null)
          const ours = inForce.filter(({ leadId }) => leadId === todo.lead)
          ledger.change(at, [], ours)
          const said = ours.filter(({ origin }) => origin !== 'narrowed')
          gone = { ours: said, theirs: paper.strike(todo.lead) }
        } else if (todo.kind === 'restore') {
          const inForce = ledger.entries.filter(({ voidFrom }) => voidFrom === null)
          const { voided, restated } = restoreToLedger(inForce, gone?.ours ?? [])
          const effectiveAt = at
          const anew = restated.map(({ id: _, ...words }) =>
            entry({ ...words, effectiveAt, voidFrom: null })
          )
          ledger.change(at, anew, voided)
          paper.unstrike(gone?.theirs ?? [])
          gone = null
        } else {
          const joined = todo.kind === 'join'
          const words = joined
            ? { leadId: todo.lead, origin: todo.origin, operationId: `${number}` }
            : { leadId: todo.about }
          const all = joined ? todo.said : [todo.said]
          const added = all.map((one) => entry({ ...one, ...words, effectiveAt: at }))
          ledger.change(at, added, [])
          paper.add(added)
        }
        // Of what happens within one millisecond, the last is what can be asked for later.
        if (seen.at(-1)?.[0].getTime() === at.getTime()) seen.pop()
        seen.push([at, paper.answers(PURPOSES, CHANNELS)])
      })
      for (const [moment, answers] of seen) {
        const ours = ledger.answers(moment, PURPOSES, CHANNELS)
        if (ours.join() !== answers.join()) {
          throw new Error(`${moment.toISOString()}: ${ours.join()} instead of ${answers.join()}`)
        }
      }
    }),
    { numRuns: 3000 }
  )
  t.end()
})

void t.test('the statements of a lead keep their order', (t) => {
  const receivedAt = AT
  const consent = (words: object) => ({
    purpose: 'marketing',
    channel: null,
    granted: true,
    text: null,
    textVersion: null,
    language: null,
    page: null,
    ip: null,
    givenAt: null,
    proofUrl: null,
    ...words
  })
  const order = (consents: object[]) => {
    const lead = { id: 'a', content: content({ consents: consents.map(consent) }), receivedAt }
    return consentsOfLead(lead).map(
      ({ granted, channel }) => `${granted ? '+' : '-'}${channel ?? '*'}`
    )
  }
  t.strictSame(
    order([{ granted: false }, { channel: 'email' }, {}, { granted: false, channel: 'sms' }]),
    ['+*', '+email', '-*', '-sms'],
    'of one moment, the narrower last'
  )
  t.strictSame(
    order([
      { channel: 'email', givenAt: '2026-03-01T00:00:00+02:00' },
      { granted: false, givenAt: '2026-01-01T00:00:00Z' },
      { channel: 'sms', givenAt: '2030-01-01T00:00:00Z' },
      { granted: false, channel: 'post' }
    ]),
    ['-*', '+email', '+sms', '-post'],
    'by when it was given; nothing after the lead itself'
  )
  t.end()
})

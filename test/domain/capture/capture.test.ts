import t from 'tap'
import type { AssignableUser } from '../../../src/domain/routing/assignable-user.ts'

import { planCapture } from '../../../src/domain/capture/capture.ts'
import type { CaptureCandidate, CaptureFacts } from '../../../src/domain/capture/capture-facts.ts'
import type { CapturePlan } from '../../../src/domain/capture/capture.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../../src/domain/dealers/dealer.ts'
import type { LeadContent } from '../../../src/domain/leads/lead.ts'
import { contact, content } from '../../support/builders.ts'

const receivedAt = new Date('2026-11-21T12:00:00Z')

function user(name: string, words: Partial<AssignableUser> = {}): AssignableUser {
  return {
    id: name,
    name,
    email: `${name}@dealer.test`,
    active: true,
    absences: [],
    workingHours: null,
    capacityPerDay: null,
    languages: [],
    ...words
  }
}

/** What the same person asks, each time. */
function enquiry(words: Partial<LeadContent> = {}): LeadContent {
  const ann = contact({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' })
  return content({ contact: ann, ...words })
}

function facts(words: Partial<CaptureFacts> = {}): CaptureFacts {
  return {
    content: enquiry(),
    receivedAt,
    decidedAt: receivedAt,
    settings: DEFAULT_DEALER_SETTINGS,
    source: { id: 'website', key: 'website', kind: 'website' },
    routing: {
      rules: null,
      users: [],
      queues: [{ id: 'q', name: 'Default', isDefault: true, workingHours: null }],
      timeZone: 'Europe/Warsaw',
      workingHours: null
    },
    queueRecipients: [],
    scoring: null,
    autoResponse: null,
    namedAssignee: null,
    fallbackAssignee: null,
    author: null,
    referral: null,
    candidates: [],
    crowdedKeys: 0,
    ...words
  }
}

/** What becomes of a lead where no rules take turns. */
function planned(known: CaptureFacts): CapturePlan {
  const verdict = planCapture(known)
  if ('ask' in verdict) throw new Error('it asks for a turn')
  return verdict.plan
}

/** A lead of the same person, as the tests' content has them. */
function earlier(
  id: string,
  lead: Partial<NonNullable<CaptureCandidate['lead']>> = {},
  owner: AssignableUser | null = null
): CaptureCandidate {
  return {
    type: 'lead',
    id,
    name: 'Ann Lee',
    contact: enquiry().contact,
    owner,
    lead: {
      statusGroup: 'working',
      sourceId: 'website',
      vehicleKey: null,
      receivedAt: new Date('2026-11-21T10:00:00Z'),
      duplicateOf: null,
      quarantined: false,
      isTest: false,
      ...lead
    }
  }
}

const settings = {
  ...DEFAULT_DEALER_SETTINGS,
  leadAddress: 'leads@dealer.test',
  adfAddress: 'adf@dealer.test',
  testAddress: 'test@dealer.test'
}

void t.test('assignment of a captured lead', async (t) => {
  const referral = {
    id: 'r',
    code: 'c',
    active: true,
    user: user('lena'),
    promoterUserId: null,
    promoter: { id: 'p', name: 'Pia', email: 'pia@example.com', active: true, locale: null }
  }
  const known = [earlier('1', {}, user('karl'))]
  const off = { active: false }
  for (const [promise, words, assignee] of [
    ['nobody is known: the default queue', {}, null],
    ['the one named', { namedAssignee: user('nora'), referral }, 'nora'],
    ['not one who is inactive', { namedAssignee: user('nora', off) }, null],
    ['the link’s user', { referral, candidates: known }, 'lena'],
    [
      'the fallback for an absent one',
      {
        referral: {
          ...referral,
          user: user('lena', { absences: [{ from: '2026-11-20T00:00:00Z', until: null }] })
        },
        fallbackAssignee: user('fay')
      },
      'fay'
    ],
    ['the fallback is for links only', { fallbackAssignee: user('fay') }, null],
    ['who has this person', { candidates: known }, 'karl'],
    [
      'but not when turned off',
      { candidates: known, settings: { ...settings, keepOwner: false } },
      null
    ],
    [
      'nor by a lead that is closed',
      { candidates: [earlier('1', { statusGroup: 'lost' }, user('karl'))] },
      null
    ],
    [
      'nor by somebody else of the household',
      {
        candidates: [
          {
            ...earlier('1', {}, user('karl')),
            contact: contact({ firstName: 'Bob', lastName: 'Lee', email: 'ann@example.com' })
          }
        ]
      },
      null
    ],
    [
      'a client’s responsible user',
      { candidates: [{ ...earlier('1', {}, user('karl')), type: 'client', lead: null }] },
      'karl'
    ]
  ] as const) {
    const plan = planned(facts(words))
    t.equal(plan.assignee?.id ?? null, assignee, promise)
    t.equal(plan.queue === null, assignee !== null, `${promise}: it has one place`)
    t.ok(plan.decisions.some(({ step }) => step === 'routed'))
  }
})

void t.test('a repeated lead names its original', async (t) => {
  const at = (time: string) => ({ receivedAt: new Date(time) })
  for (const [promise, candidates, original] of [
    ['an open lead of the window', [earlier('1')], '1'],
    ['the earliest of several', [earlier('2'), earlier('1', at('2026-11-21T09:00:00Z'))], '1'],
    ['not one before the window', [earlier('1', at('2026-11-20T11:59:59Z'))], null],
    ['one just inside it', [earlier('1', at('2026-11-20T12:00:00Z'))], '1'],
    ['not one that repeats itself', [earlier('1', { duplicateOf: '0' })], null],
    ['not a closed one', [earlier('1', { statusGroup: 'sold' })], null],
    ['not of another source', [earlier('1', { sourceId: 'portal' })], null],
    ['not about another vehicle', [earlier('1', { vehicleKey: 'kia' })], null],
    ['not a quarantined one', [earlier('1', { quarantined: true })], null],
    ['not a test', [earlier('1', { isTest: true })], null]
  ] as const) {
    t.equal(planned(facts({ candidates })).duplicateOf, original, promise)
  }
})

void t.test('notifications of a captured lead', async (t) => {
  const referral = {
    id: 'r',
    code: 'c',
    active: true,
    user: user('lena'),
    promoterUserId: null,
    promoter: { id: 'p', name: 'Pia', email: 'pia@example.com', active: true, locale: null }
  }
  const removed = { ...referral, promoter: { ...referral.promoter, active: false } }
  const unreachable = content({ contact: contact({ fullName: 'Ann' }) })
  for (const [promise, words, purposes] of [
    [
      'all four',
      { referral, settings },
      ['assignee_mail', 'promoter_mail', 'dealer_mail', 'dealer_adf']
    ],
    [
      'a removed promoter no more',
      { referral: removed, settings },
      ['assignee_mail', 'dealer_mail', 'dealer_adf']
    ],
    ['nobody, when nothing is set', {}, []],
    [
      'of a test only the test address',
      { referral, settings, content: enquiry({ isTest: true }) },
      ['test_mail']
    ],
    ['of a test nobody without one', { content: enquiry({ isTest: true }) }, []],
    ['of a quarantined lead nobody', { settings, content: unreachable }, []],
    [
      'of a repeat everybody',
      { settings, candidates: [earlier('1')] },
      ['dealer_mail', 'dealer_adf']
    ],
    [
      'but nobody when turned off',
      { settings: { ...settings, announceDuplicates: false }, candidates: [earlier('1')] },
      []
    ]
  ] as const) {
    const plan = planned(facts(words))
    t.strictSame(
      plan.deliveries.map(({ purpose }) => purpose),
      purposes,
      promise
    )
    const decision = plan.decisions.find(({ step }) => step === 'announced')
    t.equal(decision?.outcome, purposes.length === 0 ? 'none' : 'enqueued')
  }
})

void t.test('every step leaves a decision, and no decision holds personal data', async (t) => {
  const plan = planned(facts({ settings, candidates: [earlier('1', {}, user('karl'))] }))
  t.strictSame(
    plan.decisions.map(({ step }) => step),
    ['validated', 'matched', 'repeated', 'routed', 'announced']
  )
  const text = JSON.stringify(plan.decisions)
  for (const secret of ['Ann', 'Lee', 'ann@example.com', 'dealer.test'])
    t.notOk(text.includes(secret), secret)
})

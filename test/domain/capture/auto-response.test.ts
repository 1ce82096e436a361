import t from 'tap'

import { planAutoResponse } from '../../../src/domain/capture/auto-response.ts'
import type { QuarantineCode } from '../../../src/domain/reasons/decision-reasons.ts'
import type { AutoResponsePlan } from '../../../src/domain/capture/auto-response.ts'
import type { AutoResponseBasis } from '../../../src/domain/auto-responses/auto-response-basis.ts'
import { NO_AUTO_RESPONSES } from '../../../src/domain/auto-responses/auto-response-rules.ts'
import type {
  AutoResponseEntry,
  AutoResponseRules
} from '../../../src/domain/auto-responses/auto-response-rules.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../../src/domain/dealers/dealer.ts'
import type { CaptureFacts } from '../../../src/domain/capture/capture-facts.ts'
import type { Consent, LeadContent } from '../../../src/domain/leads/lead.ts'
import type { Match } from '../../../src/domain/matching/matches.ts'
import { contact, content, leadFacts } from '../../support/builders.ts'

const NOON = new Date('2026-11-21T12:00:00Z')
const hoursBefore = (hours: number) => new Date(NOON.getTime() - hours * 3_600_000)

function consent(purpose: string, granted: boolean, channel: string | null = 'email'): Consent {
  const nothing = { text: null, textVersion: null, language: null, page: null, ip: null }
  return { purpose, channel, granted, ...nothing, givenAt: null, proofUrl: null }
}

function entry(id: string, words: Partial<AutoResponseEntry> = {}): AutoResponseEntry {
  return { id, name: id, criteria: { all: [] }, templateId: `${id}'s`, consent: null, ...words }
}

const client: Match = {
  ...{ type: 'client', id: 'c', name: null, score: 0.95, band: 'sure', reasons: [] }
}

const ann = contact({ firstName: 'Ann', lastName: 'Lee', email: 'Ann@example.com' })

/** What becomes of an answer to Ann, who is answered unless something speaks against it. */
function planned(
  words: {
    rules?: Partial<AutoResponseRules>
    basis?: Partial<AutoResponseBasis>
    lead?: Partial<LeadContent>
    found?: Match[]
    repeatedSince?: Date
    quarantineReason?: QuarantineCode
  } = {}
): AutoResponsePlan {
  const lead = content({ contact: ann, ...words.lead })
  const rules = {
    ...NO_AUTO_RESPONSES,
    default: { templateId: 'usual', consent: null },
    ...words.rules
  }
  const source = { id: 's', key: 'website', kind: 'website' } as const
  const facts: CaptureFacts = {
    content: lead,
    receivedAt: NOON,
    decidedAt: NOON,
    settings: DEFAULT_DEALER_SETTINGS,
    source,
    routing: {
      rules: null,
      users: [],
      queues: [],
      timeZone: 'Europe/Warsaw',
      workingHours: null
    },
    queueRecipients: [],
    scoring: null,
    autoResponse: {
      ruleSetId: 'rules',
      rules,
      ownAddresses: ['desk@dealer.test'],
      isSuppressed: false,
      respondedAt: null,
      clientConsents: {},
      ...words.basis
    },
    namedAssignee: null,
    author: null,
    fallbackAssignee: null,
    referral: null,
    candidates: [],
    crowdedKeys: 0
  }
  return planAutoResponse(facts, {
    lead: leadFacts({ content: lead, source }),
    found: words.found ?? [],
    repeatedSince: words.repeatedSince ?? null,
    quarantineReason: words.quarantineReason ?? null
  })
}

function reasonOf(words: Parameters<typeof planned>[0]): string | undefined {
  const { autoResponse, decisions } = planned(words)
  const [decision] = decisions
  if ((autoResponse === null) !== (decision?.outcome === 'none')) throw new Error('they disagree')
  return decision?.code
}

void t.test('the first entry that fits decides, and else the default', (t) => {
  const kia = { criteria: { field: 'message', contains: 'kia' } }
  const entries = [
    entry('kia', kia),
    entry('cars', { criteria: { field: 'message', contains: 'car' } })
  ]
  const templateOf = (message: string | null, rules: Partial<AutoResponseRules> = { entries }) =>
    planned({ rules, lead: { message } }).autoResponse?.aboutId ?? null
  t.equal(templateOf('A Kia car'), "kia's")
  t.equal(templateOf('A car'), "cars's")
  t.equal(templateOf('A boat'), 'usual')
  t.equal(templateOf('A boat', { entries, default: null }), null)
  t.equal(templateOf('A car', { entries: entries.toReversed() }), "cars's")
  t.equal(templateOf('A Kia car', { entries: entries.toReversed() }), "cars's", 'order counts')

  const none = { entries: [entry('kia', { ...kia, templateId: null }), ...entries] }
  t.equal(templateOf('A Kia car', none), null, 'an entry without a template answers nobody')
  t.equal(reasonOf({ rules: none, lead: { message: 'kia' } }), 'entry_without_template')
  t.equal(reasonOf({ rules: { default: null } }), 'no_entry_fits')
  t.end()
})

void t.test('the auto-response has its recipient and its reason', (t) => {
  const { autoResponse, decisions } = planned({ rules: { entries: [entry('a')] } })
  t.strictSame(autoResponse, {
    purpose: 'auto_response',
    aboutId: "a's",
    channel: 'mail',
    target: { name: 'Ann Lee', address: 'Ann@example.com' },
    dueAt: null
  })
  t.strictSame(decisions, [
    {
      step: 'auto_responded',
      outcome: 'enqueued',
      code: 'entry_fits',
      facts: {
        ruleSetId: 'rules',
        entryId: 'a',
        consentPurpose: null,
        templateId: "a's",
        dueAt: null
      }
    }
  ])
  const quiet = planned({ rules: { quietHours: { from: '12:30', to: '06:00' } } })
  t.equal(quiet.autoResponse?.dueAt?.toISOString(), '2026-11-22T05:00:00.000Z', 'after quiet hours')
  t.equal(quiet.decisions[0]?.code, 'entry_fits_after_quiet_hours')
  t.strictSame(planned({ basis: {} }).decisions.length, 1)
  t.end()
})

void t.test('leads that get no auto-response', (t) => {
  const twice = contact({
    emails: [
      { address: 'ann@', raw: 'ann@', valid: false },
      { address: 'Desk@Dealer.test', raw: 'Desk@Dealer.test', valid: true },
      ...ann.emails
    ]
  })
  for (const [reason, words] of [
    ['quarantined', { quarantineReason: 'unreachable' }],
    ['test_lead', { lead: { isTest: true } }],
    ['no_usable_email', { lead: { contact: contact({ phone: '+48601234567' }) } }],
    ['own_address', { lead: { contact: twice } }],
    ['automatic_header', { lead: { attribution: { autoSubmitted: 'auto-replied' } } }],
    ['automatic_text', { lead: { message: 'Out of office: back on Monday' } }],
    ['address_suppressed', { basis: { isSuppressed: true } }],
    ['auto_responded_recently', { basis: { respondedAt: hoursBefore(23.9) } }],
    ['auto_responded_recently', { basis: { respondedAt: hoursBefore(-10) } }],
    ['repeats_recent_lead', { repeatedSince: hoursBefore(1) }]
  ] as const) {
    t.equal(reasonOf(words), reason)
  }
  t.end()
})

void t.test('once within the window', (t) => {
  const respondedAt = hoursBefore(24)
  t.equal(reasonOf({ basis: { respondedAt } }), 'entry_fits', 'it is over')
  t.equal(reasonOf({ repeatedSince: respondedAt }), 'entry_fits')
  const longer = { rules: { windowHours: 48 } }
  t.match(reasonOf({ ...longer, basis: { respondedAt } }), /^auto_responded_recently$/)
  t.match(reasonOf({ ...longer, repeatedSince: respondedAt }), /^repeats_recent_lead$/)
  t.end()
})

void t.test('the auto-response follows the consents of the person', (t) => {
  const asked = { rules: { entries: [entry('a', { consent: { purpose: 'marketing' } })] } }
  const [given, refused] = [consent('marketing', true), consent('marketing', false)]
  const missing = 'consent_missing'
  const narrower = 'consent_refused'
  const owed = 'entry_fits'
  for (const [promise, reason, consents, onRecord] of [
    ['nothing said', missing, [], []],
    ['given', owed, [given], []],
    ['given for every channel', owed, [consent(' Marketing', true, null)], []],
    ['given for e-mail, spelled otherwise', owed, [consent('marketing', true, 'E-Mail')], []],
    ['given for the phone only', missing, [consent('marketing', true, 'phone')], []],
    ['given for something else', missing, [consent('finance', true)], []],
    ['given and refused', narrower, [given, refused], []],
    ['refused for every channel', narrower, [given, consent('marketing', false, null)], []],
    ['refused for the phone', owed, [given, consent('marketing', false, 'phone')], []],
    ['refused on the client’s record', narrower, [given], [refused]],
    ['something else refused there', owed, [given], [consent('finance', false)]],
    ['given there only', missing, [], [given]],
    [
      'automatic answers refused',
      'auto_response_refused',
      [given, consent('auto_response', false, null)],
      []
    ]
  ] as const) {
    const basis = { clientConsents: { c: onRecord, other: [refused] } }
    const words = { ...asked, basis, lead: { consents: [...consents] } }
    t.equal(reasonOf({ ...words, found: [client] }), reason, promise)
  }
  const basis = { clientConsents: { c: [refused] } }
  const possible: Match = { ...client, band: 'possible' }
  t.equal(
    reasonOf({ ...asked, basis, lead: { consents: [given] }, found: [possible] }),
    owed,
    'a client who may be somebody else says nothing'
  )
  t.equal(reasonOf({ lead: { consents: [refused] } }), owed, 'no consent is asked for')
  t.match(
    reasonOf({ lead: { consents: [consent('auto_response', false)] } }),
    /^auto_response_refused$/
  )
  t.match(
    reasonOf({
      basis: { clientConsents: { c: [consent('auto_response', false)] } },
      found: [client]
    }),
    /^auto_response_refused$/
  )
  t.end()
})

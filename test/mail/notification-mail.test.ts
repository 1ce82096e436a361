import { readFile, writeFile } from 'node:fs/promises'

import t from 'tap'

import { LOCALES } from '../../src/domain/dealers/dealer.ts'
import type { Locale } from '../../src/domain/dealers/dealer.ts'
import { KINDS } from '../../src/domain/notifications/kinds.ts'
import { because } from '../../src/domain/reasons/reasons.ts'
import { composeDigestMail } from '../../src/mail/compose/compose-digest-mail.ts'
import type { DigestMailInput } from '../../src/mail/compose/compose-digest-mail.ts'
import { composeNotificationMail } from '../../src/mail/compose/compose-notification-mail.ts'
import type { NotificationMailInput } from '../../src/mail/compose/compose-notification-mail.ts'
import type { NotificationTopic } from '../../src/mail/sections/notification-topic.ts'
import { notificationWordingFor } from '../../src/mail/wording/notification-wording.ts'
import { NOTIFICATION_TITLES } from '../../src/wording/notifications.ts'
import { appointment, handover } from './colleague-samples.ts'
import { LEAD_URL, contact, content, dealer, mailedLead, plausibleLead } from './samples.ts'

const AT = new Date('2026-11-21T17:03:12Z')
const planned = appointment({ state: 'planned', outcome: null, feedback: null })

const PROMOTER = {
  name: 'Piotr Lis',
  email: 'piotr.lis@example.pl',
  phone: '+48602345678',
  state: 'pending',
  userName: 'Ola Nowak'
} as const

const TOPICS: Record<NotificationTopic['kind'], NotificationTopic> = {
  plannedActivity: {
    ...{ kind: 'plannedActivity', activity: planned, userName: 'Ola Nowak' },
    ...{ clientName: null, clientContact: null }
  },
  movedActivity: {
    ...{ kind: 'movedActivity', activity: planned, userName: 'Ola Nowak' },
    ...{ clientName: null, clientContact: null }
  },
  reminder: {
    ...{ kind: 'reminder', activity: planned, userName: null },
    ...{ clientName: null, clientContact: null }
  },
  overdue: {
    kind: 'overdue',
    activity: planned,
    userName: null,
    clientName: 'Łukasz Żółć',
    clientContact: plausibleLead('en').content.contact
  },
  takenBackLead: { kind: 'takenBackLead' },
  movedLead: { kind: 'movedLead' },
  leadSale: { kind: 'leadSale', state: 'cancelled' },
  newClient: {
    kind: 'newClient',
    clientName: 'Łukasz Żółć',
    clientContact: plausibleLead('en').content.contact,
    userName: null,
    moved: {
      count: 2,
      leads: [{ name: 'Łukasz Żółć', receivedAt: AT, url: LEAD_URL }],
      activities: 1,
      planned: [{ type: 'call', dueAt: AT, person: 'Łukasz Żółć', url: LEAD_URL }],
      opportunities: [{ name: 'Kia Ceed', url: null }],
      opportunityCount: 1
    }
  },
  movedClient: {
    ...{ kind: 'movedClient', clientName: 'Łukasz Żółć' },
    ...{ clientContact: null, userName: 'Ola Nowak' },
    moved: {
      ...{ count: 0, leads: [], activities: 0, planned: [] },
      ...{ opportunities: [], opportunityCount: 0 }
    }
  },
  cancelledActivity: {
    ...{ kind: 'cancelledActivity', activity: planned, userName: null },
    ...{ clientName: 'Łukasz Żółć', clientContact: null }
  },
  responseWarning: { kind: 'responseWarning', respondBy: AT },
  responseOverdue: { kind: 'responseOverdue', respondBy: AT },
  offerEnding: { kind: 'offerEnding', handover: handover() },
  quietSource: {
    kind: 'quietSource',
    source: { key: 'autotrader', name: 'AutoTrader' },
    lastLeadAt: AT
  },
  pendingPromoter: { kind: 'pendingPromoter', promoter: PROMOTER },
  promoterResponse: {
    kind: 'promoterResponse',
    promoter: { ...PROMOTER, state: 'active', phone: null, userName: null }
  },
  failedMail: {
    kind: 'failedMail',
    delivery: {
      purpose: 'assignee_mail',
      target: { name: 'Ola Nowak', address: 'ola.nowak@dealer.example' },
      reason: because('receiver_response', { response: '550 5.1.1 No such mailbox' }),
      updatedAt: AT
    }
  },
  openLeads: {
    kind: 'openLeads',
    userName: 'Olek Lis',
    count: 3,
    activities: 2,
    planned: [
      { type: 'call', dueAt: AT, person: 'Łukasz Żółć', url: LEAD_URL },
      { type: 'test_drive', dueAt: null, person: null, url: null }
    ],
    leads: [
      { name: 'Łukasz Żółć', receivedAt: AT, url: LEAD_URL },
      { name: null, receivedAt: AT, url: LEAD_URL }
    ],
    clients: [{ name: 'Ada Łoś', url: LEAD_URL }],
    clientCount: 2,
    opportunities: [{ name: 'Kia Ceed', url: null }],
    opportunityCount: 1
  }
}

/** Those that tell of no lead. */
const WITHOUT_LEAD = [
  'cancelledActivity',
  'newClient',
  'movedClient',
  'quietSource',
  'openLeads',
  'pendingPromoter',
  'promoterResponse',
  'failedMail'
]

function compose(topic: NotificationTopic, words: Partial<NotificationMailInput> = {}) {
  const locale = words.locale ?? 'en'
  const lead = WITHOUT_LEAD.includes(topic.kind) ? null : plausibleLead(locale)
  const url = topic.kind === 'movedClient' ? null : LEAD_URL
  return composeNotificationMail({ topic, locale, dealer: dealer(), lead, url, ...words })
}

const DUE = new Date('2026-11-22T09:00:00Z')

type Item = DigestMailInput['items'][number]

function item(words: Partial<Item> = {}): Item {
  const bare = { kind: 'newLead', at: AT, name: null, activity: null, answerBy: null } as const
  return { ...bare, url: LEAD_URL, ...words }
}

function digest(locale: Locale) {
  const items = [
    item({ name: 'Łukasz Żółć' }),
    item({ kind: 'overdue', activity: { type: 'call', dueAt: DUE, outcome: null } }),
    item({ name: 'Ada Łoś' }),
    item({ kind: 'responseWarning', name: 'Ada Łoś', answerBy: DUE }),
    item({ kind: 'quietSource', name: 'AutoTrader', url: null }),
    item({
      kind: 'feedback',
      name: 'Ada Łoś',
      activity: { type: 'test_drive', dueAt: DUE, outcome: 'interested' }
    })
  ]
  return composeDigestMail({ locale, dealer: dealer(), items, total: 105 })
}

// After a change that is meant: UPDATE_EXPECTED=1 with this test, then read the difference.
void t.test('notifications read as in test/mail/expected', async (t) => {
  for (const locale of LOCALES) {
    const mails = [
      ...Object.entries(TOPICS).map(([kind, topic]) => [kind, compose(topic, { locale })] as const),
      ['digest', digest(locale)] as const
    ]
    for (const [name, mail] of mails) {
      const files = {
        [`notification-${name}-${locale}.txt`]: `Subject: ${mail.subject}\n\n${mail.text}`,
        ...(locale === 'en' &&
          name === 'digest' && { 'notification-digest-en.html.txt': mail.html })
      }
      for (const [path, found] of Object.entries(files)) {
        const file = new URL(`expected/${path}`, import.meta.url)
        if (process.env.UPDATE_EXPECTED) await writeFile(file, found)
        t.strictSame(found, await readFile(file, 'utf8'), path)
      }
    }
  }
})

void t.test('every language has words of its own', (t) => {
  const titles = LOCALES.flatMap((locale) => KINDS.map((kind) => NOTIFICATION_TITLES[locale][kind]))
  t.equal(new Set(titles).size, titles.length)
  const intros = LOCALES.flatMap((locale) => Object.values(notificationWordingFor(locale).intros))
  t.equal(new Set(intros).size, intros.length)
  t.ok(intros.every((text) => text.split('{dealer}').length === 2))
  t.end()
})

void t.test('a mail without a lead leads to the client, or nowhere', (t) => {
  const words = { lead: null, url: 'https://desk.example/clients/1' }
  const { subject, text, html } = compose(TOPICS.overdue, words)
  t.equal(subject, 'Overdue activity: Łukasz Żółć')
  t.match(text, 'Open the client: https://desk.example/clients/1')
  t.match(html, 'href="tel:+48601234567"')
  t.match(html, 'href="mailto:')
  const bare = compose(TOPICS.reminder, { lead: null, url: null })
  t.equal(bare.subject, 'Reminder: Appointment')
  t.notMatch(bare.text + bare.html, /http|href/)
  t.end()
})

void t.test('names that the service gave are in the language of the reader', (t) => {
  const lead = { ...mailedLead(content()), queueName: 'Default' }
  const words = { en: 'Default', es: 'Predeterminada', pl: 'Domyślna' }
  for (const locale of LOCALES) {
    for (const topic of [TOPICS.responseWarning, TOPICS.responseOverdue, TOPICS.reminder]) {
      t.match(compose(topic, { locale, lead }).text, words[locale])
    }
  }
  const source = { key: 'trade-fair', name: 'Trade fair' }
  const quiet = { kind: 'quietSource', source, lastLeadAt: null } as const
  t.match(compose(quiet, { locale: 'es', lead: null }).subject, 'Feria')
  t.end()
})

void t.test('a lead without a name is known by its address', (t) => {
  const lead = mailedLead(content({ contact: contact({ email: 'ada@example.com' }) }))
  t.match(compose(TOPICS.responseWarning, { lead }).subject, /ada/)
  t.end()
})

void t.test('nothing a person says becomes markup, a link, or a row', (t) => {
  const hostile = '<img src=x onerror=alert(1)> https://evil.example\r\nSource: forged\u202e'
  const lead = mailedLead(content({ contact: contact({ fullName: hostile }) }))
  const activity = appointment({ state: 'planned', text: hostile })
  const offer = handover({ message: hostile, fromUser: { id: 'x', name: hostile } })
  const topics: NotificationTopic[] = [
    {
      kind: 'reminder',
      activity,
      userName: hostile,
      clientName: hostile,
      clientContact: contact({ fullName: hostile })
    },
    { kind: 'offerEnding', handover: offer },
    { kind: 'quietSource', source: { key: 'hostile', name: hostile }, lastLeadAt: null },
    {
      kind: 'pendingPromoter',
      promoter: { ...PROMOTER, name: hostile, email: hostile, phone: hostile }
    },
    {
      kind: 'failedMail',
      delivery: {
        purpose: 'dealer_mail',
        target: { name: hostile, address: 'a@example.test' },
        reason: because('receiver_response', { response: hostile }),
        updatedAt: AT
      }
    },
    {
      kind: 'openLeads',
      userName: hostile,
      count: 1,
      activities: 1,
      planned: [{ type: 'call', dueAt: AT, person: hostile, url: LEAD_URL }],
      leads: [{ name: hostile, receivedAt: AT, url: LEAD_URL }],
      clients: [{ name: hostile, url: LEAD_URL }],
      clientCount: 1,
      opportunities: [{ name: hostile, url: LEAD_URL }],
      opportunityCount: 1
    }
  ]
  const mails = [
    ...topics.map((topic) => compose(topic, { lead })),
    composeDigestMail({
      locale: 'en',
      dealer: dealer(),
      items: [item({ name: hostile })],
      total: 1
    })
  ]
  for (const { subject, text, html } of mails) {
    t.notMatch(subject, /[\r\n\u202e]/)
    t.notMatch(html, /<img/)
    t.notMatch(text, /^Source: forged/m)
    for (const part of [text, html]) t.notMatch(part.replaceAll(LEAD_URL, ''), /https?:\/\//)
  }
  t.end()
})

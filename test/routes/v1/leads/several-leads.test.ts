import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { CapturedDocument } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

/** A body in text that is sent as it is. */
const asBody = (text: string) => text as unknown as object

const JSON_TYPE = { 'content-type': 'application/json' }

const ours = (email: string, more: object = {}) => ({
  source: 'website',
  contact: { email },
  ...more
})
const flat = (email: string) => ({ name: 'Ola Kos', email })
const field = (email: string) => ({ id: email, field_data: [{ name: 'email', values: [email] }] })

type Email = (name: string) => string

/** Bodies with two leads, of `a` and `b`, as programs write them. */
const SEVERAL: Record<string, (email: Email) => string> = {
  'a list': (email) => JSON.stringify([ours(email('a')), ours(email('b'))]),
  'a list with a comma too many': (email) =>
    `[${JSON.stringify(ours(email('a')))},${JSON.stringify(ours(email('b')))},]`,
  'objects one after the other': (email) =>
    JSON.stringify(ours(email('a'))) + JSON.stringify(ours(email('b'))),
  'objects on lines': (email) =>
    `${JSON.stringify(ours(email('a')))}\r\n${JSON.stringify(ours(email('b')))}\n`,
  'a member that holds them': (email) =>
    JSON.stringify({ leads: [ours(email('a')), ours(email('b'))] }),
  'flat ones': (email) => JSON.stringify([flat(email('a')), flat(email('b'))]),
  'flat ones in a member': (email) =>
    JSON.stringify({ data: [flat(email('a')), flat(email('b'))], paging: { next: 'x' } }),
  'forms of Facebook': (email) => JSON.stringify({ data: [field(email('a')), field(email('b'))] })
}

void t.test('several leads in one body are a lead each', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const key = await dealer.admin('POST', '/v1/api-keys', {
    name: 'Portal',
    scopes: ['leads:capture', 'read'],
    lenient: true
  })
  const website = (await dealer.admin('GET', '/v1/sources')).body.data.find(
    (source) => source.key === 'website'
  )
  const path = `/v1/leads?source=${must(website).key}`
  for (const [at, [kind, write]] of Object.entries(SEVERAL).entries()) {
    const text = write((name) => `${name}${at}@several.example`)
    const response = await app.call(must(key.body.key), {
      method: 'POST',
      url: path,
      payload: text,
      headers: JSON_TYPE
    })
    t.equal(response.status, 201, `${kind}: ${response.text}`)
    const { data } = response.body as unknown as CapturedDocument
    t.strictSame(
      data.map(({ contact }) => contact.email),
      [`a${at}@several.example`, `b${at}@several.example`],
      kind
    )
    const again = await app.call(must(key.body.key), {
      method: 'POST',
      url: path,
      payload: text,
      headers: JSON_TYPE
    })
    t.equal(again.status, 200, 'a double click is the same leads')
  }
})

void t.test('without credentials more than ten leads are held as one document', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const link = await dealer.admin('POST', '/v1/referral-links', { userId: dealer.ownerId })
  const bodies = Array.from({ length: 11 }, (_, at) => ({
    contact: { email: `r${at}@several.example` }
  }))
  const url = `/v1/referrals/${link.body.code}/leads` as const
  const held = await dealer.admin('POST', url, asBody(JSON.stringify(bodies)), JSON_TYPE)
  t.equal(held.status, 202, held.text)
  const leads = await dealer.admin('GET', '/v1/leads?quarantined=true')
  t.equal(leads.body.data.length, 1)
  const payload = await dealer.admin('GET', `/v1/leads/${must(leads.body.data[0]).id}/payload`)
  t.match(payload.text, /r0@several.example.*r10@several.example/, 'nothing is lost')
})

void t.test('one lead in a list or a member that holds it is the lead', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const bodies = [
    [ours('one1@several.example')],
    [[ours('one2@several.example')]],
    { lead: ours('one3@several.example') },
    { data: [ours('one4@several.example')] },
    { source: 'website', lead: { contact: { email: 'one5@several.example' } } },
    [[[ours('one6@several.example')]]]
  ]
  for (const [at, body] of bodies.entries()) {
    const response = await admin('POST', '/v1/leads', asBody(JSON.stringify(body)), JSON_TYPE)
    t.equal(response.status, 201, JSON.stringify(body))
    t.equal(response.body.contact.email, `one${at + 1}@several.example`)
  }
  const answers = [
    { name: 'your-name', value: 'Ola Kos' },
    { name: 'your-email', value: 'answers@several.example' }
  ]
  const form = await admin('POST', '/v1/leads', asBody(JSON.stringify(answers)), JSON_TYPE)
  t.hasStrict(form.body.contact, { fullName: 'Ola Kos', email: 'answers@several.example' })
})

void t.test('a wrong one refuses all by its pointer, and what can’t be read is held', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const send = async (body: unknown) =>
    await admin('POST', '/v1/leads', asBody(JSON.stringify(body)), JSON_TYPE)
  const refused = [
    [[ours('w1@several.example'), { source: 'website', contact: {} }], ''],
    [[ours('w1@several.example'), ours('w2@several.example', { fooo: 1 })], '/1/fooo'],
    [
      [ours('w1@several.example'), { ...ours('w2@several.example'), source: 'nowhere' }],
      '/1/source'
    ],
    [
      { leads: [ours('w1@several.example'), ours('w2@several.example', { fooo: 1 })] },
      '/leads/1/fooo'
    ]
  ] as const
  for (const [body, pointer] of refused) {
    const { status, problem } = await send(body)
    t.equal(status, 422, JSON.stringify(body))
    if (pointer !== '') t.equal(must(problem.errors)[0]?.pointer, pointer)
  }
  const stored = await admin('GET', '/v1/leads?q=several.example')
  t.strictSame(stored.body.data, [], 'nothing of them is stored')
  const warned = await send([ours('w3@several.example'), ours('w4@several.example', { type: 'x' })])
  const { data } = warned.body as unknown as CapturedDocument
  t.strictSame(
    data.map(({ warnings }) => warnings.map(({ pointer }) => pointer)),
    [[], ['/1/type']]
  )
  const crowd = Array.from({ length: 101 }, (_, at) => ours(`c${at}@several.example`))
  for (const body of ['Call 601 555 201, please', 601555202, [601555203, 'Ola'], crowd]) {
    const held = await send(body)
    t.equal(held.status, 202, JSON.stringify(body).slice(0, 100))
  }
  for (const body of ['hello', 12, null, [], [1]]) t.equal((await send(body)).status, 422)
})

// Guards the leads of an agency that sends those of several campaigns and people at once.
void t.test('each lead of a body has its own source, assignee and referral', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  const eva = await dealer.withUser({ role: 'member', name: 'Eva Berg' })
  const leo = await dealer.withUser({ role: 'member', name: 'Leo Lang' })
  const link = await admin('POST', '/v1/referral-links', { userId: eva.id, label: 'Friends' })
  const code = must(link.body).code
  const items = [
    { ...ours('d1@several.example'), assignee: leo.email },
    { ...ours('d2@several.example'), source: 'Portal', assignee: eva.id },
    { ...ours('d3@several.example'), referralCode: code },
    { ...ours('d4@several.example'), assignee: 'No One', referralCode: 'nonesuch' }
  ]
  const sent = await admin('POST', '/v1/leads', asBody(JSON.stringify(items)), JSON_TYPE)
  t.equal(sent.status, 201, sent.text)
  const { data } = sent.body as unknown as CapturedDocument
  t.strictSame(
    data.map(({ source, assignee, referralLink }) => [
      source.key,
      assignee?.id,
      referralLink?.code
    ]),
    [
      ['website', leo.id, undefined],
      ['portal', eva.id, undefined],
      ['website', eva.id, code],
      ['website', undefined, undefined]
    ]
  )
  t.strictSame(
    must(data[3])
      .warnings.map(({ pointer }) => pointer)
      .toSorted(),
    ['/3/assignee', '/3/referralCode']
  )
})

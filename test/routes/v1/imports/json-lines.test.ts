import t from 'tap'

import { runStaged } from '../../../imports/staged-import.ts'
import { bringList } from '../../../imports/uploaded-list.ts'
import type { Lead } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

/** One time as programs write it that keep it as an object. */
const TIMES: readonly unknown[] = [
  { $date: '2026-11-20T10:15:30.123Z' },
  { $date: { $numberLong: '1795169730123' } },
  { date: '2026-11-20 11:15:30.123000', timezone_type: 3, timezone: 'Europe/Warsaw' },
  { date: '2026-11-20 11:15:30.123000', timezone_type: 1, timezone: '+01:00' },
  { _seconds: 1795169730, _nanoseconds: 123000000 },
  { sec: 1795169730, usec: 123000 },
  [2026, 11, 20, 11, 15, 30, 123000000],
  '/Date(1795169730123+0100)/'
]

/** Each is read alike where it is posted to a source that keeps unknown members, and as a line of a list. */
const LINES: readonly object[] = [
  {
    contact: {
      fullName: { first: 'Ola', last: 'Kos' },
      emails: [{ value: 'nd1@lines.example' }, { value: 'nd1b@lines.example' }],
      phones: ['601 222 333', { number: '22 333 44 55' }]
    },
    vehicles: 'Kia Ceed',
    message: ['One', 'Two']
  },
  { contact: 'Jan Sowa, tel. 601 222 334, nd2@lines.example' },
  { contact: [{ fullName: 'Ida Rey', email: 'nd3@lines.example' }] },
  {
    contact: { email: 'nd4@lines.example', address: { country: 'Polska', city: 'Opole' } },
    vehicles: [
      {
        make: 'Kia',
        price: { amount: '12000', currency: 'EUR' },
        odometer: { value: 10, unit: 'mi' }
      }
    ]
  },
  { name: 'Ewa Lis', email: 'nd5@lines.example', phone: '601222335', make: 'Fiat' },
  {
    leadgen_id: '4444',
    field_data: [
      { name: 'email', values: ['nd6@lines.example'] },
      { name: 'full_name', values: ['Ola Kos'] }
    ]
  },
  {
    form_response: {
      answers: [{ type: 'email', email: 'nd7@lines.example', field: { id: 'f1', ref: 'r1' } }],
      definition: { fields: [{ id: 'f1', title: 'E-mail' }] }
    }
  },
  { data: { contact: { email: 'nd8@lines.example' } } },
  ...TIMES.map((submittedAt, at) => ({ contact: { email: `nt${at}@lines.example` }, submittedAt })),
  ...TIMES.map((submittedAt, at) => ({ email: `nu${at}@lines.example`, submittedAt }))
]

const whatIsSaid = ({ contact, vehicles, message, externalId, submittedAt }: Lead) => {
  const { fullName, firstName, lastName, email, otherEmails, phone, otherPhones, address } = contact
  const names = { fullName, firstName, lastName }
  const points = { email, otherEmails, phone, others: otherPhones.map(({ number }) => number) }
  return { names, points, address, vehicles, message, externalId, submittedAt }
}

void t.test('a line of NDJSON is read as the same JSON that is posted', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  await admin('POST', '/v1/sources', { key: 'hook', name: 'Hook', kind: 'website', lenient: true })
  for (const line of LINES) {
    const text = JSON.stringify(line)
    const uploaded = await admin('POST', '/v1/imports', `${text}\n` as unknown as object, {
      'content-type': 'application/x-ndjson'
    })
    t.equal(uploaded.status, 201, uploaded.text)
    await runStaged(t, app, dealer, uploaded.body.id)
    const found = await admin('GET', `/v1/leads?import=${uploaded.body.id}`)
    const listed = must(found.body.data[0])
    const posted = await admin('POST', '/v1/leads', { source: 'hook', ...line })
    t.equal(posted.status, 201, text)
    t.strictSame(whatIsSaid(listed), whatIsSaid(posted.body), text)
    if ('submittedAt' in line) t.equal(listed.submittedAt, '2026-11-20T10:15:30.123Z', text)
  }
})

void t.test('the name of a column says the unit of its values', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const file =
    'E-mail;Rok prod.;Przebieg [km];Cena brutto (EUR);Lead - Value\n' +
    'u1@lines.example;2019;41 000;12 500;900\n'
  const { leads } = await bringList(t, app, dealer, file)
  t.hasStrict(leads[0]?.vehicles, [
    {
      year: 2019,
      odometer: { value: 41000, unit: 'km' },
      price: { amount: '12500', currency: 'EUR' }
    }
  ])
  t.hasStrict(leads[0]?.unmapped, [{ path: 'Lead - Value', text: '900' }], 'the amount of a deal')
})

void t.test('passwords and card numbers of a list are not stored', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const file =
    'E-mail;Hasło;Zapłata;Lead ID;Uwagi\n' +
    's1@lines.example;Tajne-123;4111 1111 1111 1111;4111111111111111;ok\n'
  const { leads, done } = await bringList(t, app, dealer, file)
  const payload = await dealer.admin('GET', `/v1/leads/${must(leads[0]).id}/payload`)
  const shown = await dealer.admin('GET', `/v1/imports/${done.id}`)
  t.notMatch([JSON.stringify(leads), payload.text, shown.text].join(), /Tajne-123|4111 1111/)
  const texts = Object.fromEntries(must(leads[0]).unmapped.map(({ path, text }) => [path, text]))
  t.strictSame(texts, { Hasło: '[removed]', Zapłata: '[removed]' })
  t.equal(leads[0]?.externalId, '4111111111111111', 'an id is none')
})

/** Lines as scripts write them that put JSON together by hand, and what is told of them. */
const DAMAGED: readonly (readonly [line: string, told: string])[] = [
  [`{'email': 'dl0@lines.example', 'phone': '601 222 440', 'note': "it's ok"}`, 'repaired_json'],
  ['{"email": "dl1@lines.example", "phone": "601 222 441",}', 'repaired_json'],
  [
    `{'email': 'dl2@lines.example', 'phone': '601 222 442', 'vip': True, 'x': None}`,
    'repaired_json'
  ],
  ['{email: "dl3@lines.example", phone: "601 222 443"}', 'repaired_json'],
  ['{"email": "dl4@lines.example", "phone": "601 222 444", "note": "call me ba', 'cut_line'],
  ['{"email": "dl5@lines.example", "phone": "601 222 445", "note": "a "big" car"}', 'repaired_json']
]

// Guards dumps of scripts: a dict of Python is no JSON, and each of its lines was lost.
void t.test('a line that is no JSON is mended as a posted body is', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  const sound = '{"email":"dl9@lines.example","phone":"601 222 449"}'
  const file = [sound, ...DAMAGED.map(([line]) => line), 'no object'].join('\n')
  const uploaded = await admin('POST', '/v1/imports', file, {
    'content-type': 'application/x-ndjson'
  })
  t.equal(uploaded.status, 201, uploaded.text)
  const { id } = uploaded.body
  await runStaged(t, app, dealer, id)
  const { data } = (await admin('GET', `/v1/leads?import=${id}`)).body
  t.strictSame(
    data.map(({ contact }) => [contact.email, contact.phone]).toSorted(),
    [0, 1, 2, 3, 4, 5, 9].map((at) => [`dl${at}@lines.example`, `+4860122244${at}`])
  )
  const problems = (await admin('GET', `/v1/imports/${id}/problems`)).body.data
  t.strictSame(
    problems
      .filter(({ code }) => ['repaired_json', 'cut_line', 'not_json_object'].includes(code))
      .map(({ line, code }) => [line, code]),
    [...DAMAGED.map(([, told], at) => [at + 2, told]), [DAMAGED.length + 2, 'not_json_object']]
  )
})

void t.test(
  'lines of a posted body are mended one by one, and one that is cut off is held',
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    const post = async (lines: readonly string[]) => {
      const sent = await admin('POST', '/v1/leads?source=website', lines.join('\n'), {
        'content-type': 'application/x-ndjson'
      })
      t.equal(sent.status, 201, sent.text)
      return sent.body.data
    }
    const data = await post(DAMAGED.map(([line]) => line))
    t.strictSame(
      data.map(({ contact, quarantineReason }) => [contact.email, quarantineReason?.code ?? null]),
      DAMAGED.map(([, told], at) => [
        `dl${at}@lines.example`,
        told === 'cut_line' ? 'cut_document' : null
      ])
    )
  }
)

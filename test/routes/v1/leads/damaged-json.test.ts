import t from 'tap'

import { readCells } from '../../../imports/reading.ts'
import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'

/** A body in text that is sent as it is. */
const asBody = (text: string) => text as unknown as object

const JSON_TYPE = 'application/json'

async function send(call: Caller, text: string, type = JSON_TYPE) {
  return await call('POST', '/v1/leads', asBody(text), { 'content-type': type })
}

const codesOf = (warnings: readonly { code?: string }[]) => warnings.map(({ code }) => code)

/** Each is `{ source, contact: { fullName: 'Ola Kos', email }, message }` as programs write it. */
const MENDED: Record<string, (email: string) => string> = {
  'a comma too many': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}",},"message":"ok",}`,
  'single quotes, words of Python': (email) =>
    `{'source': 'website', 'contact': {'fullName': 'Ola Kos', 'email': '${email}', 'phone': None}, 'message': 'ok', 'isTest': False}`,
  'names without quotes, comments': (email) =>
    `// a lead\n{source: "website", /* who */ contact: {fullName: "Ola Kos", email: "${email}"}, message: "ok"};`,
  'a line break inside a text': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"},"message":"one\ntwo"}`,
  'quotes inside a text': (email) =>
    `{"source":"website","contact":{"fullName":"Ola "Olka" Kos","email":"${email}"},"message":"I say "now", please"}`,
  'curly quotes': (email) =>
    `{“source”: “website”, “contact”: {“fullName”: “Ola Kos”, “email”: “${email}”}}`,
  'an empty place': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}","phone":},"message":}`,
  'a comma forgotten at the end of a line': (email) =>
    `{"source":"website",\n"contact":{"fullName":"Ola Kos"\n"email":"${email}"},\n"message":"ok"}`,
  'a phone without quotes': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}","phone":+48 601 234 567}}`,
  'an escape that is none': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"},"message":"it\\'s C:\\data"}`,
  'comments behind it': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}} // end\n/* c */ // more`,
  'a comment before its last brace': (email) =>
    `# a lead\n{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}/* c */ } // end`,
  'two commas': (email) =>
    `{"source":"website",,"contact":{"fullName":"Ola Kos",,"email":"${email}"}}`,
  'a comma forgotten on a line': (email) =>
    `{"source":"website" "contact":{"fullName":"Ola Kos" "email":"${email}"}"message":"ok"}`,
  'a function around it': (email) =>
    `/**/ on.lead({"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}});`,
  'a guard before it': (email) =>
    `)]}',\n{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}}`,
  'references of HTML for quotes': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}}`.replaceAll(
      '"',
      '&quot;'
    ),
  'a brace too many': (email) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${email}"}}}`
}

void t.test('JSON that is not valid is read where its meaning is certain', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  for (const [at, [kind, write]] of Object.entries(MENDED).entries()) {
    const email = `mended${at}@json.example`
    const text = write(email)
    const { status, body } = await send(admin, text)
    t.equal(status, 201, kind)
    t.equal(body.contact.email, email, kind)
    t.match(body.contact.fullName, /^Ola .*Kos$/, kind)
    t.ok(codesOf(body.warnings).includes('repaired_json'), kind)
    const payload = await admin('GET', `/v1/leads/${body.id}/payload`)
    t.ok(payload.text.includes(text) || payload.text.includes(JSON.stringify(text).slice(1, -1)))
  }
  const { body } = await send(admin, MENDED['quotes inside a text']?.('q@json.example') ?? '')
  t.strictSame([body.contact.fullName, body.message], ['Ola "Olka" Kos', 'I say "now", please'])
  const lines = await send(admin, MENDED['a line break inside a text']?.('l@json.example') ?? '')
  t.equal(lines.body.message, 'one\ntwo')
  const escaped = await send(admin, MENDED['an escape that is none']?.('e@json.example') ?? '')
  t.equal(escaped.body.message, "it's C:\\data")
})

void t.test('numbers of JSON lose no digit', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const lead = (id: string, members = '') =>
    `{"source":"website","externalId":${id},"contact":{"email":"exact@json.example"${members}}}`
  const first = '12021000000000000011'
  const second = '12021000000000000012'
  for (const id of [first, second, '120210000000000001', '-9007199254740993', '1234567890123456']) {
    const { status, body } = await send(admin, lead(id))
    t.strictSame([status, body.externalId], [201, id])
  }
  const again = await send(admin, lead(first))
  t.equal(again.status, 200, 'the same id is the same lead')

  const whole = await send(admin, lead('"a \\" \\\\ 12021000000000000011"', ',"phone":601234567'))
  t.equal(whole.body.externalId, 'a " \\ 12021000000000000011', 'a text stays as it is')
  t.strictSame([whole.body.contact.phone, codesOf(whole.body.warnings)], ['+48601234567', []])
  const short = await send(admin, lead('1', ',"phone":6.01E8').replace('exact', 'short'))
  t.strictSame(
    [short.body.contact.phone, short.body.contact.phoneValid, codesOf(short.body.warnings)],
    ['6.01E8', false, ['unreadable_value']],
    'as the same text'
  )
  const price = '"vehicles":[{"price":{"amount":1.2E4,"currency":"PLN"}}],"externalId"'
  const priced = await send(admin, lead('2').replace('"externalId"', price))
  t.strictSame([priced.status, priced.body.vehicles[0]?.price?.amount], [201, '12000'])

  for (const phone of ['6.01E+08', '4,8601E+10', '4.86012E+10']) {
    const text = `{"source":"website","contact":{"phone":"${phone}"}}`
    const { body } = await send(admin, text)
    t.equal(body.outcome, 'quarantined', `${phone} reaches nobody`)
  }

  const rows = await readCells(Buffer.from(`{"Lead ID":${first},"Phone":6.01E8,"Price":1.2E4}\n`), {
    format: 'ndjson'
  })
  t.strictSame(rows, [
    ['Lead ID', 'Phone', 'Price'],
    [first, '6.01E8', '12000']
  ])
})

void t.test('JSON in a text, in a list, in a form, and forms and ADF as JSON', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const json = (name: string) =>
    `{"source":"website","contact":{"fullName":"Ola Kos","email":"${name}@json.example"}}`
  const bodies: readonly [type: string, body: string, email: string][] = [
    [JSON_TYPE, JSON.stringify(json('a1')), 'a1'],
    [JSON_TYPE, `\ufeff[${json('a2')}]`, 'a2'],
    ['text/plain', json('a3').replace('}}', ',}}'), 'a3'],
    ['application/x-www-form-urlencoded', encodeURIComponent(json('a4')), 'a4'],
    ['application/x-www-form-urlencoded', `payload=${encodeURIComponent(json('a5'))}`, 'a5'],
    [JSON_TYPE, 'name=Ola+Kos&email=a6%40json.example', 'a6']
  ]
  for (const [type, text, name] of bodies) {
    const { status, body } = await send(admin, text, type)
    t.equal(status, 201, text)
    t.hasStrict(
      body.contact,
      { fullName: 'Ola Kos', email: `${name}@json.example` },
      `${type}: ${text}`
    )
  }
  const adf = await send(
    admin,
    '<adf><prospect><customer><contact><email>a7@json.example</email></contact></customer></prospect></adf>'
  )
  t.equal(adf.status, 201)
})

void t.test('other JSON is kept and held, where it has an e-mail or phone', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  const whole =
    '{"source":"portal","contact":{"fullName":"Ola Kos","email":"cut@json.example","phone":"601 234 567"},"message":"Is it there?"}'

  await t.test('cut off: the whole members are read', async (t) => {
    const { status, body } = await send(admin, whole.slice(0, 92))
    t.equal(status, 202)
    t.hasStrict(body, { outcome: 'quarantined', source: { key: 'portal' } })
    t.hasStrict(body.contact, { fullName: 'Ola Kos', email: 'cut@json.example', phone: null })
    t.hasStrict(body.warnings, [{ pointer: '', code: 'cut_document' }])
    for (let length = 0; length < whole.length; length += 3) {
      const answer = await send(admin, whole.slice(0, length))
      const right = length > 85 ? [200, 202] : [200, 202, 400, 422]
      t.ok(right.includes(answer.status), `${length}: ${answer.status} ${answer.text}`)
    }
  })

  await t.test('no JSON at all', async (t) => {
    const texts = [
      '{"source":"portal","contact":{"fullName":Ola Kos,"email":"kept1@json.example"}}',
      '{"contact" "email" kept2@json.example',
      'Please call Ola Kos, 601 234 599',
      '{"source":"nowhere";"email"="kept3@json.example"}'
    ]
    for (const text of texts) {
      const { status, body } = await send(admin, text)
      t.equal(status, 202, text)
      t.equal(body.outcome, 'quarantined', text)
      t.ok(body.contact.email ?? body.contact.phone, text)
      t.ok(codesOf(body.warnings).includes('unreadable_document'), text)
      const payload = await admin('GET', `/v1/leads/${body.id}/payload`)
      t.ok(payload.status === 200, text)
    }
    const [first = ''] = texts
    const sent = await send(admin, first.replace('kept1', 'kept4'))
    t.equal(sent.body.source.key, 'portal')
    const released = await admin('POST', `/v1/leads/${sent.body.id}/release`)
    t.equal(released.status, 200)
  })

  await t.test('mended: what JSON may not have is kept, not refused', async (t) => {
    const texts = [
      '{"source":"website","contact":{"email":"m1@json.example",},"fooo":"bar"}',
      '{"contact":{"email":"m2@json.example",}}',
      '{"name":"Ola Kos","email":"m3@json.example",}',
      '{"source":"website","message":"write to m4@json.example",}',
      '{"source":"nowhere","contact":{"email":"m5@json.example",}}'
    ]
    for (const [at, text] of texts.entries()) {
      const { status, body } = await send(admin, text)
      t.equal(status, 201, text)
      t.equal(body.contact.email, `m${at + 1}@json.example`)
      t.ok(codesOf(body.warnings).includes('repaired_json'), text)
    }
    const { status, body } = await send(
      admin,
      '{"source":"website","contact":[1],"note":"m6@json.example",}'
    )
    t.strictSame([status, body.contact.email], [202, 'm6@json.example'])
  })

  await t.test('without either it is 400, and other routes take valid JSON only', async (t) => {
    for (const text of ['{', '{"contact":', 'hello', '{"source":"website",}x']) {
      const { status } = await send(admin, text)
      t.equal(status, 400, text)
    }
    const client = await admin(
      'POST',
      '/v1/clients',
      asBody('{"firstName":"Ola","emails":["c@json.example"],}'),
      { 'content-type': JSON_TYPE }
    )
    t.equal(client.status, 400)
  })

  await t.test('the route of landing pages too', async (t) => {
    const link = await admin('POST', '/v1/referral-links', { userId: dealer.ownerId })
    const path = `/v1/referrals/${link.body.code}/leads` as const
    const mended = await admin('POST', path, asBody('{"contact":{"email":"r1@json.example",}}'), {
      'content-type': JSON_TYPE
    })
    t.equal(mended.status, 201, mended.text)
    const held = await admin('POST', path, asBody('{"contact":email r2@json.example'), {
      'content-type': JSON_TYPE
    })
    t.equal(held.status, 202, held.text)
  })
})

// Guards the patterns: each text is searched once.
void t.test('hostile texts are read at once', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const size = 300_000
  for (const piece of ['"', '" ', '"\n', '/*', '{"a":', '[1 ', '1 ', '\\"', '",', "'", '{']) {
    const started = performance.now()
    await send(admin, `{"a": ${piece.repeat(size / piece.length)}`)
    const took = performance.now() - started
    t.ok(took < 5000, `${JSON.stringify(piece)}: ${took} ms`)
  }
})

void t.test('JSON that was written as a text twice is read', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const lead = { source: 'website', contact: { fullName: 'Ola Kos', email: 'twice@json.example' } }
  const { status, body } = await send(admin, JSON.stringify(JSON.stringify(JSON.stringify(lead))))
  t.equal(status, 201)
  t.equal(body.contact.fullName, 'Ola Kos')
  t.ok(codesOf(body.warnings).includes('escaped_document'))
})

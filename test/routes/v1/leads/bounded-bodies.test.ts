import { gzipSync } from 'node:zlib'

import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'

// What programs can send and no person does is no reason to lose a lead, and none to keep others waiting.

const app = await sharedTestApp()
const contact = { firstName: 'Ann', email: 'ann@x.example' }
const lead = { source: 'website', contact }
const FORM = 'application/x-www-form-urlencoded'
/** A body that is text, as it is sent. */
const asBody = (text: string | Buffer) => text as unknown as object

void t.test('objects with thousands of unknown fields', async (t) => {
  const { admin } = await app.createDealer()
  const places = [
    ['the body', { ...lead, ...fieldsTo(8_000) }],
    ['the contact', { ...lead, contact: { ...contact, ...fieldsTo(8_000) } }],
    ['a vehicle', { ...lead, vehicles: [fieldsTo(8_000)] }],
    ['own fields', { ...lead, customFields: fieldsTo(8_000) }]
  ] as const
  for (const [place, body] of places) {
    const email = `${place.replace(' ', '.')}@x.example`
    const own = { ...body, contact: { ...body.contact, email } }
    const { status, body: held } = await admin('POST', '/v1/leads', own)
    t.equal(status, place === 'own fields' ? 201 : 202, `those of ${place}`)
    t.match(held, { contact: { email } }, 'with what reaches the person')
  }
  const nobody = await admin('POST', '/v1/leads', { source: 'website', ...fieldsTo(8_000) })
  t.equal(nobody.status, 422, 'refused where nothing reaches a person')
})

void t.test('more fields than are read', async (t) => {
  const { admin } = await app.createDealer()
  const fields = Array.from({ length: 400 }, (_, index): [string, string] => [
    `field ${index}`,
    'v'
  ])
  const pairs = new URLSearchParams([...fields, ['email', 'last@x.example']]).toString()
  const labelled = [...fields, ['E-mail', 'last@x.example']].map((pair) => pair.join(': '))
  for (const [type, text] of [
    [FORM, pairs],
    ['text/plain', labelled.join('\n')]
  ] as const) {
    const { status, body } = await admin('POST', '/v1/leads', asBody(text), {
      'content-type': type
    })
    t.ok(status < 300, `${type}: ${status}`)
    t.match(body, { contact: { email: 'last@x.example' } }, 'its e-mail is read, wherever it is')
    t.ok(codes(body).includes('surplus_item'), 'and that others were left out is told')
  }
  const own = { ...lead, customFields: fieldsTo(301) }
  const { status, body } = await admin('POST', '/v1/leads', own)
  t.equal(status, 201, 'as in JSON')
  t.match(body, { contact: { firstName: 'Ann' } })
})

void t.test('NULs at the ends of texts and within them', async (t) => {
  const { admin } = await app.createDealer()
  const json = JSON.stringify({
    source: 'website',
    contact: { fullName: 'Jan Nowak', phone: '601 234 567' }
  })
  const page = '<ul><li>Name: Jan Nowak</li><li>Phone: 601\0 234 567</li></ul>'
  for (const [type, text] of [
    ['application/json', `${json}\0`],
    ['application/json', `\0${json}`],
    ['application/json', `${json}\nfoo\0bar`],
    ['text/html', page],
    ['text/csv', 'Name,Phone\nJan Nowak,601\0 234 567']
  ] as const) {
    const { status, body } = await admin('POST', '/v1/leads', asBody(text), {
      'content-type': type
    })
    const shown = JSON.stringify(text.slice(-20))
    t.ok(status < 300, `${type} ${shown}: ${status}`)
    t.match(body, { contact: { fullName: 'Jan Nowak', phone: '+48601234567' } }, shown)
    t.ok(codes(body).includes('replaced_character'), 'told')
  }
})

void t.test('encodings that the body has not, or that are not named', async (t) => {
  const { admin } = await app.createDealer()
  const text = JSON.stringify({ ...lead, contact: { ...contact, email: 'zip@x.example' } })
  const zipped = gzipSync(text)
  for (const [encoding, body] of [
    ['gzip', text],
    ['utf-8', text],
    ['base64', text],
    ['', zipped]
  ] as const) {
    const headers = {
      'content-type': 'application/json',
      ...(encoding && { 'content-encoding': encoding })
    }
    const { status } = await admin('POST', '/v1/leads', asBody(body), headers)
    t.ok(status < 300, `${encoding || 'none'}: ${status}`)
  }
  const headers = { 'content-type': 'application/json', 'content-encoding': 'zstd' }
  const packed = asBody(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2, 3]))
  t.equal((await admin('POST', '/v1/leads', packed, headers)).status, 415)
})

void t.test('faults of many values', async (t) => {
  const { admin } = await app.createDealer()
  const body = { ...lead, contact: { ...contact, ...fieldsTo(200) } }
  const { status, body: problem } = await admin('POST', '/v1/leads', body)
  t.equal(status, 422)
  t.match(problem, { errors: { length: 50 } }, 'the first ones are told')
})

void t.test('lists of thousands of items', async (t) => {
  const { admin } = await app.createDealer()
  const vehicles = Array.from({ length: 40_000 }, (_, index) => ({ model: `M ${index}` }))
  const { status, body } = await admin('POST', '/v1/leads', { ...lead, vehicles })
  t.equal(status, 201, 'the lead is taken in with the first')
  t.match(body, { vehicles: [{ model: 'M 0' }] })
  t.ok(
    told(body).some(({ pointer }) => pointer === '/vehicles'),
    'that others were left out is told'
  )
})

void t.test('names of fields that no page has', async (t) => {
  const { admin } = await app.createDealer()
  const nested = `a${'[0]'.repeat(20_000)}=x&email=br@x.example`
  const form = await admin('POST', '/v1/leads', asBody(nested), { 'content-type': FORM })
  t.equal(form.status, 201)
  t.match(form.body, { contact: { email: 'br@x.example' } })
  t.ok(
    told(form.body).every(({ pointer }) => pointer.length < 600),
    'the name is cut where it is told'
  )
})

void t.test('a form with as many fields as a form can have', async (t) => {
  const { admin } = await app.createDealer()
  const fields = Array.from({ length: 299 }, (_, index) => `field+number+${index}=v`)
  const text = [...fields, 'email=many@x.example'].join('&')
  const { status, body } = await admin('POST', '/v1/leads', asBody(text), { 'content-type': FORM })
  t.equal(status, 201)
  t.match(body, { contact: { email: 'many@x.example' } })
})

void t.test('objects one after the other', async (t) => {
  const { admin } = await app.createDealer()
  const text = '{}'.repeat(125_000)
  const headers = { 'content-type': 'application/json' }
  const { status } = await admin('POST', '/v1/leads', asBody(text), headers)
  t.equal(status, 400)
})

/** Fields `k0` to the one before `count`. */
function fieldsTo(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']))
}

type Caller = TestDealer['admin']

interface Warning {
  pointer: string
  code: string
}

/** The warnings of a response. */
function told(body: Awaited<ReturnType<Caller>>['body']): Warning[] {
  const { warnings = [] } = body as { warnings?: Warning[] }
  return warnings
}

function codes(body: Awaited<ReturnType<Caller>>['body']): string[] {
  return told(body).map(({ code }) => code)
}

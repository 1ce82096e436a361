import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postAdf } from '../../../support/leads.ts'
import { only } from '../../../support/must.ts'

const garble = (text: string) => Buffer.from(text).toString('latin1')

void t.test('double encoding is mended in JSON, forms and ADF, and told', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const [first, city, message] = [garble('Błażej'), garble('Łódź'), garble('Czy jest żółty?')]
  const json = await admin('POST', '/v1/leads', {
    source: 'website',
    contact: { firstName: first, email: 'b1@twice.example', address: { city: city } },
    message: message
  })
  const form = await admin(
    'POST',
    '/v1/leads',
    new URLSearchParams({
      imie: first,
      email: 'b2@twice.example',
      miasto: city,
      message: message
    }).toString() as unknown as object,
    { 'content-type': 'application/x-www-form-urlencoded' }
  )
  const contact = `<contact><name part="first">${first}</name><email>b3@twice.example</email><address><city>${city}</city></address></contact><comments>${message}</comments>`
  const adf = await postAdf(
    admin,
    `<adf><prospect><customer>${contact}</customer></prospect></adf>`,
    '?source=portal'
  )
  for (const lead of [json.body, form.body, only(adf.body.data)]) {
    t.hasStrict(lead, {
      contact: { firstName: 'Błażej', address: { city: 'Łódź' } },
      message: 'Czy jest żółty?'
    })
    const told = lead.warnings.filter(({ code }) => code === 'double_encoding')
    t.equal(told.length, 3)
    const { body } = await admin('GET', `/v1/leads/${lead.id}`)
    t.ok(
      body.unmapped.some(({ text }) => text === first),
      'the original is kept'
    )
  }
})

void t.test('ADF in an encoding of mails is decoded, and the code says so', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const adfOf = (mail: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><adf><prospect><customer><contact><name part="full">Łucja Kos</name><email>${mail}@mails.example</email></contact></customer></prospect></adf>`
  const base64 = (text: string) =>
    (
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n')
  const quoted = (text: string) =>
    Buffer.from(text)
      .toString('latin1')
      .replace(/[=\u0080-\u00ff]/g, (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const documents = {
    base64: base64(adfOf('one')),
    'base64 behind headers': `Content-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(adfOf('two'))}`,
    'quoted-printable': quoted(adfOf('three')),
    'quoted-printable behind a header': `Content-Transfer-Encoding: quoted-printable\r\n\r\n${quoted(adfOf('four'))}`
  }
  for (const [name, document] of Object.entries(documents)) {
    const { status, body } = await postAdf(admin, document, '?source=portal')
    t.equal(status, 201, name)
    const lead = only(body.data)
    t.equal(lead.contact.fullName, 'Łucja Kos', name)
    t.ok(
      lead.warnings.some(({ code }) => code === 'transfer_encoding'),
      name
    )
  }
})

void t.test('a vehicle needs a value that was read', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const { body } = await admin(
    'POST',
    '/v1/leads',
    'email=ghost%40twice.example&interest=moonwalk' as unknown as object,
    { 'content-type': 'application/x-www-form-urlencoded' }
  )
  t.strictSame(body.vehicles, [])
  t.hasStrict(body.warnings, [{ pointer: '/interest', code: 'unreadable_value' }])
})

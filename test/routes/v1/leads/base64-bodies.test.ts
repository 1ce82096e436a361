import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const adf = (email: string) =>
  '<?xml version="1.0"?>\n<?ADF version="1.0"?>\n<adf><prospect><vehicle><make>Skoda</make>' +
  '<model>Octavia</model></vehicle><customer><contact><name part="full">Iga Łuczak</name>' +
  `<email>${email}</email></contact></customer></prospect></adf>`
const json = (email: string) =>
  JSON.stringify({ source: 'portal', contact: { fullName: 'Iga Łuczak', email } })

const inLines = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')

void t.test('a body in base64 is read as what it is, under any media type', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  let count = 0
  const types = ['text/plain', 'application/octet-stream', '', 'application/json']
  for (const type of [...types, 'application/x-www-form-urlencoded', 'application/xml']) {
    for (const [kind, write] of Object.entries({ adf, json })) {
      const email = `b${++count}@base64.example`
      const body = inLines(write(email)) as unknown as object
      const name = `${kind} as ${type || 'nothing'}`
      const posted = await dealer.admin('POST', '/v1/leads', body, { 'content-type': type })
      t.ok([201, 202].includes(posted.status), `${name}: ${posted.status} ${posted.text}`)
      const [found] = (await dealer.admin('GET', `/v1/leads?q=${email}`)).body.data
      t.match(found, { contact: { fullName: 'Iga Łuczak', email }, quarantineReason: null }, name)
      t.match(found?.unmapped, [{ text: 'base64', code: 'transfer_encoding' }], 'and told')
    }
  }
})

void t.test('a text without marks that is no document is none', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const body = 'eyal cohen would like to see the blue astra in december' as unknown as object
  const posted = await dealer.admin('POST', '/v1/leads', body, { 'content-type': 'text/plain' })
  t.equal(posted.status, 415, posted.text)
})

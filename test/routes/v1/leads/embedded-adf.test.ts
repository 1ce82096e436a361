import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { CapturedDocument } from '../../../support/response.ts'
import { must } from '../../../support/must.ts'

const asBody = (text: string) => text as unknown as object

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

const prospect = (email: string) =>
  '<prospect><requestdate>2026-11-20T10:00:00+01:00</requestdate><vehicle interest="buy"><year>2021</year>' +
  '<make>Skoda</make><model>Octavia</model></vehicle><customer><contact><name part="full">Iga Rolka</name>' +
  `<email>${email}</email></contact><comments>Is it there? 2 < 3</comments></customer></prospect>`
const adf = (email: string) =>
  `<?xml version="1.0"?>\n<?ADF version="1.0"?>\n<adf>${prospect(email)}</adf>`
const escaped = (email: string) =>
  `<html><body><pre>${adf(email).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre></body></html>`

/** Bodies of services that pass on mails and documents. */
const BODIES: Record<string, (email: string) => { body: unknown; path: string; source?: string }> =
  {
    'a member of its own': (email) => ({ body: { adf: adf(email) }, path: '/adf' }),
    'with a source': (email) => ({
      body: { source: 'website', xml: adf(email) },
      path: '/xml',
      source: 'website'
    }),
    'with a source that is not known': (email) => ({
      body: { source: 'mail-parser', data: { xml: adf(email) } },
      path: '/data/xml',
      source: 'website'
    }),
    Mailgun: (email) => ({
      body: {
        sender: 'leads@portal.example',
        recipient: 'in@dealer.example',
        subject: 'New lead',
        'body-plain': `${adf(email)}\n-- \nSent by Portal`,
        'body-html': escaped(email),
        'stripped-text': adf(email).slice(0, 300)
      },
      path: '/body-plain'
    }),
    Postmark: (email) => ({
      body: {
        From: 'leads@portal.example',
        FromFull: { Email: 'leads@portal.example', Name: 'Portal' },
        TextBody: 'See the attachment.',
        Attachments: [
          {
            Name: 'lead.xml',
            ContentType: 'text/xml',
            Content: Buffer.from(adf(email)).toString('base64')
          }
        ]
      },
      path: '/Attachments/0/Content'
    }),
    'HTML alone': (email) => ({
      body: { from: 'x@portal.example', html: escaped(email) },
      path: '/html'
    }),
    'a bare prospect': (email) => ({ body: { payload: prospect(email) }, path: '/payload' })
  }

void t.test('an ADF document in a member of JSON is the lead', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  for (const [at, [kind, make]] of Object.entries(BODIES).entries()) {
    const email = `in${at}@embedded.example`
    const { body, path, source = 'portal' } = make(email)
    const text = JSON.stringify(body)
    const sent = await admin('POST', '/v1/leads', asBody(text), JSON_TYPE)
    t.equal(sent.status, 201, `${kind}: ${sent.text}`)
    const lead = must(sent.body)
    t.equal(lead.contact.email, email, kind)
    t.equal(lead.contact.fullName, 'Iga Rolka', kind)
    t.strictSame(lead.contact.otherEmails, [], `${kind}: no address of the mail is the person's`)
    t.equal(lead.vehicles[0]?.model, 'Octavia', kind)
    t.equal(lead.source.key, source, kind)
    const told = lead.warnings.find(({ code }) => code === 'escaped_document')
    t.equal(told?.pointer, path, kind)
    const payload = await admin('GET', `/v1/leads/${lead.id}/payload`)
    t.strictSame(payload.body, { contentType: 'application/json', body: text }, kind)
  }
})

void t.test(
  'an ADF document in a field of a form, or behind words of a mail, is the lead',
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    const form = new URLSearchParams({
      from: 'Portal <leads@portal.example>',
      to: 'in@dealer.example',
      text: adf('form@embedded.example'),
      html: escaped('form@embedded.example')
    })
    const sent = await admin('POST', '/v1/leads', asBody(form.toString()), FORM_TYPE)
    t.equal(sent.status, 201, sent.text)
    t.equal(sent.body.contact.email, 'form@embedded.example')
    const mail = `New lead for you:\n\n${adf('mail@embedded.example')}\n`
    const plain = await admin('POST', '/v1/leads', asBody(mail), { 'content-type': 'text/plain' })
    t.equal(plain.status, 201, plain.text)
    t.equal(plain.body.contact.email, 'mail@embedded.example')
  }
)

void t.test('several documents, and several prospects in one, are a lead each', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const two = `<adf>${prospect('p1@embedded.example')}${prospect('p2@embedded.example')}</adf>`
  const list = [{ adf: adf('l1@embedded.example') }, { adf: adf('l2@embedded.example') }]
  for (const body of [{ adf: two }, list]) {
    const sent = await admin('POST', '/v1/leads', asBody(JSON.stringify(body)), JSON_TYPE)
    t.equal(sent.status, 201, sent.text)
    t.equal((sent.body as unknown as CapturedDocument).data.length, 2)
  }
})

void t.test('words about ADF in a lead of its own are a message', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const message = 'Do you read <adf><prospect><customer><contact>?'
  const own = { source: 'website', contact: { email: 'own@embedded.example' }, message }
  const sent = await admin('POST', '/v1/leads', own)
  t.equal(sent.body.contact.email, 'own@embedded.example')
  t.equal(sent.body.message, message)
  const form = new URLSearchParams({
    email: 'asks@embedded.example',
    message: 'Is <adf> <prospect> <contact> ok?'
  })
  const asked = await admin('POST', '/v1/leads', asBody(form.toString()), FORM_TYPE)
  t.equal(asked.body.contact.email, 'asks@embedded.example')
})

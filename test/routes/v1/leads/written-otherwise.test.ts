import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

const asBody = (text: string) => text as unknown as object
const adfOf = (name: string, vehicle = '', email = 'a@otherwise.example') =>
  `<?xml version="1.0"?><adf><prospect>${vehicle}<customer><contact>${name}<email>${email}</email></contact></customer></prospect></adf>`

async function postAdf({ admin }: TestDealer, text: string) {
  const { body, status } = await admin('POST', '/v1/leads', asBody(text), {
    'content-type': 'application/xml'
  })
  return { status, lead: must((body as unknown as { data: (typeof body)[] }).data[0]) }
}

void t.test('a name in an encoding of mails or pages is read alike on every path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const names = [
    ['=?UTF-8?Q?=C5=81ukasz_Kos?=', 'Łukasz Kos'],
    ['%C5%81ukasz Kos', 'Łukasz Kos'],
    ['JĂłzef Kos', 'Józef Kos'],
    ['%u0141ukasz Kos', 'Łukasz Kos']
  ] as const
  for (const [at, [given, meant]] of names.entries()) {
    const email = (path: string) => `${path}${at}@otherwise.example`
    const json = await dealer.admin('POST', '/v1/leads', {
      source: 'website',
      contact: { fullName: given, email: email('json') }
    })
    t.equal(json.body.contact.fullName, meant, `JSON: ${given}`)
    t.match(json.body.unmapped, [{ text: given, code: 'double_encoding' }], 'and it is told')
    const { lead } = await postAdf(
      dealer,
      adfOf(`<name part="full">${given}</name>`, '', email('adf'))
    )
    t.equal(lead.contact.fullName, meant, `ADF: ${given}`)
    const form = await dealer.admin(
      'POST',
      '/v1/leads',
      asBody(new URLSearchParams({ name: given, email: email('form') }).toString()),
      { 'content-type': 'application/x-www-form-urlencoded' }
    )
    t.equal(form.body.contact.fullName, meant, `form: ${given}`)
    const { leads } = await bringList(t, app, dealer, `Name;E-mail\n${given};${email('list')}\n`)
    t.equal(leads[0]?.contact.fullName, meant, `list: ${given}`)
  }
})

void t.test(
  'ADF whose parts of a name are in `type`, and with the condition in elements',
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const parts = await postAdf(
      dealer,
      adfOf('<name type="first">Jan</name><name type="last">Kos</name>', '', 'p1@otherwise.example')
    )
    t.match(parts.lead.contact, { firstName: 'Jan', lastName: 'Kos' })
    const vehicles = ['<status>used</status>', '<condition>Used</condition>']
    for (const [at, element] of vehicles.entries()) {
      const vehicle = `<vehicle><make>Kia</make><model>Ceed</model>${element}</vehicle>`
      const { lead } = await postAdf(
        dealer,
        adfOf('<name part="full">Jan Kos</name>', vehicle, `v${at}@otherwise.example`)
      )
      t.match(lead.vehicles, [{ condition: 'used', state: null }], element)
      t.strictSame(lead.unmapped, [], element)
    }
    const accent = await postAdf(
      dealer,
      adfOf('<name part="full">Ren&eacute M</name>', '', 'r@otherwise.example')
    )
    t.equal(accent.lead.contact.fullName, 'René M')
  }
)

void t.test('a form with references of HTML in its bytes is not cut at them', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const { body } = await admin(
    'POST',
    '/v1/leads',
    asBody('name=Tim O&#039;Brien&amp;phone=601003950&msg=Hej'),
    { 'content-type': 'application/x-www-form-urlencoded' }
  )
  t.match(body, { contact: { fullName: "Tim O'Brien", phone: '+48601003950' }, message: 'Hej' })
})

void t.test('a cell `Do not allow` refuses what its column does not allow', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { leads } = await bringList(
    t,
    app,
    dealer,
    'Name;E-mail;Do not allow Emails\nJan Kos;c1@otherwise.example;Do Not Allow\nEwa Lis;c2@otherwise.example;Allow\n'
  )
  t.match(leads[0]?.consents, [{ purpose: 'marketing', channel: 'email', granted: false }])
  t.strictSame(leads[1]?.consents, [])
})

import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { postAdf } from '../../../support/leads.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

void t.test('a postal code with the city is read alike on every path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const newest = async () =>
    must((await dealer.admin('GET', '/v1/leads?sort=-createdAt&limit=1')).body.data[0])
  const columns = [
    'PLZ/Ort',
    'PLZ Ort',
    'Kod i miejscowość',
    'CP / Población',
    'ZIP / City',
    'City'
  ]
  const given = '31-123 Kraków'
  const address = { postalCode: '31-123', city: 'Kraków' }
  for (const [at, column] of columns.entries()) {
    const { leads, done } = await bringList(
      t,
      app,
      dealer,
      `Name;E-mail;${column}\nJan Kos;list${at}@city.example;${given}\n`
    )
    const { contact, unmapped } = must(leads[0])
    t.match(contact.address, address, `list: ${column}`)
    t.strictSame(unmapped, [{ path: column, text: given, code: 'split_city' }], column)
    t.strictSame(done.unmappedColumns, [], column)
    await dealer.admin(
      'POST',
      '/v1/leads',
      String(
        new URLSearchParams({ name: 'Jan Kos', email: `form${at}@city.example`, [column]: given })
      ) as never,
      FORM
    )
    t.match((await newest()).contact.address, address, `form: ${column}`)
  }
  const json = await dealer.admin('POST', '/v1/leads', {
    source: 'website',
    contact: { email: 'json@city.example', address: { city: given } }
  })
  t.match(json.body.contact.address, address, 'JSON')
  t.match(json.body.warnings, [{ pointer: '/contact/address/city', code: 'split_city' }])
  await postAdf(
    dealer.admin,
    `<adf><prospect><customer><contact><name part="full">Jan Kos</name><email>adf@city.example</email>
     <address><city>${given}</city></address></contact></customer></prospect></adf>`
  )
  const adf = await newest()
  t.match(adf.contact.address, address, 'ADF')
  t.match(adf.unmapped, [{ text: given, code: 'split_city' }], 'ADF')
})

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
  const american = 'Beverly Hills, CA 90210'
  const hills = { postalCode: '90210', city: 'Beverly Hills', region: 'CA' }
  for (const [at, column] of [
    'City/State/Zip',
    'City, State, ZIP',
    'Zip code city state'
  ].entries()) {
    const { leads } = await bringList(
      t,
      app,
      dealer,
      `Name;E-mail;${column}\nJan Kos;list${at}@state.example;${american}\n`
    )
    t.match(must(leads[0]).contact.address, hills, `list: ${column}`)
    const form = { name: 'Jan Kos', email: `form${at}@state.example`, [column]: american }
    await dealer.admin('POST', '/v1/leads', String(new URLSearchParams(form)) as never, FORM)
    t.match((await newest()).contact.address, hills, `form: ${column}`)
  }
  const list = 'Name;E-mail;State/ZIP;City\nJan Kos;list@state.example;CA 90210;Beverly Hills\n'
  const { leads } = await bringList(t, app, dealer, list)
  t.match(must(leads[0]).contact.address, hills)
  for (const [at, [address, place]] of (
    [
      [{ city: american }, hills],
      [{ city: '00 950 Warszawa' }, { postalCode: '00 950', city: 'Warszawa' }],
      [{ postalCode: '00-950 Warszawa' }, { postalCode: '00-950', city: 'Warszawa' }]
    ] as const
  ).entries()) {
    const contact = { email: `json${at}@state.example`, address }
    const posted = await dealer.admin('POST', '/v1/leads', { source: 'website', contact })
    t.match(posted.body.contact.address, place, JSON.stringify(address))
    const [member] = Object.keys(address)
    t.match(posted.body.warnings, [{ pointer: `/contact/address/${member}`, code: 'split_city' }])
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

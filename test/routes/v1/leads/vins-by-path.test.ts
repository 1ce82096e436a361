import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { postAdf, postLead } from '../../../support/leads.ts'
import { bringList } from '../../../imports/uploaded-list.ts'

const VIN = 'KNADM511AJ6608451'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

const WRITTEN = [
  'KNADM511-AJ6 608451',
  'vin: KNADM511AJ6608451',
  '*KNADM511AJ6608451*',
  'VIN nr KNADM511AJ6608451',
  'KNADM511AJ6608451 (Kia)',
  'VIN:KNADM511AJ6608451;',
  'KNADM511A J6608451',
  '(KNADM511AJ6608451)',
  'kna-dm511-aj6608451',
  'Numer VIN: KNADM511AJ6608451',
  'Fahrgestellnummer KNADM511AJ6608451',
  'Nº de bastidor: KNADM511AJ6608451',
  "'KNADM511AJ6608451",
  'VINKNADM511AJ6608451'
]

void t.test('a VIN is stored and found alone, however it is written', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  await admin('POST', '/v1/sources', { key: 'portal', name: 'Portal' })
  for (const [at, vin] of WRITTEN.entries()) {
    const email = `vin${at}@person.example`
    await postLead(admin, { contact: { email }, vehicles: [{ interest: 'buy', vin }] })
    const form = new URLSearchParams({ email: `form-${email}`, 'vehicle.vin': vin }).toString()
    const posted = await admin('POST', '/v1/leads', form as unknown as object, FORM)
    t.equal(posted.status, 201, vin)
    t.match(posted.body.warnings, [{ code: 'surrounding_marks' }], vin)
    const adf =
      `<adf><prospect><vehicle interest="buy"><vin>${vin}</vin><make>Kia</make></vehicle>` +
      `<customer><contact><email>adf-${email}</email></contact></customer></prospect></adf>`
    t.equal((await postAdf(admin, adf, '?source=portal')).status, 201)
  }
  const rows = WRITTEN.map((vin, at) => `Jan Kos,list${at}@person.example,${vin}`)
  await bringList(t, app, dealer, ['Name,E-mail,VIN', ...rows].join('\n'))
  const { data } = (await admin('GET', `/v1/leads?vin=${VIN}&limit=100`)).body
  t.equal(data.length, 4 * WRITTEN.length)
  for (const { vehicles } of data) t.equal(vehicles[0]?.vin, VIN)
})

void t.test('values of a vehicle have no labels on any path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { admin } = dealer
  await admin('POST', '/v1/sources', { key: 'portal', name: 'Portal' })
  const given = {
    make: 'Make: Toyota',
    model: 'Model: Corolla',
    plate: 'Plate: AB 123',
    stockNumber: 'Stock #: 1234'
  }
  const posted = await admin('POST', '/v1/leads', {
    source: 'portal',
    contact: { email: 'json@labels.example' },
    vehicles: [given]
  })
  t.match(
    posted.body.warnings,
    Object.keys(given).map((member) => ({
      pointer: `/vehicles/0/${member}`,
      code: 'surrounding_marks'
    }))
  )
  const { make, model, plate, stockNumber } = given
  const names = { make, model, license_plate: plate, stock_number: stockNumber }
  const form = new URLSearchParams({ source: 'portal', email: 'form@labels.example', ...names })
  await admin('POST', '/v1/leads', String(form) as never, FORM)
  await postAdf(
    admin,
    `<adf><prospect><vehicle><make>${make}</make><model>${model}</model><stock>${stockNumber}</stock>
     <plate>${plate}</plate></vehicle><customer><contact><email>adf@labels.example</email></contact></customer></prospect></adf>`,
    '?source=portal'
  )
  const columns = 'E-mail;Make;Model;License plate;Stock number'
  await bringList(
    t,
    app,
    dealer,
    `${columns}\nlist@labels.example;${Object.values(names).join(';')}\n`
  )
  const { data } = (await admin('GET', '/v1/leads?stockNumber=1234&limit=10')).body
  t.equal(data.length, 4)
  const car = { make: 'Toyota', model: 'Corolla', plate: 'AB 123', stockNumber: '1234' }
  for (const { vehicles, contact } of data) t.match(vehicles, [car], contact.email ?? '')
})

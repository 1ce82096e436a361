import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { postAdf } from '../../../support/leads.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

void t.test('a vehicle in one text is read alike on every path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const hook = { key: 'hook', name: 'Hook', kind: 'website', lenient: true }
  await dealer.admin('POST', '/v1/sources', hook)
  const link = await dealer.admin('POST', '/v1/referral-links', { userId: dealer.ownerId })
  const newest = async () => {
    const { body } = await dealer.admin('GET', '/v1/leads?sort=-createdAt&limit=1')
    return must(body.data[0])
  }
  const texts = [
    ['Mazda 6 2.5 SkyPassion 2019', { make: 'Mazda', model: '6 2.5 SkyPassion', year: 2019 }],
    ['2021 vw id.3', { make: 'Volkswagen', model: 'id.3', year: 2021 }],
    ['something small and red', { make: null, model: 'something small and red', year: null }]
  ] as const
  for (const [text, right] of texts) {
    const isSplit = right.make !== null
    const email = 'ala@vehicles.example'
    const send: Record<string, () => Promise<unknown>> = {
      json: () =>
        dealer.admin('POST', '/v1/leads', { source: 'hook', contact: { email }, vehicle: text }),
      model: () =>
        dealer.admin('POST', '/v1/leads', {
          source: 'hook',
          contact: { email },
          vehicles: [{ model: text }]
        }),
      form: () => {
        const body = new URLSearchParams({ source: 'hook', email, vehicle: text }).toString()
        return dealer.admin('POST', '/v1/leads', body as unknown as object, FORM)
      },
      landing: () =>
        app.call(null, {
          method: 'POST',
          url: `/v1/referrals/${link.body.code}/leads`,
          payload: new URLSearchParams({ name: 'Ala', email, vehicle: text }).toString(),
          headers: FORM
        }),
      adf: () =>
        postAdf(
          dealer.admin,
          `<adf><prospect><vehicle><model>${text}</model></vehicle><customer><contact>
           <email>${email}</email></contact></customer></prospect></adf>`,
          '?source=hook'
        )
    }
    for (const [path, posted] of Object.entries(send)) {
      await posted()
      const lead = await newest()
      t.match(lead.vehicles, [right], `${path}: ${text}`)
      const kept = lead.unmapped.find(({ code }) => code === 'split_vehicle')
      t.equal(kept?.text, isSplit ? text : undefined, `${path}: the text is kept`)
    }
    const { leads } = await bringList(t, app, dealer, `E-mail;Pojazd\n${email};${text}\n`)
    t.match(leads[0]?.vehicles, [right], `list: ${text}`)
  }
})

void t.test('columns with a vehicle in one text', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const names = ['Vehicle', 'Coche', 'Fahrzeug', 'Marka i model', 'Interested in', 'Anfrage zu']
  for (const name of names) {
    const file = `E-mail;${name}\nola@columns.example;Opel Corsa 1.2 2018\n`
    const { leads } = await bringList(t, app, dealer, file)
    t.match(leads[0]?.vehicles, [{ make: 'Opel', model: 'Corsa 1.2', year: 2018 }], name)
  }
  const both = 'E-mail;Vehicle;Make;Model\nola@columns.example;Opel Corsa 2018;Opel;Corsa\n'
  const { leads } = await bringList(t, app, dealer, both)
  t.match(leads[0]?.vehicles, [{ make: 'Opel', model: 'Corsa', year: null }])
  t.match(leads[0]?.unmapped, [{ path: 'Vehicle', text: 'Opel Corsa 2018' }])
  const owned = 'E-mail;Inzahlungnahme\nola@columns.example;Opel Corsa 2018\n'
  t.strictSame((await bringList(t, app, dealer, owned)).leads[0]?.vehicles, [])
})

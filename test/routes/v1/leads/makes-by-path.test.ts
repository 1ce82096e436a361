import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { postAdf } from '../../../support/leads.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

void t.test('a make has one spelling on every path, in filters and in searches', async (t) => {
  const app = await createTestApp(t)
  for (const [given, make] of [
    ['VW', 'Volkswagen'],
    ['Chevy', 'Chevrolet'],
    ['V.W.', 'Volkswagen'],
    ['MERC', 'Mercedes-Benz'],
    ['LandRover', 'Land Rover'],
    ['BMW', 'BMW'],
    ['KIA', 'KIA'],
    ['Merkury', 'Merkury']
  ] as const) {
    const dealer = await app.createDealer()
    const hook = { key: 'hook', name: 'Hook', kind: 'website', lenient: true }
    await dealer.admin('POST', '/v1/sources', hook)
    const email = 'ala@makes.example'
    const form = {
      source: 'hook',
      email,
      message: 'by a form',
      'vehicles[0][make]': given,
      'vehicles[0][model]': 'X'
    }
    const json = (vehicle: object) =>
      dealer.admin('POST', '/v1/leads', {
        source: 'hook',
        contact: { email },
        message: JSON.stringify(vehicle),
        vehicles: [vehicle]
      })
    const send: Record<string, () => Promise<unknown>> = {
      json: () => json({ make: given, model: 'X' }),
      'json with the make twice': () => json({ make: given, model: `${given} X` }),
      form: () =>
        dealer.admin('POST', '/v1/leads', String(new URLSearchParams(form)) as never, FORM),
      adf: () =>
        postAdf(
          dealer.admin,
          `<adf><prospect><vehicle><make>${given}</make><model>X</model></vehicle><customer><contact>
           <email>${email}</email></contact><comments>by ADF</comments></customer></prospect></adf>`,
          '?source=hook'
        )
    }
    for (const [path, posted] of Object.entries(send)) {
      await posted()
      const { body } = await dealer.admin('GET', '/v1/leads?sort=-createdAt&limit=1')
      const lead = must(body.data[0])
      const isTwice = path.includes('twice') && make !== 'Merkury'
      t.match(
        lead.vehicles,
        [{ make, model: isTwice || !path.includes('twice') ? 'X' : `${given} X` }],
        path
      )
      const kept = lead.unmapped.find(({ code }) => code === 'make_spelling')
      t.equal(kept?.text, given === make ? undefined : given, `${path}: the text is kept`)
    }
    const list = `E-mail;Marka;Model\n${email};${given};X\n`
    const { leads } = await bringList(t, app, dealer, list)
    t.match(leads[0]?.vehicles, [{ make, model: 'X' }], 'list')
    for (const asked of [`make=${given}`, `make=${make}`, `q=${given}`, `q=${make}`]) {
      const { body } = await dealer.admin('GET', `/v1/leads?${encodeURI(asked)}&limit=10`)
      t.equal(body.data.length, 5, asked)
    }
  }
})

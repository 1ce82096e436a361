import { randomUUID } from 'node:crypto'

import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

/** A lead with these members of the body, of the contact and of its vehicle. */
function lead(words: object, contact: object = {}, vehicle?: object) {
  return {
    source: 'website',
    contact: { lastName: 'Wrona', phone: '601 555 010', ...contact },
    ...(vehicle ? { vehicles: [vehicle] } : {}),
    ...words
  }
}

/** Posts a body that is taken in, and returns the lead. */
async function post({ admin }: TestDealer, body: object) {
  const key = { 'idempotency-key': randomUUID() }
  const response = await admin('POST', '/v1/leads', body, key)
  if (response.status !== 201) throw new Error(response.text)
  return response.body
}

void t.test('POST /v1/leads reads what forms and people send', async (t) => {
  const { createDealer, call } = await createTestApp(t)
  const dealer = await createDealer()

  await t.test('blank texts, null and parts without a value are absent', async (t) => {
    for (const blank of ['', '  ', '\u00a0\t', null]) {
      const body = await post(dealer, {
        source: 'website',
        type: blank,
        externalId: blank,
        submittedAt: blank,
        message: blank,
        isTest: blank,
        timeframe: { description: blank, earliest: blank },
        prequalification: { income: { amount: blank, currency: blank }, hasTradeIn: blank },
        attribution: { utmSource: blank },
        consents: [{ purpose: blank, granted: blank }, blank],
        vehicles: [
          blank,
          { condition: blank, interest: blank, make: blank },
          {
            make: 'Skoda',
            year: blank,
            odometer: { value: blank, unit: blank },
            price: { amount: blank, currency: blank, type: blank },
            colors: [{ exterior: blank }],
            image: { url: blank },
            finance: { amounts: [{ amount: blank, currency: blank, type: blank }] }
          }
        ],
        contact: {
          firstName: blank,
          email: 'ada.wrona@j01.example',
          phoneType: blank,
          otherEmails: [blank],
          otherPhones: [{ number: blank, type: blank }],
          preferredChannel: blank,
          preferredTime: blank,
          language: blank,
          address: { street: [blank, blank], city: blank, country: blank, type: blank }
        }
      })
      t.strictSame(body.warnings, [])
      t.equal(body.vehicles.length, 1)
      t.hasStrict(body.vehicles[0], {
        make: 'Skoda',
        condition: null,
        odometer: null,
        price: null,
        colors: [],
        image: null
      })
      t.hasStrict(body, { type: 'inquiry', externalId: null, isTest: false, consents: [] })
      t.strictSame([body.contact.address, body.contact.otherPhones], [null, []])
      t.equal(body.timeframe, null)
    }
  })

  await t.test('choices are read in any case and by synonyms', async (t) => {
    const { contact, vehicles, warnings } = await post(
      dealer,
      lead(
        {},
        { phoneType: 'Cell Phone', preferredChannel: 'SMS', preferredTime: 'wieczorem' },
        { condition: 'Pre-owned', interest: 'Trade In' }
      )
    )
    t.hasStrict(contact, { phoneType: 'mobile', preferredChannel: 'sms', preferredTime: 'evening' })
    t.hasStrict(vehicles[0], { condition: 'used', interest: 'trade-in' })
    t.strictSame(warnings, [])
  })

  await t.test('numbers, amounts, codes and times are read in other common forms', async (t) => {
    const body = await post(
      dealer,
      lead(
        { submittedAt: '24.11.2026 14:05', isTest: 'no', attribution: { campaignId: 120 } },
        {
          phone: 601555011,
          language: 'Polish',
          address: { postalCode: 31146, country: 'pl', street: 'ul. Nowa 4\nlok. 2' }
        },
        { year: '2021', odometer: '41 000 km', price: { amount: '79 900,50', currency: 'zł' } }
      )
    )
    t.strictSame(body.warnings, [])
    t.equal(body.submittedAt, '2026-11-24T13:05:00.000Z', 'a time of the dealer’s zone')
    t.hasStrict(body.attribution, { campaignId: '120' })
    t.hasStrict(body.contact, { phone: '+48601555011', language: 'pl' })
    t.hasStrict(body.contact.address, {
      postalCode: '31146',
      country: 'PL',
      street: ['ul. Nowa 4', 'lok. 2']
    })
    t.hasStrict(body.vehicles[0], {
      year: 2021,
      odometer: { value: 41000, unit: 'km' },
      price: { amount: '79900.50', currency: 'PLN' }
    })
    const named = await post(
      dealer,
      lead({}, { language: 'pl_PL', address: { country: 'Hiszpania' } })
    )
    t.hasStrict(named.contact, { language: 'pl-PL', address: { country: 'ES' } })
  })

  await t.test('an optional value that can’t be read is kept, and told in warnings', async (t) => {
    const body = await post(
      dealer,
      lead(
        { submittedAt: 'last week', consents: [{ purpose: 'marketing', granted: 'perhaps' }] },
        { preferredChannel: 'pigeon', address: { city: 'Opole', country: 'Atlantis' } },
        { make: 'Fiat', year: 'about 2015', odometer: { unit: 'km' } }
      )
    )
    t.strictSame(
      body.warnings.map(({ pointer, code }) => [pointer, code]),
      body.unmapped.map(({ path, code }) => [path, code])
    )
    t.strictSame(
      Object.fromEntries(body.unmapped.map(({ path, text, code }) => [path, [text, code]])),
      {
        '/submittedAt': ['last week', 'unreadable_value'],
        '/consents/0': ['{"purpose":"marketing","granted":"perhaps"}', 'unreadable_value'],
        '/contact/preferredChannel': ['pigeon', 'unreadable_value'],
        '/contact/address/country': ['Atlantis', 'unreadable_value'],
        '/vehicles/0/year': ['about 2015', 'unreadable_value'],
        '/vehicles/0/odometer': ['{"unit":"km"}', 'incomplete_value']
      }
    )
    t.equal(body.warnings[0]?.sentence, 'The value can’t be read.')
    t.hasStrict(body, { submittedAt: null, consents: [] })
    t.hasStrict(body.contact.address, { city: 'Opole', country: null })
    t.hasStrict(body.vehicles[0], { make: 'Fiat', year: null, odometer: null })
    const capture = await dealer.withKey(['leads:capture'])
    const receipt = await capture('POST', '/v1/leads', lead({}, {}, { year: 1400 }))
    t.strictSame(receipt.body.warnings, [
      {
        pointer: '/vehicles/0/year',
        code: 'unreadable_value',
        sentence: 'The value can’t be read.'
      }
    ])
  })

  await t.test(
    'a text that is too long is kept whole; items over the limit are kept',
    async (t) => {
      const message = `${'a'.repeat(19_999)}🚗 and more`
      const externalId = 'x'.repeat(201)
      const body = await post(
        dealer,
        lead({
          message,
          externalId,
          vehicles: Array.from({ length: 22 }, (_, index) => ({ make: `Make ${index}` }))
        })
      )
      t.equal(body.message, 'a'.repeat(19_999), 'shortened between characters')
      t.equal(body.externalId, null, 'the beginning of an id is another id')
      t.equal(body.vehicles.length, 20)
      const kept = new Map(body.unmapped.map(({ path, text, code }) => [path, [text, code]]))
      t.strictSame(kept.get('/message'), [message, 'shortened_text'])
      t.strictSame(kept.get('/externalId'), [externalId, 'unreadable_value'])
      t.strictSame(kept.get('/vehicles/21'), ['{"make":"Make 21"}', 'surplus_item'])
    }
  )

  await t.test('pointers name the places as posted, behind blank items too', async (t) => {
    const body = await post(
      dealer,
      lead({ vehicles: ['', { make: 'Kia' }, {}, { make: 'Seat', year: 'old' }] })
    )
    t.strictSame(
      body.warnings.map(({ pointer }) => pointer),
      ['/vehicles/3/year']
    )
    t.equal(body.vehicles.length, 2)
  })

  await t.test('words for an absent value are absent, and told', async (t) => {
    const body = await post(dealer, lead({ message: 'n/a' }, { address: { country: 'null' } }))
    t.equal(body.message, null)
    t.equal(body.contact.address, null)
    t.hasStrict(body.warnings, [
      { pointer: '/contact/address/country', code: 'absent_value' },
      { pointer: '/message', code: 'absent_value' }
    ])
  })

  await t.test(
    'custom values are read, and a wrong one costs no lead unless required',
    async (t) => {
      const { admin } = await createDealer()
      const define = (key: string, type: string, required = false) =>
        admin('POST', '/v1/custom-fields', { target: 'lead', key, label: key, type, required })
      for (const [key, type] of [
        ['budget', 'number'],
        ['newsletter', 'boolean'],
        ['visit', 'date']
      ])
        await define(String(key), String(type))
      const given = { budget: '41 000', newsletter: 'yes', visit: 'soon', other: '' }
      const { status, body } = await admin('POST', '/v1/leads', lead({ customFields: given }))
      t.equal(status, 201)
      t.strictSame(body.customFields, { budget: 41000, newsletter: true })
      t.strictSame(body.unmapped, [
        { path: '/customFields/visit', text: 'soon', code: 'unreadable_value' }
      ])
      const days = {
        '05.11.2026': '2026-11-05',
        '11/20/2026': '2026-11-20',
        '3.4.2026': '2026-04-03'
      }
      for (const [text, day] of Object.entries(days)) {
        const { body: dated } = await admin(
          'POST',
          '/v1/leads',
          lead({ customFields: { visit: text } })
        )
        t.strictSame(dated.customFields, { visit: day }, text)
      }
      await define('store', 'number', true)
      for (const store of [undefined, 'main']) {
        const refused = await admin(
          'POST',
          '/v1/leads',
          lead({ customFields: { ...given, store } })
        )
        t.equal(refused.status, 422)
        t.hasStrict(refused.problem.errors, [{ pointer: '/customFields/store' }])
      }
    }
  )

  await t.test('422 names wrong structure, unknown members and a wrong source', async (t) => {
    const pointers = async (body: object) => {
      const response = await dealer.admin('POST', '/v1/leads', body)
      t.equal(response.status, 422)
      return response.problem.errors?.map(({ pointer }) => pointer).toSorted()
    }
    t.strictSame(await pointers({ source: 'website' }), ['/contact'])
    t.strictSame(await pointers({ source: 'website', contact: 'Jan' }), ['/contact'])
    t.strictSame(await pointers(lead({ source: { key: 'website' } })), ['/source'])
    t.strictSame(await pointers(lead({ colour: 'red' }, { fax: '1' }, { year: 'old', km: 5 })), [
      '/colour',
      '/contact/fax',
      '/vehicles/0/km'
    ])
    t.strictSame(await pointers([1]), [''])
    t.equal((await dealer.admin('POST', '/v1/leads')).status, 400)
  })

  await t.test('a lenient source or key keeps unknown members, with a warning', async (t) => {
    const { admin } = await createDealer()
    const body = lead({ colour: 'red', source: 'kiosk' }, { fax: '1' })
    const source = { key: 'kiosk', name: 'Kiosk', kind: 'other' }
    const { id } = (await admin('POST', '/v1/sources', source)).body
    t.equal((await admin('POST', '/v1/leads', body)).status, 422)
    await admin('PATCH', `/v1/sources/${id}`, { lenient: true })
    const kept = await admin('POST', '/v1/leads', body)
    t.equal(kept.status, 201)
    t.strictSame(
      kept.body.warnings.map(({ pointer, code }) => [pointer, code]),
      [
        ['/colour', 'unknown_member'],
        ['/contact/fax', 'unknown_member']
      ]
    )
    t.strictSame(
      kept.body.unmapped.map(({ text }) => text),
      ['red', '1']
    )
    const refused = await admin('POST', '/v1/leads', { ...body, source: { key: 'kiosk' } })
    t.equal(refused.status, 422)
    await admin('PATCH', `/v1/sources/${id}`, { lenient: false })
    t.equal((await admin('POST', '/v1/leads', body)).status, 422)

    const words = { name: 'Kiosk', scopes: ['leads:capture'], lenient: true }
    const made = await admin('POST', '/v1/api-keys', words)
    t.equal(made.body.lenient, true)
    const send = async () =>
      await call(must(made.body.key), {
        method: 'POST',
        url: '/v1/leads',
        payload: { ...body, message: 'By key' }
      })
    t.equal((await send()).status, 201)
    await admin('PATCH', `/v1/api-keys/${made.body.id}`, { lenient: false })
    t.equal((await send()).status, 422)
  })

  await t.test('a list over its limit costs no lead, whatever else is wrong', async (t) => {
    const phones = Array.from(
      { length: 250 },
      (_, at) => `601 60${Math.floor(at / 100)} ${100 + at}`
    )
    const vehicles = Array.from({ length: 250 }, (_, at) => ({ make: `Make ${at}` }))
    for (const [contact, more] of [
      [{ otherPhones: phones }, {}],
      [{}, { vehicles }]
    ] as const) {
      const body = await post(dealer, lead({ ...more, timeframe: { earliest: 'soon' } }, contact))
      t.ok(body.unmapped.length <= 210, 'no more values are told than a person reads')
      t.ok(body.unmapped.some(({ path }) => path === '/timeframe/earliest'))
      const last = body.unmapped.find(({ path }) => path === '')
      t.match(last, { text: /^\+\d+$/, code: 'surplus_item' })
    }
  })

  await t.test('a body of nothing but wrong values is read soon', async (t) => {
    const options = Array.from({ length: 4000 }, () => ({ name: 'x', weighting: 'much' }))
    const begun = performance.now()
    const response = await dealer.admin('POST', '/v1/leads', lead({}, {}, { options }))
    t.equal(response.status, 201, response.text.slice(0, 500))
    t.ok(performance.now() - begun < 1000)
  })
})

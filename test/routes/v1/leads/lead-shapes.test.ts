import { randomUUID } from 'node:crypto'

import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

/** Posts a body that is taken in, and returns the lead. */
async function post({ admin }: TestDealer, body: object) {
  const key = { 'idempotency-key': randomUUID() }
  const response = await admin('POST', '/v1/leads', { source: 'website', ...body }, key)
  if (response.status !== 201) throw new Error(response.text)
  return response.body
}

/** A body whose text or bytes are sent as they are: the response is that to JSON. */
const asBody = (payload: string | Buffer) => payload as unknown as object

const warned = ({ warnings }: { warnings: { pointer: string; code: string }[] }) =>
  warnings.map(({ pointer, code }) => [pointer, code])

void t.test('POST /v1/leads reads the shapes that other systems send', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()

  await t.test('e-mails as a list, as objects, and as `emails`', async (t) => {
    const contacts = [
      { email: ['ola@shape.example', 'ola.kos@shape.example'] },
      { email: { address: 'ola@shape.example' }, otherEmails: ['ola.kos@shape.example'] },
      { email: [{ value: 'ola@shape.example' }, { email: 'ola.kos@shape.example' }] },
      { emails: ['ola@shape.example', null, '', 'ola.kos@shape.example'] },
      { emails: [{ mail: 'ola.kos@shape.example' }, { mail: 'ola@shape.example', primary: true }] }
    ]
    for (const contact of contacts) {
      const { contact: read, warnings } = await post(dealer, { contact })
      t.hasStrict(read, {
        email: 'ola@shape.example',
        otherEmails: ['ola.kos@shape.example']
      })
      t.strictSame(warnings, [])
    }
  })

  await t.test('phones as a list, as objects with types and prefixes, as numbers', async (t) => {
    const contacts = [
      { phone: ['601 222 301', '22 333 44 55'] },
      { phone: 601222301, otherPhones: [223334455] },
      { phone: { number: '601222301' }, otherPhones: [{ value: '223334455' }] },
      { phones: [{ value: '601-222-301' }, '22-333-44-55'] },
      { phone: { countryCode: '+48', number: '601222301' }, phones: ['+48223334455'] },
      { phones: [{ tel: '223334455' }, { tel: '601222301', isPrimary: true }] }
    ]
    for (const contact of contacts) {
      const { contact: read } = await post(dealer, { contact })
      t.equal(read.phone, '+48601222301')
      t.strictSame(
        read.otherPhones.map(({ number }) => number),
        ['+48223334455']
      )
    }
    const { contact } = await post(dealer, {
      contact: { phone: { value: '+1 585 555 0100', type: 'Cell', extension: 12, verified: true } }
    })
    t.hasStrict(contact, { phone: '+15855550100', phoneType: 'mobile' })
  })

  await t.test('points by their kinds, and points within points', async (t) => {
    const emails = [
      { email: { work: 'ola@work.example', home: 'ola@shape.example' } },
      { emails: { primary: 'ola@shape.example', other: ['ola@work.example'] } },
      { email: { value: [{ address: 'ola@shape.example' }, { address: 'ola@work.example' }] } },
      { email: [['ola@shape.example'], { work: { value: 'ola@work.example' } }] }
    ]
    for (const contact of emails) {
      const { contact: read, warnings } = await post(dealer, { contact })
      t.hasStrict(read, { email: 'ola@shape.example', otherEmails: ['ola@work.example'] })
      t.strictSame(warnings, [])
    }
    const phones = [
      { phone: { work: '22 333 44 55', mobile: '601 222 303' } },
      { phones: { mobile: { number: '601222303' }, work: ['223334455'], home: null } }
    ]
    for (const contact of phones) {
      const { contact: read } = await post(dealer, { contact })
      t.hasStrict(read, {
        phone: '+48601222303',
        phoneType: 'mobile',
        otherPhones: [{ number: '+48223334455', type: 'work' }]
      })
    }
  })

  await t.test(
    'references of HTML in fields of the dealer and in parts of a request',
    async (t) => {
      const read = await post(dealer, {
        contact: { email: 'signs@shape.example' },
        timeframe: { description: 'za 2&nbsp;tygodnie' },
        vehicles: [{ make: 'Kia', comments: 'a &amp;lt; b', colors: [] }],
        customFields: { salon: 'Krak&oacute;w', nested: { of: ['A &amp; B', 1] } },
        attribution: { landingPage: 'https://x.example/?a=1&amp;b=2&copy=3' }
      })
      t.hasStrict(read, {
        timeframe: { description: 'za 2 tygodnie' },
        customFields: { salon: 'Kraków', nested: { of: ['A & B', 1] } },
        attribution: { landingPage: 'https://x.example/?a=1&b=2&copy=3' }
      })
      t.strictSame(
        warned(read).map(([pointer]) => pointer),
        [
          '/vehicles/0/comments',
          '/timeframe/description',
          '/customFields/salon',
          '/customFields/nested/of/0',
          '/attribution/landingPage'
        ]
      )
    }
  )

  await t.test('a point that is given twice is there once', async (t) => {
    const { contact } = await post(dealer, {
      contact: {
        email: 'ola@twice.example',
        otherEmails: ['OLA@twice.example', 'kos@twice.example'],
        phone: '601 222 304',
        otherPhones: [{ number: '+48 601 222 304' }]
      }
    })
    t.hasStrict(contact, { otherEmails: ['kos@twice.example'], otherPhones: [] })
  })

  await t.test('what a phone object says beside is kept', async (t) => {
    const body = await post(dealer, {
      contact: { phone: { number: '601222302', carrier: 'Plus' } }
    })
    t.strictSame(warned(body), [['/contact/phone/carrier', 'unknown_member']])
    t.hasStrict(body.unmapped, [{ text: 'Plus' }])
  })

  await t.test('a contact in a list, and a contact that is one text', async (t) => {
    const listed = await post(dealer, {
      contact: [{ fullName: 'Ida Rey', email: 'ida@shape.example' }]
    })
    t.hasStrict(listed.contact, { fullName: 'Ida Rey', email: 'ida@shape.example' })
    const two = await post(dealer, {
      contact: [{ email: 'ida@shape.example' }, { email: 'max@shape.example' }],
      message: 'We are two'
    })
    t.strictSame(warned(two), [['/contact/1', 'surplus_item']])
    const text = await post(dealer, {
      contact: 'Jan Sowa, tel. 601 222 303, jan.sowa@shape.example'
    })
    t.hasStrict(text.contact, {
      fullName: 'Jan Sowa',
      email: 'jan.sowa@shape.example',
      phone: '+48601222303'
    })
    const number = await post(dealer, { contact: ['601 222 304'] })
    t.equal(number.contact.phone, '+48601222304')
  })

  await t.test('what was repaired is told by where it was sent', async (t) => {
    const cases = [
      [{ emails: ['p1@shape.example', 'mailto:p1b@shape.example'] }, '/contact/emails/1'],
      [{ emails: [{ value: 'mailto:p2@shape.example' }] }, '/contact/emails/0'],
      [{ email: 'p3@shape.example', phones: ['601 222 / 601222311'] }, '/contact/phones/0'],
      [{ email: { address: 'mailto:p4@shape.example' } }, '/contact/email'],
      ['mailto:p5@shape.example', '/contact'],
      [{ otherEmails: ['mailto:p6@shape.example'] }, '/contact/otherEmails/0']
    ] as const
    for (const [contact, pointer] of cases) {
      const body = await post(dealer, { contact })
      const pointers = warned(body).map(([at]) => at)
      t.ok(
        pointers.length > 0 && pointers.every((at) => at === pointer),
        `${pointer}: ${pointers.join()}`
      )
    }
  })

  await t.test('vehicles as texts, a message of lines, a name in its parts', async (t) => {
    const contact = { fullName: { first: 'Ola', last: 'Kos' }, phone: '601222306' }
    const told = (index: number) => [`/vehicles/${index}/model`, 'split_vehicle']
    for (const [vehicles, models, warnings] of [
      ['Kia Ceed', ['Ceed'], [told(0)]],
      [['Kia Ceed', 'Octavia'], ['Ceed', 'Octavia'], [told(0)]],
      [{ make: 'Kia', model: 'Ceed' }, ['Ceed'], []]
    ] as const) {
      const body = await post(dealer, { contact, vehicles, message: ['One', 'Two'] })
      t.strictSame(
        body.vehicles.map(({ model }) => model),
        models
      )
      t.strictSame([body.contact.firstName, body.contact.lastName], ['Ola', 'Kos'])
      t.strictSame([body.message, warned(body)], ['One\nTwo', warnings])
    }
    const named = await post(dealer, {
      contact: { fullName: ['Ola', 'Kos'], phone: '601222307' },
      message: { text: 'Hello' }
    })
    t.strictSame([named.contact.fullName, named.message], ['Ola Kos', 'Hello'])
  })

  await t.test('a source in another case, with blanks, and by its name', async (t) => {
    const contact = { phone: '601222305' }
    const named = await dealer.admin('POST', '/v1/sources', {
      key: 'expo-2026',
      name: 'Targi Poznań',
      kind: 'trade_fair'
    })
    for (const [source, key] of [
      [' Website ', 'website'],
      ['WEB SITE', 'website'],
      ['Employee Referral', 'employee-referral'],
      ['targi poznan', 'expo-2026'],
      ['Expo 2026', 'expo-2026']
    ] as const) {
      const body = await post(dealer, { source, contact, message: source })
      t.equal(body.source.key, key, source)
    }
    t.equal(named.status, 201)
    const refused = await dealer.admin('POST', '/v1/leads', { source: 'webbsite', contact })
    t.strictSame([refused.status, refused.problem.errors?.[0]?.pointer], [422, '/source'])
  })

  await t.test('an unknown user or referral code costs no lead', async (t) => {
    const assignee = randomUUID()
    const body = await post(dealer, {
      contact: { phone: '601222306' },
      assignee,
      referralCode: 'nosuch1'
    })
    t.strictSame(warned(body), [
      ['/referralCode', 'unknown_reference'],
      ['/assignee', 'unknown_reference']
    ])
    t.strictSame(
      body.unmapped.map(({ text }) => text),
      ['nosuch1', assignee]
    )
    t.equal(body.referralLink, null)
    const named = await post(dealer, { contact: { phone: '601222307' }, assignee: 'Jan' })
    t.strictSame(warned(named), [['/assignee', 'unknown_reference']])
    const known = await post(dealer, { contact: { phone: '601222308' }, assignee: dealer.ownerId })
    t.equal(known.assignee?.id, dealer.ownerId)
  })

  await t.test('one wrong optional member of a part costs only itself', async (t) => {
    const body = await post(dealer, {
      contact: { phone: '601222309' },
      vehicles: { make: 'Dacia', year: 'ninety', odometer: { value: 12, unit: 'leagues' } },
      timeframe: { description: 'spring', earliest: { year: 2027 } },
      attribution: { utmSource: 'mail', gclid: ['a', 'b'] },
      consents: { purpose: 'marketing', granted: 'yes', ip: { v4: '1.2.3.4' }, givenAt: 'today' },
      customFields: 'none'
    })
    t.strictSame(
      new Set(warned(body).map(([pointer]) => pointer)),
      new Set([
        '/vehicles/0/year',
        '/vehicles/0/odometer',
        '/timeframe/earliest',
        '/attribution/gclid',
        '/consents/0/ip',
        '/consents/0/givenAt',
        '/customFields'
      ])
    )
    t.hasStrict(body.vehicles[0], { make: 'Dacia', year: null })
    t.hasStrict(body.timeframe, { description: 'spring', earliest: null })
    t.hasStrict(body.consents[0], { purpose: 'marketing', granted: true, ip: null })
    t.strictSame(body.attribution, { utmSource: 'mail' })
  })

  await t.test('an id that a spreadsheet took for a number, and names that say none', async (t) => {
    const body = await post(dealer, {
      externalId: '91001.0',
      contact: { phone: '601222312', firstName: 'Keine', lastName: 'Angabe' }
    })
    t.equal(body.externalId, '91001')
    t.hasStrict(body.contact, { firstName: null, lastName: null })
    t.strictSame(warned(body), [
      ['/contact/firstName', 'absent_value'],
      ['/contact/lastName', 'absent_value']
    ])
    for (const fullName of ['NA NA', '{{first_name}} {{last_name}}', '%NAME%']) {
      const { contact } = await post(dealer, { contact: { phone: '601222313', fullName } })
      t.equal(contact.fullName, null, fullName)
    }
    const { contact } = await post(dealer, {
      contact: { phone: 'k.A.', email: 'ola.nic@shape.example', fullName: 'K. A. Nowak' }
    })
    t.hasStrict(contact, { phone: null, fullName: 'K. A. Nowak' })
  })

  await t.test('the days of a timeframe are days, and a unit may have a multiple', async (t) => {
    const days: Record<string, string | null> = {
      '20.11.2026': '2026-11-20',
      '12/5/2026': '2026-05-12',
      '46370': '2026-12-14',
      '2026-11-20T10:00:00+01:00': '2026-11-20T10:00:00+01:00',
      'za 2 tygodnie': null
    }
    for (const [text, earliest] of Object.entries(days)) {
      const body = await post(dealer, {
        contact: { phone: '601222311' },
        timeframe: { description: 'spring', earliest: text, latest: text },
        vehicles: { make: 'Dacia', odometer: { value: 120, unit: 'tys. km' } }
      })
      t.hasStrict(body.timeframe, { earliest, latest: earliest }, text)
      t.hasStrict(body.vehicles[0]?.odometer, { value: 120_000, unit: 'km' })
      const unread = ['/timeframe/earliest', '/timeframe/latest'].map((at) => [
        at,
        'unreadable_value'
      ])
      t.strictSame(warned(body), earliest === null ? unread : [], text)
    }
  })

  await t.test('a bad e-mail beside a good phone is told, and the reverse', async (t) => {
    const first = await post(dealer, { contact: { phone: '601222310', email: 'ola(a)x' } })
    t.strictSame(warned(first), [['/contact/email', 'unreadable_value']])
    t.hasStrict(first.contact, { email: 'ola(a)x', emailValid: false, phoneValid: true })
    const second = await post(dealer, { contact: { phone: '12 34', email: 'ola@shape.example' } })
    t.strictSame(warned(second), [['/contact/phone', 'unreadable_value']])
  })
})

void t.test('a lead that can reach a person anywhere is taken in', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()

  await t.test('an e-mail or phone in place of a name', async (t) => {
    const email = await post(dealer, { contact: { fullName: 'ewa.sroka@found.example' } })
    t.hasStrict(email.contact, { fullName: null, email: 'ewa.sroka@found.example' })
    t.strictSame(warned(email), [['/contact/fullName', 'moved_to_email']])
    const phone = await post(dealer, { contact: { firstName: 'Ewa', lastName: '601 333 201' } })
    t.hasStrict(phone.contact, { firstName: 'Ewa', lastName: null, phone: '+48601333201' })
    const both = await post(dealer, { contact: { fullName: 'Ewa Sroka 601333202' } })
    t.hasStrict(both.contact, { fullName: 'Ewa Sroka', phone: '+48601333202' })
  })

  await t.test('an e-mail or phone in the message alone', async (t) => {
    const body = await post(dealer, {
      contact: { firstName: 'Leo' },
      message:
        'Seen on https://x.example/offer/601333299 on 12.11.2026. Call +48 601 333 203 after 5.'
    })
    t.hasStrict(body.contact, { firstName: 'Leo', phone: '+48601333203' })
    t.strictSame(warned(body), [['/message', 'found_in_text']])
    const mail = await post(dealer, {
      contact: {},
      message: 'Write to leo.m@found.example, please'
    })
    t.equal(mail.contact.email, 'leo.m@found.example')
    const given = await post(dealer, {
      contact: { email: 'leo@found.example' },
      message: 'or 601 333 204'
    })
    t.equal(given.contact.phone, null, 'who can be reached is not searched for')
  })

  await t.test('422 where no text can reach anybody', async (t) => {
    for (const body of [
      { contact: { fullName: 'Leo M' }, message: 'VIN 1HGCM82633A004352, 2026-11-20, 79 900 zł' },
      { contact: { email: 'n/a', phone: '-' } },
      { contact: {} }
    ]) {
      const response = await dealer.admin('POST', '/v1/leads', { source: 'website', ...body })
      t.equal(response.status, 422)
      t.equal(response.problem.type, 'urn:leadyard:problem:unreachable-contact')
    }
  })
})

void t.test('names and words for no name', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const named = async (contact: object) => {
    const body = await post(dealer, {
      contact: { phone: '601444100', ...contact },
      message: randomUUID()
    })
    const { firstName, lastName, fullName } = body.contact
    return [firstName, lastName, fullName]
  }
  t.strictSame(await named({ firstName: 'Jan', lastName: 'Null' }), ['Jan', 'Null', null])
  t.strictSame(await named({ firstName: 'EWA', lastName: 'BRAK' }), ['EWA', 'BRAK', null])
  t.strictSame(await named({ firstName: 'Jan', lastName: 'null' }), ['Jan', null, null])
  t.strictSame(await named({ firstName: 'Jan', lastName: 'N/A' }), ['Jan', null, null])
  t.strictSame(await named({ firstName: 'null', lastName: 'undefined' }), [null, null, null])
  t.strictSame(await named({ firstName: 'Null', lastName: 'Null' }), [null, null, null])
  t.strictSame(await named({ fullName: 'Brak Brak' }), [null, null, null])
  t.strictSame(await named({ fullName: 'Ada Null' }), [null, null, 'Ada Null'])
  t.strictSame(await named({ fullName: 'undefined Kowal' }), [null, null, 'Kowal'])
})

void t.test('bytes and texts that can’t be stored as they are', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const send = async (payload: string | Buffer, type = 'application/json') => {
    const response = await dealer.admin('POST', '/v1/leads', asBody(payload), {
      'content-type': type
    })
    if (response.status !== 201) throw new Error(response.text)
    return response.body
  }

  await t.test('NUL and halves of pairs are replaced, and told', async (t) => {
    const body = await send(
      String.raw`{"source":"website","contact":{"firstName":"Jan\u0000","lastName":"K\ud800os","phone":"601555101"},"customFields":{"a\u0000b":"x\udc00"}}`
    )
    t.hasStrict(body.contact, { firstName: 'Jan', lastName: 'K\ufffdos' })
    t.strictSame(body.customFields, { 'a b': 'x\ufffd' })
    t.strictSame([...new Set(warned(body).map(([, code]) => code))], ['replaced_character'])
    t.ok(body.unmapped.some(({ text }) => text === 'Jan\u2400'))
  })

  await t.test('a mark at the start, and bytes of Windows code pages', async (t) => {
    const lead = (name: string, phone: string) =>
      `{"source":"website","contact":{"lastName":"${name}","phone":"${phone}"},"message":"ok"}`
    const marked = await send(Buffer.from(`\ufeff${lead('Kos', '601555102')}`))
    t.equal(marked.contact.lastName, 'Kos')
    const spanish = await send(Buffer.from(lead('Núñez', '601555103'), 'latin1'))
    t.equal(spanish.contact.lastName, 'Núñez')
    const polish = Buffer.concat([
      Buffer.from('{"source":"website","contact":{"lastName":"Wr'),
      Buffer.from([0xf3]),
      Buffer.from('bel-Paw'),
      Buffer.from([0xb3]),
      Buffer.from('owska","phone":"601555104"}}')
    ])
    t.equal((await send(polish)).contact.lastName, 'Wróbel-Pawłowska')
    const mixed = Buffer.concat([
      Buffer.from(
        '{"source":"website","contact":{"lastName":"Żak","phone":"601555105"},"message":"a '
      ),
      Buffer.from([0x96]),
      Buffer.from(' b"}')
    ])
    const read = await send(mixed)
    t.strictSame([read.contact.lastName, read.message], ['Żak', 'a – b'])
    t.hasStrict(read.warnings, [{ pointer: '', code: 'replaced_byte' }])
  })

  await t.test('line breaks inside of texts, and a member that is there twice', async (t) => {
    const broken = await send(
      '{"source":"website","contact":{"phone":"601555106"},"message":"one\ntwo\tthree"}'
    )
    t.equal(broken.message, 'one\ntwo\tthree')
    t.hasStrict(broken.warnings, [{ code: 'repaired_json' }])
    const twice = await send(
      '{"source":"website","contact":{"phone":"601555107","email":"a@x.example","email":"b@x.example"}}'
    )
    t.equal(twice.contact.email, 'b@x.example')
    t.strictSame(warned(twice), [['/contact/email', 'repeated_member']])
    t.hasStrict(twice.unmapped, [{ text: 'a@x.example' }])
  })

  await t.test('members with the names of prototypes cost no lead, and are told', async (t) => {
    const special = [
      ['{"phone":"601555108","__proto__":{"a":1}}', '/contact/__proto__'],
      ['{"phone":"601555109","constructor":{"prototype":{"a":1}}}', '/contact/constructor'],
      ['{"phone":"601555110","__proto__":{"a":1},}', '/contact/__proto__']
    ] as const
    for (const [contact, pointer] of special) {
      const { status, body } = await dealer.admin(
        'POST',
        '/v1/leads',
        asBody(`{"source":"website","contact":${contact}}`),
        { 'content-type': 'application/json' }
      )
      t.equal(status, 201, contact)
      t.hasStrict(body.warnings.at(-1), { pointer, code: 'unknown_member' })
      t.equal(body.contact.phone, `+48${/6015551\d\d/.exec(contact)?.[0] ?? ''}`)
    }
    t.notOk('a' in {}, 'no prototype has it')
  })
})

void t.test('a lead is read under a wrong or vague media type', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const send = async (payload: string | Buffer, headers: Record<string, string>) =>
    await dealer.admin('POST', '/v1/leads', asBody(payload), headers)
  const json = (phone: string) => JSON.stringify({ source: 'website', contact: { phone } })
  for (const [index, type] of [
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/xml',
    'application/vnd.api+json'
  ].entries()) {
    const { status, body } = await send(json(`60166600${index}`), { 'content-type': type })
    t.equal(status, 201, type)
    t.equal(body.contact.phone, `+4860166600${index}`)
  }
  const written = [
    'json',
    'JSON',
    'utf-8',
    '*/*',
    'text/json',
    'text/x-json; charset=utf-8',
    'application/json charset=utf-8',
    'text/javascript',
    'application/x-ndjson'
  ]
  for (const [index, type] of written.entries()) {
    const { status, body } = await send(json(`60166605${index}`), { 'content-type': type })
    t.equal(status, 201, type)
    t.equal(body.contact.phone, `+4860166605${index}`)
  }
  const adf = (phone: string) =>
    `<?adf version="1.0"?><adf><prospect><customer><contact><name part="full">Ada</name><phone>${phone}</phone></contact></customer></prospect></adf>`
  for (const [index, type] of ['application/json', 'text/plain'].entries()) {
    const { status, text } = await send(adf(`60166610${index}`), { 'content-type': type })
    t.equal(status, 201, type)
    t.match(text, `+4860166610${index}`)
  }
  for (const [payload, type] of [
    ['hello there', 'text/plain'],
    ['%PDF-1.7', 'application/pdf'],
    [json('601666200'), 'application/merge-patch+json'],
    ['[1]', 'image/png']
  ] as const) {
    t.equal((await send(payload, { 'content-type': type })).status, 415, type)
  }

  await t.test('a compressed body is read within the limit, or refused by name', async (t) => {
    const { brotliCompressSync, gzipSync } = await import('node:zlib')
    const type = { 'content-type': 'application/json' }
    const gzip = await send(gzipSync(json('601666301')), { ...type, 'content-encoding': 'gzip' })
    t.equal(must(gzip.body.contact).phone, '+48601666301')
    const br = await send(brotliCompressSync(json('601666302')), {
      ...type,
      'content-encoding': 'br'
    })
    t.equal(br.status, 201)
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
    t.equal((await send(bomb, { ...type, 'content-encoding': 'gzip' })).status, 413)
    const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2, 3])
    const unknown = await send(zstd, { ...type, 'content-encoding': 'zstd' })
    t.strictSame([unknown.status, unknown.problem.detail.includes('zstd')], [415, true])
    const wrong = await send(zstd, { ...type, 'content-encoding': 'gzip' })
    t.equal(wrong.status, 400)
    const plain = await send(json('601666304'), { ...type, 'content-encoding': 'gzip' })
    t.equal(plain.status, 201, 'text under a name that it has not')
    const client = await dealer.admin('POST', '/v1/clients', asBody(gzipSync('{}')), {
      ...type,
      'content-encoding': 'gzip'
    })
    t.strictSame([client.status, client.problem.detail.includes('gzip')], [415, true])
  })
})

void t.test('POST /v1/leads reads what templates and browsers leave in JSON', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const raw = async (payload: string | Buffer, type = 'application/json') =>
    await dealer.admin('POST', '/v1/leads', asBody(payload), { 'content-type': type })

  await t.test('an id with blanks around it is the id, and a word for none is none', async (t) => {
    const contact = { email: 'ids@shape.example' }
    const first = await post(dealer, { contact, externalId: ' F-77 ', message: 'one' })
    t.equal(first.externalId, 'F-77')
    const again = await dealer.admin('POST', '/v1/leads', {
      source: 'website',
      contact,
      externalId: 'F-77',
      message: 'one'
    })
    t.strictSame([again.status, again.body.id], [200, first.id])
    for (const externalId of ['null', 'undefined', 'N/A', '-', '  ']) {
      const body = await post(dealer, { contact, externalId, message: `id ${externalId}` })
      t.equal(body.externalId, null, externalId)
    }
  })

  await t.test('control characters become blanks, and are told', async (t) => {
    const { body } = await raw(
      '{"source":"website","contact":{"email":"cc@shape.example"},"message":"one\\u000btwo\\bthree\\nfour"}'
    )
    t.equal(body.message, 'one two three\nfour')
    t.strictSame(warned(body), [['/message', 'replaced_character']])
    t.equal(must(body.unmapped[0]).text, 'one\u240btwo\u2408three\nfour')
  })

  await t.test('consents by their purpose', async (t) => {
    const { consents } = await post(dealer, {
      contact: { email: 'yes@shape.example' },
      consents: { marketing: true, phone: 'no', newsletter: { granted: 'yes', channel: 'email' } }
    })
    t.hasStrict(consents, [
      { purpose: 'marketing', granted: true },
      { purpose: 'phone', granted: false },
      { purpose: 'newsletter', granted: true, channel: 'email' }
    ])
  })

  await t.test('amounts of a finance without a currency are in that of the dealer', async (t) => {
    const { vehicles } = await post(dealer, {
      contact: { email: 'money@shape.example' },
      vehicles: [
        {
          make: 'Kia',
          price: '12 990',
          finance: { amounts: [{ amount: '300', type: 'monthly' }, '5000'], balance: '1 000,50' }
        }
      ]
    })
    const { currency } = must(must(vehicles[0]).price)
    const assumed = { currency, currencyAssumed: true }
    t.hasStrict(vehicles[0], {
      price: { amount: '12990', ...assumed },
      finance: {
        amounts: [
          { amount: '300', ...assumed, type: 'monthly' },
          { amount: '5000', ...assumed, type: 'total' }
        ],
        balance: { amount: '1000.50', ...assumed, type: 'finance' }
      }
    })
  })

  await t.test('bytes that are no UTF-8 are read, and told', async (t) => {
    for (const [bytes, name] of [
      [Buffer.from('Mu\xf1oz N\xfa\xf1ez', 'latin1'), 'Muñoz Núñez'],
      [Buffer.from('\xa3ukasz Wo\xb3ek', 'latin1'), 'Łukasz Wołek']
    ] as const) {
      const payload = Buffer.concat([
        Buffer.from('{"source":"website","contact":{"email":"bytes@shape.example","fullName":"'),
        bytes,
        Buffer.from('"}}')
      ])
      const { body } = await raw(payload)
      t.equal(body.contact.fullName, name)
      t.strictSame(warned(body), [['', 'charset_guessed']])
    }
  })

  await t.test('JSON that is no lead keeps the media type of its document', async (t) => {
    const { status, body } = await raw('{"a": "call 601 777 401"}', 'application/xml')
    t.equal(status, 202)
    const [{ id }] = (body as unknown as { data: [{ id: string }] }).data
    const payload = await dealer.admin('GET', `/v1/leads/${id}/payload`)
    t.equal(payload.body.contentType, 'application/xml')
  })
})

void t.test('the response to a capture has the matches that the lead has', async (t) => {
  const { createDealer } = await sharedTestApp()
  const dealer = await createDealer()
  const phone = '601777501'
  const first = await post(dealer, { contact: { fullName: 'Iga Rak', phone } })
  const other = await post(dealer, { contact: { fullName: 'Tom Bury', phone } })
  t.strictSame(
    other.matches.map(({ id }: { id: string }) => id),
    [first.id],
    'those of another name too'
  )
  const listed = await dealer.admin('GET', `/v1/leads/${other.id}/matches`)
  t.strictSame(
    listed.body.data.map(({ id, score }: { id: string; score: number }) => [id, score]),
    other.matches.map(({ id, score }: { id: string; score: number }) => [id, score])
  )
  const again = await dealer.admin('POST', '/v1/leads', {
    source: 'website',
    contact: { fullName: ' tom BURY', phone: '601 777 501' }
  })
  t.strictSame([again.status, again.body.id], [200, other.id], 'a double click')
  t.strictSame(
    again.body.matches.map(({ id }: { id: string }) => id),
    [first.id]
  )
  const unread = await post(dealer, { contact: { fullName: 'Ola Lis', phone: '22 34 517' } })
  const same = await post(dealer, {
    contact: { fullName: 'Ola Lis', phone: '2234-517' },
    message: 'again'
  })
  t.strictSame(
    same.matches.map(({ id, band }: { id: string; band: string }) => [id, band]),
    [[unread.id, 'sure']],
    'numbers that can’t be read agree by their digits'
  )
})

void t.test(
  'a strict sender that calls a member otherwise is told what may be meant',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const faultsOf = async (body: object) => {
      const { status, problem } = await admin('POST', '/v1/leads', body)
      t.equal(status, 422)
      return (problem.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)
    }
    const unknown = 'is not a known field'
    t.strictSame(await faultsOf({ contact: { name: 'Ola Bem', mail: 'ola@x.example' } }), [
      `/contact/name ${unknown}. Perhaps /contact/fullName is meant`,
      `/contact/mail ${unknown}. Perhaps /contact/email is meant`
    ])
    t.strictSame(
      (await faultsOf({ name: 'Ola Bem', email: 'ola@x.example', colour: 'red' })).toSorted(),
      [
        '/contact is required',
        `/colour ${unknown}`,
        `/email ${unknown}. Perhaps /contact/email is meant`,
        `/name ${unknown}. Perhaps /contact/fullName is meant`
      ].toSorted()
    )
  }
)

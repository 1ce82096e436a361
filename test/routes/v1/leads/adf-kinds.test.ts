import t from 'tap'

import type { CapturedLead } from '../../../support/contract-types.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { first } from '../../../support/must.ts'

/** Kinds of real trouble in documents (A rows), each in several forms, with what is right. */

const adf = (inner: string) => `<adf><prospect>${inner}</prospect></adf>`
const person = (inner: string, beside = '') =>
  adf(`${beside}<customer><contact>${inner}</contact></customer>`)
const mailOf = (name: string) => `<email>${name}@rows.example</email>`
const saying = (words: string, name = 'ewa') =>
  adf(`<customer><contact>${mailOf(name)}</contact><comments>${words}</comments></customer>`)
const bytesOf = (...parts: (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part)))
  )

interface Case {
  row: string
  document: string | Buffer
  type?: string
  /** What the lead must be. */
  right: object
  /** What must be told. */
  told?: string
  status?: number
}

const CASES: Case[] = [
  ...[
    '<email></email><phone>rosa@rows.example</phone>',
    '<phone>mailto:rosa@rows.example</phone>',
    '<phone type="cellphone">Rosa &lt;rosa@rows.example&gt;</phone>',
    '<cellphone>rosa@rows.example</cellphone>'
  ].map((inner): Case => ({
    row: 'A05',
    document: person(inner),
    right: { contact: { email: 'rosa@rows.example' } },
    told: 'moved_to_email'
  })),
  {
    row: 'A05, in the name',
    document: person('<name part="full">Rosa@Rows.example</name>'),
    right: { contact: { email: 'Rosa@rows.example', fullName: null } },
    told: 'moved_to_email'
  },
  {
    row: 'A05 reversed',
    document: person('<email>601 234 105</email>'),
    right: { contact: { phone: '+48601234105' } },
    told: 'moved_to_phone'
  },
  ...(
    [
      ['<cellphone>601 234 106</cellphone>', 'mobile'],
      ['<phone></phone><CellPhone>601-234-106</CellPhone>', 'mobile'],
      ['<mobile>+48 601 234 106</mobile>', 'mobile'],
      ['<mobile_phone>601234106</mobile_phone>', 'mobile'],
      ['<HomePhone>601 234 106</HomePhone>', 'home'],
      ['<work-phone>601 234 106</work-phone>', 'work'],
      ['<telephone>601 234 106</telephone>', 'voice'],
      ['<phone type="Mobile">601 234 106</phone>', 'mobile']
    ] as const
  ).map(([inner, phoneType]): Case => ({
    row: 'A06',
    document: person(inner),
    right: { contact: { phone: '+48601234106', phoneType } }
  })),
  ...(
    [
      ['<telefon>601 234 107</telefon>', null],
      ['<telefono_movil>601 234 107</telefono_movil>', 'mobile'],
      ['<phone_home>601 234 107</phone_home>', 'home'],
      ['<phone type="cellphone"><number>601 234 107</number></phone>', 'mobile'],
      ['<phone number="601 234 107"/>', null],
      ['<phone><areacode>601</areacode><number>234 107</number></phone>', null],
      ['<phone><countrycode>48</countrycode><number>601234107</number></phone>', null],
      ['<contactmethods><whatsapp value="+48 601 234 107"/></contactmethods>', 'mobile'],
      ['<reachme>601 234 107</reachme>', null]
    ] as const
  ).map(([inner, phoneType]): Case => ({
    row: 'A06, unknown elements',
    document: person(inner),
    right: { contact: { phone: '+48601234107', phoneType: phoneType ?? 'voice' } },
    // What columns of lists are called is known in documents too.
    ...(inner.startsWith('<telefon>') ? {} : { told: 'found_in_text' })
  })),
  ...[
    '<email value="lea@rows.example"/>',
    '<correo>lea@rows.example</correo>',
    '<online><adres>lea@rows.example</adres></online>'
  ].map((inner): Case => ({
    row: 'A06, unknown elements',
    document: person(inner),
    right: { contact: { email: 'lea@rows.example' } },
    ...(inner.startsWith('<correo>') ? {} : { told: 'found_in_text' })
  })),
  {
    row: 'A06, beside the contact',
    document: adf(
      `<customer><contact><name>Lea</name></contact><telefon>601 234 108</telefon></customer>`
    ),
    right: { contact: { phone: '+48601234108' } },
    told: 'found_in_text'
  },
  {
    row: 'A06, an id is no phone where there is one',
    document: person('<phone>601 234 109</phone><customernumber>601234110</customernumber>'),
    right: { contact: { phone: '+48601234109', otherPhones: [] } }
  },
  {
    row: 'A17, amounts',
    document: adf(
      `<vehicle><make>Kia</make><odometer units="km">45.000</odometer><price>€12.990</price></vehicle>
      <vehicle><make>Opel</make><price>12.990,00 €</price></vehicle>
      <vehicle><make>Fiat</make><price currency="zł">12 990</price></vehicle>
      <customer><contact>${mailOf('mia')}</contact></customer>`
    ),
    right: {
      vehicles: [
        {
          condition: null,
          odometer: { value: 45_000, unit: 'km' },
          price: { amount: '12990', currency: 'EUR' }
        },
        { price: { amount: '12990.00', currency: 'EUR' } },
        { price: { amount: '12990', currency: 'PLN' } }
      ]
    }
  },
  {
    row: 'a body in quoted-printable',
    document: [
      '<?xml version=3D"1.0" encoding=3D"UTF-8"?><adf><prospect status=3D"new"><customer><con=',
      'tact><name part=3D"full">=C5=81ucja Kos</name><email>lucja@rows.example</email></contact>=',
      '</customer></prospect></adf>'
    ].join('\r\n'),
    right: { contact: { fullName: 'Łucja Kos', email: 'lucja@rows.example' } },
    told: 'transfer_encoding'
  },
  {
    row: 'sections',
    document: person(
      '<name part="first"><![CDATA[Ida]]></name><email><![CDATA[ida@]]><![CDATA[rows.example]]></email>'
    ),
    right: { contact: { firstName: 'Ida', email: 'ida@rows.example' } }
  },
  {
    row: 'the type of a page',
    document: saying('hello', 'pia'),
    type: 'text/html; charset=utf-8',
    right: { contact: { email: 'pia@rows.example' }, message: 'hello' }
  },
  ...[
    '<!DOCTYPE adf [<!ELEMENT adf ANY><!ENTITY x "y">]>',
    '<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  ].map((doctype): Case => ({
    row: 'a DOCTYPE with declarations',
    document: doctype + saying('hello &x;', 'tia'),
    right: { outcome: 'quarantined', contact: { email: 'tia@rows.example' }, message: null },
    told: 'unreadable_document',
    status: 202
  })),
  {
    row: 'more leads than are stored at once',
    document: `<adf>${Array.from(
      { length: 101 },
      (_, n) => `<prospect><customer><contact>${mailOf(`p${n}`)}</contact></customer></prospect>`
    ).join('')}</adf>`,
    right: { outcome: 'quarantined', contact: { email: null } },
    told: 'unreadable_document',
    status: 202
  },
  ...[
    '<https://form.example>',
    '<http://form.example/a?b=c&d=e>',
    '<www.form.example>',
    '<info@form.example>'
  ].map((url): Case => ({
    row: 'A07',
    document: adf(
      `<customer><contact>${mailOf('ola')}</contact></customer><provider><name>Form</name><url>${url}</url></provider>`
    ),
    right: { contact: { email: 'ola@rows.example' }, provider: { name: 'Form' } },
    told: 'stray_angle_bracket'
  })),
  ...['\u000b', '\u0000', '\u0008', '\u000c', '\u001f'].map((character): Case => ({
    row: 'A08',
    document: saying(`one${character}two`),
    right: { message: 'one two' },
    told: 'control_character'
  })),
  ...['&#11;', '&#x0B;', '&#0;', '&#8;', '&#31;'].map((reference): Case => ({
    row: 'A09',
    document: saying(`one${reference}two`),
    right: { message: 'one two' },
    told: 'control_character'
  })),
  ...(
    [
      ['budget < 20000, I <3 it', 'budget < 20000, I <3 it'],
      ['a<b and b<<c', 'a<b and b<<c'],
      ['x <- y <= z', 'x <- y <= z'],
      ['cena <20 tys.', 'cena <20 tys.']
    ] as const
  ).map(([words, message]): Case => ({
    row: 'A12',
    document: saying(words),
    right: { message },
    told: 'stray_angle_bracket'
  })),
  ...(
    [
      ['2026-11-20T18:07:00', '2026-11-20T17:07:00.000Z'],
      ['2026-11-20T18:07', '2026-11-20T17:07:00.000Z'],
      ['2026-07-20 14:05:11', '2026-07-20T12:05:11.000Z'],
      ['20.11.2026 14:05', '2026-11-20T13:05:00.000Z'],
      ['20/11/2026 2:05 PM', '2026-11-20T13:05:00.000Z'],
      ['20261120T140511', '2026-11-20T13:05:11.000Z'],
      ['2026-11-20T18:07:00+02:00', '2026-11-20T16:07:00.000Z']
    ] as const
  ).map(([date, submittedAt]): Case => ({
    row: 'A13',
    document: adf(
      `<requestdate>${date}</requestdate><customer><contact>${mailOf('las')}</contact></customer>`
    ),
    right: { submittedAt }
  })),
  ...(
    [
      ['application/xml; charset=iso-8859-1', ''],
      ['application/xml; charset=windows-1250', '<?xml version="1.0" encoding="UTF-8"?>'],
      ['text/xml; charset="us-ascii"', '\ufeff']
    ] as const
  ).map(([type, header]): Case => ({
    row: 'A15b',
    type,
    document: `${header}${person(`<name>Łukasz Żółć</name>${mailOf('zolc')}`)}`,
    right: { contact: { fullName: 'Łukasz Żółć' } }
  })),
  ...[0x96, 0x92, 0xe9].map((byte): Case => ({
    row: 'A16',
    document: bytesOf(
      `<?xml version="1.0" encoding="UTF-8"?>${adf(`<customer><contact><name>Łukasz Żółć</name>${mailOf('bajt')}</contact><comments>a `).replace('</prospect></adf>', '')}`,
      byte,
      ' b</comments></customer></prospect></adf>'
    ),
    right: {
      contact: { fullName: 'Łukasz Żółć' },
      message: `a ${{ [0x96]: '–', [0x92]: '’', [0xe9]: 'é' }[byte] ?? ''} b`
    },
    told: 'replaced_byte'
  })),
  ...[
    '<odometer><value>42000</value><units>km</units></odometer>',
    '<mileage>42,000 km</mileage>',
    '<odometer units="km">42 000</odometer>'
  ].map((odometer): Case => ({
    row: 'A17',
    document: person(
      mailOf('auto'),
      `<vehicle interest="sell"><make>Honda</make>${odometer}<color>Blue</color></vehicle>`
    ),
    right: {
      vehicles: [{ odometer: { value: 42_000, unit: 'km' }, colors: [{ exterior: 'Blue' }] }]
    }
  })),
  ...['null', 'undefined', 'N/A', 'Not specified', 'brak', '-'].map((word): Case => ({
    row: 'A19',
    document: person(
      `<name part="first">${word}</name><name part="last">${word}</name><email>${word}</email><phone>601 234 119</phone>`,
      `<vehicle status="used"><year>${word}</year><make>Kia</make><model>${word}</model></vehicle>`
    ),
    right: {
      contact: { firstName: null, lastName: null, email: null, phone: '+48601234119' },
      vehicles: [{ year: null, make: 'Kia', model: null }]
    },
    told: 'absent_value'
  })),
  ...[
    '|',
    '<leads>|</leads>',
    '<Envelope><Body>|</Body></Envelope>',
    '<ADFs><ADF>|</ADF></ADFs>'
  ].map((wrapper): Case => ({
    row: 'A20',
    document: wrapper.replace('|', saying('hello', 'dana').replace(/<\/?adf>/g, '')),
    right: { contact: { email: 'dana@rows.example' }, message: 'hello' },
    told: 'other_root'
  })),
  ...[
    '<trade><vehicle>|</vehicle></trade>',
    '<trade-in>|</trade-in>',
    '<vehicle interest="Trade In">|</vehicle>'
  ].map((trade): Case => ({
    row: 'A21',
    document: person(
      mailOf('byk'),
      `<vehicle status="new"><make>Kia</make></vehicle>${trade.replace('|', '<make>Ford</make><mileage>88000</mileage>')}`
    ),
    right: {
      vehicles: [
        { make: 'Kia', interest: 'buy' },
        { make: 'Ford', interest: 'trade-in', condition: 'used' }
      ]
    }
  })),
  ...[
    '\n\n--\nSent by Tapform',
    '\nUnsubscribe: https://form.example?a=1&b=2',
    '<p>Sent by us</p>',
    '\u0000'
  ].map((footer): Case => ({
    row: 'A22',
    document: `${person(mailOf('nina'))}${footer}`,
    right: { contact: { email: 'nina@rows.example' } }
  })),
  {
    row: 'unreadable',
    document: 'name=Ada&phone=601 234 567',
    status: 202,
    right: { outcome: 'quarantined' },
    told: 'unreadable_document'
  },
  {
    row: 'cut',
    document: person(`<name>Ada</name>${mailOf('cut')}`).slice(0, -30),
    status: 202,
    right: { outcome: 'quarantined', contact: { fullName: 'Ada' } },
    told: 'cut_document'
  }
]

void t.test(
  'documents of each A row come in whole, and what was repaired is told',
  { timeout: 180_000 },
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    for (const [
      index,
      { row, document, type = 'text/xml', right, told, status = 201 }
    ] of CASES.entries()) {
      const title = `${row}: ${String(document)}`
      const response = await admin('POST', '/v1/leads', document, {
        'content-type': type,
        'idempotency-key': `row-${index}`
      })
      t.equal(response.status, status, title)
      const lead: CapturedLead = first(response.body.data)
      t.match(lead, right, title)
      const codes = lead.warnings.map(({ code }) => code)
      if (told !== undefined)
        t.ok(codes.includes(told as never), `${title}, told: ${codes.join(' ')}`)
      const payload = await admin('GET', `/v1/leads/${lead.id}/payload`)
      t.ok(payload.body.body.length > 0, 'the original is kept')
    }
  }
)

void t.test('A01: one constant id on documents of several people is several leads', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const ids = []
  for (const name of ['irena', 'bogdan', 'celina']) {
    const document = adf(
      `<id source="Form">FORM</id><customer><contact><name>${name}</name>${mailOf(name)}</contact></customer>`
    )
    const response = await admin('POST', '/v1/leads', document, { 'content-type': 'text/xml' })
    t.equal(response.status, 201)
    const lead = first(response.body.data)
    t.equal(lead.contact.email, `${name}@rows.example`)
    ids.push(lead.id)
  }
  t.equal(new Set(ids).size, 3)
})

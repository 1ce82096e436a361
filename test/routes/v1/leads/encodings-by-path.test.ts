import iconv from 'iconv-lite'
import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

/** A body in bytes that are sent as they are. */
const asBody = (bytes: Buffer) => bytes as unknown as object

const person = (name: string, email: string, city: string) => ({ name, email, city })

type Person = ReturnType<typeof person>

/** The bytes of a text in `encoding` on each path, with the media type. */
const PATHS: Record<string, (given: Person, encoding: string) => [type: string, bytes: Buffer]> = {
  json: ({ name, email, city }, encoding) => [
    'application/json',
    iconv.encode(
      `{"source":"website","contact":{"fullName":"${name}","email":"${email}","address":{"city":"${city}"}}}`,
      encoding
    )
  ],
  adf: ({ name, email, city }, encoding) => [
    'application/xml',
    iconv.encode(
      `<?xml version="1.0"?><adf><prospect><customer><contact><name part="full">${name}</name><email>${email}</email><address><city>${city}</city></address></contact></customer></prospect></adf>`,
      encoding
    )
  ],
  form: ({ name, email, city }, encoding) => [
    'application/x-www-form-urlencoded',
    Buffer.from(
      [`name=${percent(name, encoding)}`, `email=${email}`, `city=${percent(city, encoding)}`].join(
        '&'
      )
    )
  ],
  multipart: ({ name, email, city }, encoding) => [
    'multipart/form-data; boundary=cut',
    iconv.encode(
      Object.entries({ name, email, city })
        .map(
          ([field, text]) =>
            `--cut\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${text}\r\n`
        )
        .join('') + '--cut--\r\n',
      encoding
    )
  ]
}

function percent(text: string, encoding: string): string {
  return Array.from(iconv.encode(text, encoding), (byte) => `%${byte.toString(16)}`).join('')
}

async function post({ admin }: TestDealer, [type, bytes]: [string, Buffer]) {
  const { status, body } = await admin('POST', '/v1/leads', asBody(bytes), { 'content-type': type })
  const [lead] = 'data' in body ? (body.data as (typeof body)[]) : [body]
  return { ...must(lead), code: status }
}

async function dealerIn(app: TestApp, country: string): Promise<TestDealer> {
  const dealer = await app.createDealer()
  const locale = country === 'PL' ? 'pl' : 'en'
  await dealer.admin('PATCH', '/v1/dealer', { country, locale })
  return dealer
}

void t.test('bytes of an unnamed encoding are read alike on every path', async (t) => {
  const app = await createTestApp(t)
  const people = [
    ['Żółć Gęślą', 'Łódź', ['windows-1250', 'iso-8859-2', 'cp852']],
    ['José Nuñez', 'Cádiz', ['windows-1252', 'macintosh']],
    ['Jürgen Groß', 'Köln', ['windows-1252', 'macintosh']],
    ['Jürgen Adler', 'Bonn', ['macintosh']],
    ['Пётр Іваненко', 'Харків', ['windows-1251', 'koi8-u']],
    ['Γιώργος Παπάς', 'Αθήνα', ['windows-1253']],
    ['Şükrü Yıldız', 'Iğdır', ['windows-1254']],
    ['Kęstutis Žukas', 'Šiauliai', ['windows-1257']],
    ['SPÓŁKA ŻÓŁĆ', 'ŁÓDŹ', ['windows-1250']]
  ] as const
  for (const country of ['PL', 'US']) {
    const dealer = await dealerIn(app, country)
    for (const [at, [name, city, encodings]] of people.entries()) {
      for (const encoding of encodings) {
        const email = `p${at}-${encoding}@encodings.example`
        for (const [path, bytesOf] of Object.entries(PATHS)) {
          const given = person(name, `${path}-${email}`, city)
          const { code, contact, warnings } = await post(dealer, bytesOf(given, encoding))
          const title = `${path}, ${encoding}, ${country}`
          t.equal(code, 201, title)
          t.strictSame([contact.fullName, contact.address?.city], [name, city], title)
          t.hasStrict(warnings, [{ code: 'charset_guessed' }], title)
        }
        const list = iconv.encode(`Name;E-mail;City\n${name};list-${email};${city}\n`, encoding)
        // One letter leaves a doubt, which a list says before it is started.
        const settings = name.endsWith('Adler') ? { encoding } : {}
        const { leads } = await bringList(t, app, dealer, list, { settings })
        const { contact } = must(leads[0])
        t.strictSame(
          [contact.fullName, contact.address?.city],
          [name, city],
          `list, ${encoding}, ${country}`
        )
      }
    }
  }
})

void t.test('a form names its encoding in `_charset_`, or in its parts', async (t) => {
  const app = await createTestApp(t)
  const dealer = await dealerIn(app, 'US')
  const name = 'Jčrg Świt'
  const urlencoded = `_charset_=iso-8859-2&name=${percent(name, 'iso-8859-2')}&email=u1@encodings.example`
  const form = await post(dealer, [
    'application/x-www-form-urlencoded',
    Buffer.from(urlencoded, 'latin1')
  ])
  t.equal(form.contact.fullName, name)
  t.strictSame(form.warnings, [], 'the field of the encoding is none of the lead')
  const parts = `--cut\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: text/plain; charset=iso-8859-2\r\n\r\n${name}\r\n--cut\r\nContent-Disposition: form-data; name="email"\r\n\r\nu2@encodings.example\r\n--cut--\r\n`
  const multipart = await post(dealer, [
    'multipart/form-data; boundary=cut',
    iconv.encode(parts, 'iso-8859-2')
  ])
  t.equal(multipart.contact.fullName, name)
})

/** Bodies that are wholly in an encoding of several bytes: no percent sign stands for a byte of them. */
const WIDE_PATHS: typeof PATHS = {
  ...PATHS,
  form: ({ name, email, city }, encoding) => [
    'application/x-www-form-urlencoded',
    iconv.encode(`name=${name}&email=${email.replace('@', '%40')}&city=${city}`, encoding)
  ],
  table: ({ name, email, city }, encoding) => [
    'text/csv',
    iconv.encode(`Name;E-mail;City\n${name};${email};${city}\n`, encoding)
  ],
  labels: ({ name, email, city }, encoding) => [
    'text/plain',
    iconv.encode(`Name: ${name}\nE-mail: ${email}\nCity: ${city}\n`, encoding)
  ]
}

void t.test('UTF-16 and UTF-32 are read alike on every path', async (t) => {
  const app = await createTestApp(t)
  const dealer = await dealerIn(app, 'PL')
  for (const encoding of ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be']) {
    for (const mark of ['\ufeff', '']) {
      const text = `${mark}Name;E-mail;City\nŻółć Gęślą;list${mark.length}@${encoding}.example;Łódź\n`
      const list = iconv.encode(text, encoding)
      const { leads } = await bringList(t, app, dealer, list)
      const { contact } = must(leads[0])
      const title = `list, ${encoding}, mark ${mark.length}`
      t.strictSame([contact.fullName, contact.address?.city], ['Żółć Gęślą', 'Łódź'], title)
    }
    for (const path of Object.keys(WIDE_PATHS)) {
      for (const [mark, label] of [
        ['\ufeff', ''],
        ['', ''],
        ['', '; charset=utf-8'],
        ['', `; charset=${encoding}`]
      ] as const) {
        const email = `${path}-${encoding}-${mark.length}-${label.length}@wide.example`
        const bytesOf = must(WIDE_PATHS[path])
        const [type, bytes] = bytesOf(person('Żółć Gęślą', email, 'Łódź'), encoding)
        const whole = Buffer.concat([iconv.encode(mark, encoding), bytes])
        const { code, contact, warnings } = await post(dealer, [type + label, whole])
        const title = `${path}, ${encoding}, mark ${mark.length}${label}`
        t.equal(code, 201, title)
        t.strictSame(warnings, [], title)
        t.strictSame([contact.fullName, contact.address?.city], ['Żółć Gęślą', 'Łódź'], title)
      }
    }
  }
})

void t.test('bytes of Windows in UTF-8 are replaced alike on every path, and told', async (t) => {
  const app = await createTestApp(t)
  const cases = [
    ['PL', 'Łukasz Żak', 'Łódź – a – b', 'windows-1250'],
    ['DE', 'Zoë Müller', 'Köln – “Süd” – 5 €', 'windows-1252']
  ] as const
  const mixed = (city: string, encoding: string) => (bytes: Buffer) => {
    const given = bytes.toString('latin1')
    const [utf8, wrong] = [Buffer.from(city).toString('latin1'), iconv.encode(city, encoding)]
    const percents = [percent(city, 'utf-8'), percent(city, encoding)] as const
    const text = given
      .replaceAll(utf8, wrong.toString('latin1'))
      .replaceAll(percents[0], percents[1])
    return Buffer.from(text, 'latin1')
  }
  for (const [country, name, city, encoding] of cases) {
    const dealer = await dealerIn(app, country)
    const spoil = mixed(city, encoding)
    for (const [path, bytesOf] of Object.entries(PATHS)) {
      const email = `wrong-${path}-${country}@encodings.example`.toLowerCase()
      const [type, bytes] = bytesOf(person(name, email, city), 'utf-8')
      const { code, contact, warnings } = await post(dealer, [type, spoil(bytes)])
      const title = `${path}, ${country}`
      t.equal(code, 201, title)
      t.strictSame([contact.fullName, contact.address?.city], [name, city], title)
      t.hasStrict(warnings, [{ code: 'replaced_byte' }], title)
    }
    const list = Buffer.from(
      `Name;E-mail;City\n${name};l1-${country}@encodings.example;Ort\nX;l2@encodings.example;${city}\n`
    )
    const { leads } = await bringList(t, app, dealer, spoil(list))
    t.strictSame(
      leads.map(({ contact }) => contact.fullName),
      [name],
      `the row with the bytes is named, and the other is right, ${country}`
    )
  }
})

void t.test('a list in UTF-8 is one under a header that says ASCII', async (t) => {
  const app = await createTestApp(t)
  const dealer = await dealerIn(app, 'PL')
  for (const charset of ['us-ascii', 'ASCII']) {
    const list = `Name;E-mail;City\nŻółć Gęślą;a@${charset}.example;Łódź\n`
    const type = `text/csv; charset=${charset}`
    const { leads } = await bringList(t, app, dealer, list, { type })
    const { contact } = must(leads[0])
    t.strictSame([contact.fullName, contact.address?.city], ['Żółć Gęślą', 'Łódź'], charset)
  }
})

import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import { only } from '../../../support/must.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** What a form calls its fields: first name, last name, e-mail, phone, message, city, country, plate, make. */
const NAMES: Record<string, readonly string[]> = {
  fr: [
    'Prénom',
    'nom',
    'courriel',
    'téléphone',
    'commentaire',
    'ville',
    'pays',
    'immatriculation',
    'marque'
  ],
  it: [
    'nome',
    'cognome',
    'posta elettronica',
    'cellulare',
    'messaggio',
    'città',
    'paese',
    'targa',
    'marca'
  ],
  cs: [
    'jmeno',
    'prijmeni',
    'e-mail',
    'mobilní telefon',
    'zprava',
    'město',
    'země',
    'spz',
    'značka'
  ],
  ro: [
    'prenume',
    'nume',
    'email',
    'telefon',
    'mesaj',
    'oras',
    'tara',
    'numar de inmatriculare',
    'marca'
  ],
  tr: ['ad', 'soyad', 'eposta', 'cep telefonu', 'mesajınız', 'şehir', 'ülke', 'plaka', 'marka'],
  hu: [
    'keresztnév',
    'vezetéknév',
    'e-mail cím',
    'telefonszám',
    'üzenet',
    'város',
    'ország',
    'rendszám',
    'márka'
  ],
  nl: [
    'voornaam',
    'achternaam',
    'e-mailadres',
    'telefoonnummer',
    'bericht',
    'woonplaats',
    'land',
    'kenteken',
    'merk'
  ],
  ru: [
    'имя',
    'фамилия',
    'электронная почта',
    'телефон',
    'сообщение',
    'город',
    'страна',
    'госномер',
    'марка'
  ],
  uk: [
    "Ім'я",
    'прізвище',
    'електронна пошта',
    'номер телефону',
    'повідомлення',
    'місто',
    'країна',
    'держномер',
    'марка'
  ]
}

void t.test('fields of eleven languages are known, in a form, in JSON and in a list', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  for (const source of (await dealer.admin('GET', '/v1/sources')).body.data) {
    if (source.key === 'website')
      await dealer.admin('PATCH', `/v1/sources/${source.id}`, { lenient: true })
  }
  let number = 0
  for (const [language, names] of Object.entries(NAMES)) {
    const paths = {
      form: async (given: Record<string, string>) => {
        const text = new URLSearchParams(given).toString()
        return (await dealer.admin('POST', '/v1/leads', text as unknown as object, FORM)).body
      },
      json: async (given: Record<string, string>) =>
        (await dealer.admin('POST', '/v1/leads', { source: 'website', ...given })).body,
      list: async (given: Record<string, string>) => {
        const file = [Object.keys(given).join(','), Object.values(given).join(',')].join('\n')
        return only((await bringList(t, app, dealer, file)).leads)
      }
    }
    for (const [path, send] of Object.entries(paths)) {
      number += 1
      const email = `leda.${number}@names.example`
      const phone = `+4860124${String(number).padStart(4, '0')}`
      const values = [
        'Leda',
        'Moro',
        email,
        phone,
        'Jest jeszcze?',
        'Oslo',
        'NO',
        'AB 12345',
        'Skoda'
      ]
      const given = Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']))
      const lead = await send(given)
      t.hasStrict(
        lead,
        {
          contact: {
            firstName: 'Leda',
            lastName: 'Moro',
            email,
            phone,
            address: { city: 'Oslo', country: 'NO' }
          },
          message: 'Jest jeszcze?',
          vehicles: [{ make: 'Skoda', plate: 'AB 12345' }]
        },
        `${language} by ${path}`
      )
    }
  }
})

void t.test('an e-mail or phone alone in an unknown field is that of the person', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const send = async (given: Record<string, string>) =>
    (
      await admin(
        'POST',
        '/v1/leads',
        new URLSearchParams(given).toString() as unknown as object,
        FORM
      )
    ).body

  const named = await send({
    name: 'Ula Fil',
    phone: '601 245 001',
    tolvupostur: 'ula@alone.example'
  })
  t.hasStrict(named.contact, { email: 'ula@alone.example', phone: '+48601245001' })
  t.hasStrict(named.warnings, [{ pointer: '/tolvupostur', code: 'found_in_text' }])

  const called = await send({
    name: 'Ula Fil',
    email: 'ula2@alone.example',
    farsimi: '601 245 002'
  })
  t.hasStrict(called.contact, { email: 'ula2@alone.example', phone: '+48601245002' })

  const wrong = await send({
    email: 'ula3@alone.example',
    phone: '12',
    farsimi: '601 245 003'
  })
  t.equal(wrong.contact.phone, '+48601245003', 'an invalid phone is none')

  const both = await send({
    email: 'ula4@alone.example',
    phone: '601 245 004',
    tolvupostur: 'x@alone.example'
  })
  t.equal(both.contact.email, 'ula4@alone.example')
  t.strictSame(both.contact.otherEmails, [], 'and no further one is taken')

  for (const [name, value] of [
    ['regon', '140517018'],
    ['dealer_mail', 'sales@alone.example'],
    ['when', '12-11-2026'],
    ['kto', 'zadzwonię 601 245 009 jutro']
  ] as const) {
    const other = await send({ email: `ula.${name}@alone.example`, [name]: value })
    t.equal(other.contact.phone, null, name)
    t.equal(other.contact.email, `ula.${name}@alone.example`)
  }
})

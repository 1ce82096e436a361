import t from 'tap'

import { findPoints } from '../../../src/domain/contacts/found-points.ts'
import { readPhoneField } from '../../../src/domain/contacts/read-phones.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'
import { patchContact } from '../../../src/schemas/leads/lead-patch.ts'
import { readContact } from '../../../src/schemas/leads/contact.ts'

const read = (text: string, ...countries: string[]) =>
  readPhoneField(text, { ...contactReading('PL'), countries }).map(({ number }) => number)

void t.test('no digit of a phone is dropped but a trunk zero', (t) => {
  for (const text of [
    '+48 601 234 5678',
    '48 602 351 2199',
    '+48 501 300 4000',
    '+34 602 345 6789'
  ]) {
    t.strictSame(read(text, 'PL'), [null], text)
  }
  t.strictSame(read('+48 (0) 602 711 003', 'PL'), ['+48602711003'])
  t.strictSame(read('+353 (0)1 234 5678', 'PL'), ['+35312345678'])
  t.strictSame(read('+44 (0)20 7946 0105', 'US'), ['+442079460105'])
  t.end()
})

void t.test('a number that is right in a later country comes before a repaired one', (t) => {
  t.strictSame(read('044 668 18 00', 'PL', 'CH'), ['+41446681800'])
  t.strictSame(read('01 48 87 65 43', 'PL', 'FR'), ['+33148876543'])
  t.strictSame(read('0602 711 004', 'PL', 'ES'), ['+48602711004'], 'and else the repaired one')
  t.end()
})

void t.test(
  'ten digits behind a zero are those of where the person lives, else of the dealer',
  (t) => {
    // Poznań with the zero of the plan before 2005, or a mobile phone of France or the Netherlands.
    t.strictSame(read('0612345680', 'PL'), ['+48612345680'])
    t.strictSame(
      read('0612345680', 'PL', 'FR'),
      ['+33612345680'],
      'an address or a language says so'
    )
    t.strictSame(read('0612345680', 'PL', 'NL'), ['+31612345680'])
    t.strictSame(read('06 12 34 56 80', 'PL'), [null], 'grouped, it is no number of Poland')
    t.end()
  }
)

void t.test('letters of the keypad are read behind +1 in any country', (t) => {
  t.strictSame(read('+1 (800) GOT-JUNK', 'PL'), ['+18004685865'])
  t.strictSame(read('+1-800-GO-FEDEX', 'ES'), ['+18004633339'])
  t.strictSame(read('585-297-CARS', 'US'), ['+15852972277'])
  t.strictSame(read('1-800-flowers', 'US'), ['+18003569377'])
  t.end()
})

void t.test('words in place of digits are no letters of the keypad', (t) => {
  for (const text of [
    ...['585-297-XXXX', '585-297-xxxx', '585-297-none', '585-297-NONE', '585 297 none given'],
    ...['297-6411 ask for Bob', '2976411 mom', '2976411 MOM', '585 call me back', '800 call me'],
    ...['585 29 john doe', '585-297-six four one one', '800 297 none given', '800-297-XXXX']
  ]) {
    t.strictSame(read(text, 'US'), [null], text)
  }
  t.end()
})

/** The numbers of a field by its text; `null` is one that is not read. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, (string | null)[]>>>> = {
  US: {
    '+1 52 55 1234 5678': ['+525512345678'],
    '+1 44 20 7946 0018': ['+442079460018'],
    '+1 585 297 64112': [null],
    '044 55 1234 5678': [null],
    '091 98765 43210': [null],
    '2 585 297 6411': [null],
    '3 585 297 6411': [null],
    '99 585 297 6411': [null],
    '99/585 297 6411': [null],
    'tel. 99 585 297 6411': [null],
    '1 585 297 6411': ['+15852976411'],
    '1 585 297 6411 9': [null],
    '585-297-6411 (9 - 5)': ['+15852976411'],
    '585-297-6411 9am to 5pm': ['+15852976411'],
    '585297641.1': [null],
    '601 234 567 89': [null],
    '601 234 567 od 17': [null],
    '601 234 567 Jan': [null],
    '562 987 65432': [null],
    '52 55 1234 5678': ['+525512345678'],
    '(585)297-6411(585)297-6412': ['+15852976411', '+15852976412']
  },
  PL: {
    '22 1234567-69': ['+48221234567', '+48221234569'],
    '12 345 67 89-90': ['+48123456789', '+48123456790'],
    '8-16 601 234 567': ['+48601234567'],
    '9-17 601 234 567': ['+48601234567'],
    '8-16: 601 234 567': ['+48601234567'],
    'po 16 601 234 567': ['+48601234567'],
    '601 234 567 (9:00-17:00)': ['+48601234567'],
    '601,234,567': ['+48601234567'],
    '601_234_567': ['+48601234567'],
    '602 345 678, 679': ['+48602345678', '+48602345679'],
    '22 1234567w12': ['+48221234567'],
    '601 444 321 w. 5': ['+48601444321'],
    '1. 601234567 2. 602345678': ['+48601234567', '+48602345678'],
    '601234567(Jan)602345678(Ewa)': ['+48601234567', '+48602345678'],
    '+48601234567+48602345678': ['+48601234567', '+48602345678'],
    '+48+48601234567': ['+48601234567'],
    // A digit too many makes no number, neither there nor abroad.
    '601 234 567 89': [null],
    '60123456789': [null],
    '601-234-567-8': [null],
    '601-234-567-89': [null],
    '601,234,567,89': [null],
    '601 234 567 8': [null],
    '22 123 45 67 89': [null],
    '+48 601 234 567 8': [null],
    '8 (495) 123-45-67': [null],
    '84951234567': [null],
    // What a spreadsheet adds is no digit.
    '601,234,567.00': ['+48601234567'],
    '601.234.567,00': ['+48601234567'],
    '601 234 567,00': ['+48601234567'],
    '601 234 567.0': ['+48601234567'],
    '601.234.567.00': [null],
    '601234567,89': [null],
    // Countries near by are called without a plus.
    '420 601 234 567': ['+420601234567'],
    '380671234567': ['+380671234567'],
    '49 151 23456789': ['+4915123456789'],
    // Times of day and marks of a sentence.
    '601 234 567 po 17:00': ['+48601234567'],
    '601 234 567 17:00': ['+48601234567'],
    '601 234 567 17.30': ['+48601234567'],
    '601 234 567 od 9 do 17': ['+48601234567'],
    '601 234 567 17h': ['+48601234567'],
    '601 234 567 after 5pm': ['+48601234567'],
    '601 234 567 (5:30 p.m.)': ['+48601234567'],
    'do 17 601 234 567': ['+48601234567'],
    '601.234.567 po 16.30 lub 602345678': ['+48601234567', '+48602345678'],
    '601 234 567 o 22 123 45 67': ['+48601234567', '+48221234567'],
    '601 234 567?': ['+48601234567'],
    '601 234 567!': ['+48601234567'],
    '~601 234 567...': ['+48601234567'],
    '601 234 567 (Jan)': ['+48601234567']
  },
  ES: {
    '9-14 612 345 678': ['+34612345678'],
    '612 345 678 a las 17:00': ['+34612345678'],
    '612 345 678 89': [null],
    '601 234 567 89': [null],
    '8 (495) 123-45-67': [null]
  },
  DE: {
    '0151/23456789 / 0711-123456': ['+4915123456789', '+49711123456'],
    '0711 123456 / 78': ['+49711123456', '+49711123478'],
    '0711 123456-78': ['+4971112345678'],
    '49 151 23456789': ['+4915123456789'],
    '4915123456789': ['+4915123456789'],
    '(49) 151 23456789': ['+4915123456789'],
    '49/15123456789': ['+4915123456789'],
    '4915123456789.0': ['+4915123456789'],
    '4.915123456789E+12': ['+4915123456789'],
    '+49 49 151 23456789': ['+4915123456789'],
    '49 711 123456': ['+49711123456'],
    '43 664 1234567': ['+436641234567'],
    '30 12345678': ['+493012345678'],
    '4921 1234567': ['+4949211234567'],
    '+49 4921 123456': ['+494921123456'],
    '0151 23456789 ab 17 Uhr': ['+4915123456789'],
    '0151 23456789 17-19 Uhr': ['+4915123456789'],
    '8-800-555-35-35': [null],
    '601 234 567 89': [null],
    '48 601 234 5678': [null],
    '?601 234 567': [null]
  },
  AT: { '436641234567': ['+436641234567'], '1 5123456': ['+4315123456'] },
  IT: { '39 347 1234567': ['+393471234567'], '393471234567': ['+393471234567'] }
}

void t.test('what stands beside a number, or is missing of it, makes no other number', (t) => {
  for (const [country, fields] of Object.entries(FIELDS)) {
    for (const [text, numbers] of Object.entries(fields)) {
      t.strictSame(read(text, country), numbers, `${country} ${text}`)
    }
  }
  t.end()
})

/** Numbers without their country code, and their types, by the text of a field. */
const LABELLED: Readonly<Record<string, Readonly<Record<string, string[]>>>> = {
  PL: {
    'Tel 601234567 Fax 221234567': ['601234567 voice', '221234567 fax'],
    'Fax 221234567 Tel 601234567': ['221234567 fax', '601234567 voice'],
    'Tel.:601234567 Fax:221234567': ['601234567 voice', '221234567 fax'],
    'kom. 601234567 dom 221234567': ['601234567 mobile', '221234567 home'],
    'tel. kom. 601 234 567 tel. dom. 22 123 45 67': ['601234567 mobile', '221234567 home'],
    '601234567 fax 221234567': ['601234567 voice', '221234567 fax'],
    '601234567 kom. 221234567 dom': ['601234567 mobile', '221234567 home'],
    '601234567 (kom.) 221234567 (dom)': ['601234567 mobile', '221234567 home'],
    'tel. 601234567, fax 221234567, dom 221234568': [
      ...['601234567 voice', '221234567 fax', '221234568 home']
    ]
  },
  DE: {
    'Tel. 0711 123456 Fax 0711 123457': ['711123456 voice', '711123457 fax'],
    'Tel. 0711/123456 Fax 0711/123457': ['711123456 voice', '711123457 fax']
  },
  ES: { 'Tlf: 912345678 - Fax: 912345679': ['912345678 voice', '912345679 fax'] },
  US: {
    'Phone: 585-297-6411 Fax: 585-297-6412': ['5852976411 voice', '5852976412 fax'],
    'O: 585-297-6411 F: 585-297-6412': ['5852976411 work', '5852976412 fax'],
    'office 585 297 6411 fax 585 297 6412 cell 585-297-6413': [
      ...['5852976411 work', '5852976412 fax', '5852976413 mobile']
    ],
    'cell 585-297-6411 home 585-297-6412': ['5852976411 mobile', '5852976412 home'],
    'Cell (585) 297-6411 Work (585) 297-6412 ext. 5': ['5852976411 mobile', '5852976412 work']
  },
  GB: { 'Tel 020 7946 0958 Mob 07400 123456': ['2079460958 voice', '7400123456 mobile'] }
}

const CODES = /^\+(?:1|34|44|48|49)/

void t.test('a label belongs to the number behind it, unless labels follow their numbers', (t) => {
  for (const [country, fields] of Object.entries(LABELLED)) {
    for (const [text, numbers] of Object.entries(fields)) {
      const found = readPhoneField(text, { ...contactReading(country), countries: [country] })
      t.strictSame(
        found.map(({ number, type }) => `${number?.replace(CODES, '') ?? ''} ${type ?? 'voice'}`),
        numbers,
        `${country} ${text}`
      )
    }
  }
  t.end()
})

void t.test('a changed text has the types of its labels', (t) => {
  const { contact } = readContact({ phone: '601 234 568' }, 'PL')
  const changed = patchContact(contact, { phone: 'Tel 601234567 Fax 221234567' }, 'PL')
  t.strictSame(
    changed.contact.phones.map(({ number, type }) => [number, type]),
    [
      ['+48601234567', 'voice'],
      ['+48221234567', 'fax']
    ]
  )
  t.end()
})

void t.test('a reading that leaves something out, or adds a code, is told', (t) => {
  for (const [country, phone] of [
    ['PL', '22 1234567-69'],
    ['PL', '22 123 45 67,12'],
    ['PL', '602 345 678, 679'],
    ['PL', '602345678,00'],
    ['PL', '601\u200b234\u00ad567'],
    ['PL', '601\u2011234\u2011567'],
    ['DE', '0711 123456 / 78'],
    ['DE', '49 151 23456789']
  ] as const) {
    const { repairs, contact } = readContact({ phone }, country)
    t.strictSame(
      repairs.map(({ code }) => code),
      [contact.phones.length > 1 ? 'split_values' : 'repaired_phone'],
      phone
    )
  }
  t.end()
})

void t.test('a number behind the name of an id is no phone', (t) => {
  const reading = { ...contactReading('PL'), countries: ['PL'] }
  const found = (text: string) => findPoints(text, reading).phones.map(({ number }) => number)
  t.strictSame(found('VIN 601234567'), [])
  t.strictSame(found('-12834.004520100041'), [], 'decimals are none either')
  t.strictSame(found('stock no. 601234567, order: 602345678'), [])
  for (const text of [
    ...['nr ogloszenia 601234567', 'Inserat-Nr. 601234567', 'ID: 601234567', 'oferta: 601234567'],
    ...[
      'My order ref is 601234567',
      'dealer phone is 601 234 567',
      'the dealer’s number: 601234567'
    ],
    ...['telefon salonu 601 234 567', 'numer ogłoszenia to 601234567']
  ]) {
    t.strictSame(found(text), [], text)
  }
  for (const text of ['my phone is 601234567', 'Order please. 601234567', 'tel: 601234567']) {
    t.strictSame(found(text), ['+48601234567'], text)
  }
  t.strictSame(found('Call after 16 601 234 567'), ['+48601234567'])
  t.end()
})

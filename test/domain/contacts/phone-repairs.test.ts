import t from 'tap'

import { readContact } from '../../../src/schemas/leads/contact.ts'
import { readGivenContact } from '../../../src/domain/contacts/given-contact.ts'
import { readPhoneField } from '../../../src/domain/contacts/read-phones.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'

const read = (text: string, ...countries: string[]) =>
  readPhoneField(text, { ...contactReading('PL'), countries }).map(({ number }) => number)

const inField = (text: string) =>
  readGivenContact(
    { path: '/contact', emails: [], phones: [{ path: '/contact/phone', text }] },
    contactReading('PL')
  )

void t.test('an old zero goes only where the old plan had it', (t) => {
  for (const text of ['06 41 22 56 80', '06.41.22.56.80', '050 321 45 67', '07 83 22 56 81']) {
    t.strictSame(read(text, 'PL'), [null], text)
  }
  t.strictSame(read('06 41 22 56 80', 'ES'), [null], 'a mobile of France at a dealer in Spain')
  t.strictSame(read('06 41 22 56 80', 'PL', 'FR'), ['+33641225680'], 'the country is named')
  for (const [text, number] of [
    ['061 641 22 56', '+48616412256'],
    ['0 61 641 22 56', '+48616412256'],
    ['(0-61) 641 22 56', '+48616412256'],
    ['0616412256', '+48616412256'],
    ['0601 641 225', '+48601641225'],
    ['0 601 641 225', '+48601641225'],
    ['0601641225', '+48601641225']
  ] as const) {
    t.strictSame(read(text, 'PL'), [number], text)
  }
  t.end()
})

void t.test('a country code that is written twice is one', (t) => {
  for (const text of [
    '+48 48 601 641 225',
    '+48 0048601641225',
    '48 0048 601641225',
    '+4848601641225',
    '0048 48 601 641 225',
    '+48 +48 601 641 225'
  ]) {
    t.strictSame(read(text, 'PL'), ['+48601641225'], text)
    t.strictSame(read(text, 'DE'), ['+48601641225'], `${text} in Germany`)
  }
  t.strictSame(read('+351 351 912 345 678', 'PL'), ['+351912345678'])
  t.strictSame(read('+1 1 415 555 2671', 'US'), ['+14155552671'])
  t.strictSame(read('+48 48 641 22 56', 'PL'), ['+48486412256'], 'the area code of Radom')
  t.strictSame(read('+48 48 601 641 22', 'PL'), [null])
  t.end()
})

void t.test('a phone in HTML is the number that it shows or dials', (t) => {
  for (const text of [
    '<a href="tel:601641301">601 641 301</a>',
    "<a class='x' href='tel:+48601641301'>Zadzwoń</a>",
    '<p>601 641 301</p>',
    '<b>Tel.</b>&nbsp;601 641 301<br/>'
  ]) {
    const { contact, repairs } = inField(text)
    t.hasStrict(contact.phones, [{ number: '+48601641301', raw: text, valid: true }], text)
    t.strictSame(repairs, [{ path: '/contact/phone', text, code: 'repaired_phone' }])
  }
  t.end()
})

void t.test('numbers of one field are told apart without a stray bracket', (t) => {
  const { contact } = inField('+48 601641302 (mama: 601641303)')
  t.strictSame(
    contact.phones.map(({ number, raw }) => [number, raw]),
    [
      ['+48601641302', '+48 601641302'],
      ['+48601641303', '601641303']
    ]
  )
  t.end()
})

void t.test('the second of two numbers may be its last digits', (t) => {
  for (const [text, numbers] of [
    ['601 641 301/302', ['+48601641301', '+48601641302']],
    ['22 641 22 56 / 57', ['+48226412256', '+48226412257']],
    ['601641301 / 5', ['+48601641301', '+48601641305']]
  ] as const) {
    const { contact, repairs } = inField(text)
    t.strictSame(
      contact.phones.map(({ number }) => number),
      numbers,
      text
    )
    t.strictSame(repairs, [{ path: '/contact/phone', text, code: 'split_values' }])
  }
  t.end()
})

void t.test('a country code without its plus is read where that is the only reading', (t) => {
  for (const [country, text, number] of [
    ['US', '49 171 2345678', '+491712345678'],
    ['US', '491712345678', '+491712345678'],
    ['US', '48601234567', '+48601234567'],
    ['US', '34 612 345 678', '+34612345678'],
    ['PL', '49 171 2345678', '+491712345678'],
    ['PL', '34 612 345 678', '+34612345678'],
    ['DE', '48601234567', '+48601234567'],
    ['ES', '525512345678', '+525512345678'],
    // With digits too many, they are a number of the dealer's own country as well.
    ['PL', '14152345678', null],
    ['PL', '60123456789', null],
    ['US', '919812345678', null],
    ['US', '34622345678', null]
  ] as const) {
    const { contact, repairs } = readContact({ phone: text }, country)
    const [phone] = contact.phones
    t.strictSame([phone?.number, phone?.valid], [number ?? text, number !== null], text)
    t.strictSame(
      repairs.map(({ code }) => code),
      [number === null ? 'unreadable_value' : 'repaired_phone'],
      text
    )
  }
  t.end()
})

void t.test('letters in place of digits, beside other words too', (t) => {
  for (const [text, number] of [
    ['6O1234579', '+48601234579'],
    ['60l234579', '+48601234579'],
    ['60I 234 5O9', '+48601234509'],
    ['tel. 6O1 234 579', '+48601234579'],
    ['+48 6O1-234-579 (Jan)', '+48601234579'],
    ['kom.: 60I234579', '+48601234579']
  ] as const) {
    t.strictSame(read(text, 'PL'), [number], text)
    t.strictSame(
      inField(text).repairs.map(({ code }) => code),
      ['repaired_phone'],
      text
    )
  }
  for (const text of ['601O234579', 'lokal OIl 601234', '6O1 234']) {
    t.strictSame(read(text, 'PL'), [null], text)
  }
  t.strictSame(read('601234579 o 602234579', 'PL'), ['+48601234579', '+48602234579'])
  t.end()
})

void t.test('a zero behind the plus is none of the number', (t) => {
  for (const [country, text, number] of [
    ['PL', '+048 601 234 579', '+48601234579'],
    ['PL', '+048601234579', '+48601234579'],
    ['PL', '+(048) 601 234 579', '+48601234579'],
    ['DE', '+048601234579', '+48601234579'],
    ['DE', '+049 171 2345678', '+491712345678'],
    ['PL', '+048 22 123 45 67', '+48221234567'],
    ['PL', '+0601 234 579', '+48601234579'],
    ['GB', '+044 7911 123456', '+447911123456'],
    ['GB', '+07911 123456', '+447911123456'],
    ['PL', '+0048 601 234 579', '+48601234579'],
    ['PL', '+001 415 234 5678', '+14152345678']
  ] as const) {
    t.strictSame(read(text, country), [number], `${country} ${text}`)
  }
  t.strictSame(read('+0171 2345678', 'DE'), ['+491712345678'])
  t.strictSame(read('+0171 23456789', 'DE'), [null], 'a German mobile, or one of North America')
  t.strictSame(read('+048 601 234 57', 'PL'), [null])
  t.end()
})

void t.test('a name that touches the number is none of it', (t) => {
  for (const [text, number] of [
    ['Jan601234579', '+48601234579'],
    ['Jan Kos601234579', '+48601234579'],
    ['Jan:601 234 579', '+48601234579'],
    ['Żaneta+48601234579', '+48601234579']
  ] as const) {
    const { contact, repairs } = inField(text)
    t.hasStrict(contact.phones, [{ number, raw: text, valid: true }], text)
    t.strictSame(repairs, [{ path: '/contact/phone', text, code: 'repaired_phone' }])
  }
  for (const text of ['SKU601234579', 'jan601234579', 'Jan60123457', 'Jan601234579x7y']) {
    t.hasStrict(inField(text).contact.phones, [{ number: text, valid: false }], text)
  }
  t.end()
})

import t from 'tap'

import { findPoints } from '../../../src/domain/contacts/found-points.ts'
import { readGivenContact } from '../../../src/domain/contacts/given-contact.ts'
import type { GivenContact } from '../../../src/domain/contacts/given-contact.ts'
import { readCountry } from '../../../src/domain/text/country-names.ts'
import { htmlToText } from '../../../src/domain/text/html-text.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'
import { contactPaths } from '../../support/contact-paths.ts'

/** Phones of a contact; `!` before one that can't be read. */
function read(country: string, given: Partial<GivenContact>) {
  const { contact, repairs } = readGivenContact(
    { path: '/contact', emails: [], phones: [], ...given },
    contactReading(country)
  )
  return {
    name: contact.fullName,
    emails: contact.emails.map(({ address, valid }) => (valid ? address : `!${address}`)),
    phones: contact.phones.map(({ number, valid }) => (valid ? number : `!${number}`)),
    codes: repairs.map(({ code }) => code)
  }
}

const phones = (country: string, text: string) =>
  read(country, { phones: [{ path: '/contact/phone', text }] }).phones
const emails = (text: string) => read('PL', { emails: [{ path: '/contact/email', text }] }).emails

void t.test('numbers of another country are never made up', (t) => {
  for (const [country, text] of [
    ['BR', '(11) 91234-56789'],
    ['DE', '(11) 91234-56789'],
    ['PL', '11 9123 456 789'],
    ['IL', '972 50 123 4567']
  ] as const) {
    t.strictSame(phones(country, text), [`!${text}`], `${country} ${text}`)
  }
  t.strictSame(phones('US', '+1 1 585 297 6204'), ['+15852976204'])
  t.end()
})

void t.test('numbers in old and glued spellings', (t) => {
  for (const [country, text, ...numbers] of [
    ['PL', '601234567602345678', '+48601234567', '+48602345678'],
    ['PL', '%2B48601234567', '+48601234567'],
    ['PL', '601234567.000', '+48601234567'],
    ['MX', '521 5512345678', '+525512345678'],
    ['AR', '+549 (011) 15 2345-6789', '+5491123456789'],
    ['UA', '8 050 123 45 67', '+380501234567'],
    ['US', '1-800-CALL-NOW', '+18002255669']
  ] as const) {
    t.strictSame(phones(country, text), numbers, `${country} ${text}`)
  }
  t.strictSame(phones('DE', '601234567602345678'), ['!601234567602345678'], 'of any length there')
  t.end()
})

void t.test('addresses with marks that are none of theirs', (t) => {
  for (const [text, ...found] of [
    ['jan\\@poczta.example', 'jan@poczta.example'],
    ['jan"@poczta.example', 'jan@poczta.example'],
    ['_jan@poczta.example_', 'jan@poczta.example'],
    ['_jan@poczta.example', '_jan@poczta.example'],
    ['jan@poczta.example&ewa@poczta.example', 'jan@poczta.example', 'ewa@poczta.example'],
    ['jan@poczta.example+ewa@poczta.example', 'jan@poczta.example', 'ewa@poczta.example'],
    ['jan+kia@f.example', 'jan+kia@f.example']
  ] as const) {
    t.strictSame(emails(text), found, text)
  }
  t.end()
})

void t.test('digits that nobody asks to be called at are no phone', (t) => {
  const reading = { ...contactReading('PL'), countries: ['PL'] }
  for (const text of [
    'numer oferty 604110221999',
    'Nr ref. 123456789012',
    'opcja (a) jest ok, b.c',
    'mój NIP 5252100100',
    'SKU601234567',
    'kod a1b2c3601234567zz',
    'VIN KNADM511AJ6123456'
  ]) {
    t.strictSame(findPoints(text, reading), { emails: [], phones: [] }, text)
  }
  const company = read('PL', { fullName: 'Jan Kos', companyName: 'Auto 525-21-00-100' })
  t.strictSame(company.phones, [], 'the number of a company')
  const reached = read('PL', {
    fullName: 'Jan Kos 0171 2345672',
    emails: [{ path: '/contact/email', text: 'jan@poczta.example' }]
  })
  t.strictSame(reached.phones, [], 'of a person who is reached otherwise')
  t.end()
})

void t.test('names without what a program put around them', (t) => {
  for (const fullName of ['="Jan Kos"', '"Jan Kos"', "'Jan Kos", 'Name: Jan Kos']) {
    const { name, codes } = read('PL', { fullName })
    t.equal(name, 'Jan Kos')
    t.strictSame(codes, ['surrounding_marks'])
  }
  for (const fullName of ['[name]', '$name', '$first_name']) {
    t.equal(read('PL', { fullName }).name, null, fullName)
  }
  t.equal(read('PL', { fullName: 'Jan "Kali" Kos' }).name, 'Jan "Kali" Kos')
  for (const fullName of ["O'Neil Kos", "'t Hooft", "'s-Gravesande"]) {
    t.equal(read('PL', { fullName }).name, fullName, 'the apostrophe is of the name')
  }
  t.end()
})

void t.test('quotes, labels and forms of address are no part of a name, on every path', (t) => {
  const paths = contactPaths('PL')
  for (const [given, name, code] of [
    ["'Jan Kos'", 'Jan Kos', 'surrounding_marks'],
    ['“Jan Kos”', 'Jan Kos', 'surrounding_marks'],
    ['«Jan Kos»', 'Jan Kos', 'surrounding_marks'],
    ['„Jan Kos”', 'Jan Kos', 'surrounding_marks'],
    ['‘Jan O’Brien’', 'Jan O’Brien', 'surrounding_marks'],
    ['**Jan Kos**', 'Jan Kos', 'surrounding_marks'],
    ['Imię: Jan', 'Jan', 'surrounding_marks'],
    ['Nombre: Juan', 'Juan', 'surrounding_marks'],
    ['First name: Jan, last name: Kos', 'Jan Kos', 'surrounding_marks'],
    ["Nachname: 't Hooft", "'t Hooft", 'surrounding_marks'],
    ["'t Hooft", "'t Hooft", null],
    ['O’Brien', 'O’Brien', null],
    ["Jan 'Kali' Kos", "Jan 'Kali' Kos", null],
    ['Wei Pan', 'Wei Pan', null],
    ['Don', 'Don', null],
    ['Jan Kos,', 'Jan Kos', 'surrounding_marks'],
    [', Jan Kos;', 'Jan Kos', 'surrounding_marks'],
    ['Jan Kos |', 'Jan Kos', 'surrounding_marks'],
    ['"Jan Kos",', 'Jan Kos', 'surrounding_marks'],
    ['Jan Kowalski.', 'Jan Kowalski', 'surrounding_marks'],
    ['John Smith Jr.', 'John Smith Jr.', null],
    ['Jan K.', 'Jan K.', null],
    ['Kos, Jan', 'Kos, Jan', null],
    ['Szanowny Panie Kowalski', 'Kowalski', 'surrounding_marks'],
    ['Dear Mr Smith,', 'Smith', 'surrounding_marks'],
    ['Dear Sir,', null, 'absent_value'],
    ['Dear Sir', null, 'absent_value'],
    ['Szanowni Państwo', null, 'absent_value'],
    ...[
      'Herr',
      'Pan',
      'Pani',
      'Mr',
      'Mrs.',
      'Sr.',
      'Sra.',
      'Frau',
      'Dr',
      'Pan/Pani',
      'Mr & Mrs'
    ].map((title) => [title, null, 'absent_value'] as const)
  ] as const) {
    for (const path of ['json', 'adf', 'list'] as const) {
      const { contact, codes } = paths[path]([given, 'jan@x.example', ''])
      t.equal(contact.fullName, name, `${path} ${given}`)
      t.strictSame(codes, code === null ? [] : [code], `${path} ${given}`)
    }
  }
  const named = (given: Partial<GivenContact>) => {
    const { contact } = readGivenContact(
      { path: '/contact', emails: [], phones: [], ...given },
      contactReading('PL')
    )
    return [contact.firstName, contact.lastName]
  }
  t.strictSame(named({ firstName: 'Herr', lastName: 'Kos' }), [null, 'Kos'])
  t.strictSame(named({ firstName: 'Wei', lastName: 'Pan' }), ['Wei', 'Pan'])
  t.strictSame(named({ firstName: 'Herr', lastName: 'Pan' }), [null, 'Pan'])
  t.strictSame(named({ firstName: 'Dear', lastName: 'Sir' }), [null, null])
  t.strictSame(named({ firstName: 'Dear Mr', lastName: 'Smith,' }), [null, 'Smith'])
  t.strictSame(named({ firstName: 'Jan,', lastName: 'Kos' }), ['Jan', 'Kos'])
  t.end()
})

void t.test('a message in HTML keeps whom its links lead to', (t) => {
  for (const [html, text] of [
    ['zadzwoń <a href="tel:+48606108453">tu</a>', 'zadzwoń tu (+48606108453)'],
    ['<p>tel <a href="tel:606108456">Jan</a></p>', 'tel Jan (606108456)'],
    ['<a href="mailto:jk@lk.example?subject=x">mail</a>', 'mail (jk@lk.example)'],
    ['<a href="tel:601234567">601 234 567</a>', '601 234 567'],
    ['<a href="https://lk.example/">here</a>', 'here']
  ] as const) {
    t.equal(htmlToText(html), text)
  }
  t.end()
})

void t.test('countries as states call themselves', (t) => {
  const names = [
    'The Netherlands',
    'Kingdom of the Netherlands',
    'Republic of Poland',
    'Rep. of Ireland'
  ]
  t.strictSame(names.map(readCountry), ['NL', 'NL', 'PL', 'IE'])
  t.end()
})

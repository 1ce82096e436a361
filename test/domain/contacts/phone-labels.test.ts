import t from 'tap'

import { findPoints } from '../../../src/domain/contacts/found-points.ts'
import { readGivenContact } from '../../../src/domain/contacts/given-contact.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'

/** The phones of a field at a dealer: each with its type, an unreadable one with `!`. */
function phonesOf(country: string, text: string, lives: string | null = null): string[] {
  const { contact } = readGivenContact(
    {
      path: '/contact',
      emails: [],
      phones: [{ path: '/contact/phone', text, type: null }],
      address: lives === null ? null : { country: lives }
    },
    contactReading(country)
  )
  return contact.phones.map(({ number, valid, type }) => `${number}${valid ? '' : '!'} ${type}`)
}

// Guards forms that ask whether to call: their answers were phones of a person.
void t.test('an answer to whether to call is no phone', (t) => {
  const answers = ['ja', 'Ja, bitte', 'Rückruf=ja', 'nein', 'yes', 'callback: yes', 'Yes please']
  const others = ['tak', 'oddzwoń: tak', 'Tak, proszę', 'sí', 'llamar: sí', 'sí, por favor', 'no']
  for (const text of [...answers, ...others]) {
    for (const country of ['DE', 'PL', 'ES', 'US']) t.strictSame(phonesOf(country, text), [], text)
  }
  t.strictSame(phonesOf('DE', 'ja, 0151 23456781'), ['+4915123456781 voice'])
  t.strictSame(phonesOf('PL', 'tak: 601 234 561'), ['+48601234561 voice'])
  t.end()
})

void t.test('labels in a field give the types of its numbers, and a fax is no main phone', (t) => {
  const fields = [
    ['DE', 'Büro: 0711 123451, Mobil: 0151 23456782', '+49711123451 work', '+4915123456782 mobile'],
    ['DE', 'Fax 0711 123452, Tel. 0711 123453', '+49711123453 voice', '+49711123452 fax'],
    ['DE', 'Tel. 0711/123456-0, Fax -78', '+497111234560 voice'],
    ['DE', 'Tel. 0711 123456, Fax 123478', '+49711123456 voice', 'Fax 123478! fax'],
    ['PL', 'służbowy 601234562 prywatny 602345672', '+48601234562 work', '+48602345672 home'],
    ['PL', 'tel. kom. 601 234 563', '+48601234563 mobile'],
    ['PL', 'tel./fax 22 123 45 61', '+48221234561 voice'],
    ['PL', 'nr faxu: 22 123 45 62', '+48221234562 fax'],
    ['ES', 'móv. 612 345 671', '+34612345671 mobile'],
    ['ES', 'centralita 911 234 561', '+34911234561 voice'],
    ['US', 'Main (585) 297-1231 / Cell (585) 297-1232', '+15852971231 voice', '+15852971232 mobile']
  ] as const
  for (const [country, text, ...phones] of fields) {
    t.strictSame(phonesOf(country, text), phones, text)
  }
  t.end()
})

void t.test('labels in a free text give the types of its numbers, and a fax is last', (t) => {
  const texts = [
    [
      'DE',
      'Fax: 0711 123457. Mein Handy: 0151 23456783, Büro: 0711 123458',
      ['+4915123456783 mobile', '+49711123458 work', '+49711123457 fax']
    ],
    [
      'PL',
      'dane: tel. kom. 601234564, fax: 22 123 45 63',
      ['+48601234564 mobile', '+48221234563 fax']
    ],
    ['ES', 'móvil 612345672, trabajo 911234562', ['+34612345672 mobile', '+34911234562 work']],
    ['US', 'call my cell 585-297-1233 please', ['+15852971233 mobile']],
    ['US', 'call me at 585-297-1234', ['+15852971234 voice']]
  ] as const
  for (const [country, text, phones] of texts) {
    const found = findPoints(text, { ...contactReading(country), countries: [country] })
    t.strictSame(
      found.phones.map(({ number, type }) => `${number} ${type}`),
      phones,
      text
    )
  }
  t.end()
})

// Guards numbers that a spreadsheet or a program left without a plus: Germany has numbers of any length.
void t.test('a German dealer reads a foreign mobile with its code and no plus', (t) => {
  const foreign = [
    ...[
      '48601234565',
      '420601234561',
      '421901234561',
      '380501234561',
      '33612345671',
      '34612345673'
    ],
    ...['393331234561', '31612345671', '32471234561', '41791234561', '436641234561', '905321234561']
  ]
  for (const digits of foreign) t.strictSame(phonesOf('DE', digits), [`+${digits} voice`], digits)
  t.strictSame(phonesOf('AT', '48601234565'), ['+48601234565 voice'])
  t.strictSame(phonesOf('DE', '48221234561', 'PL'), ['+48221234561 voice'], 'where they live')
  const own = ['7111234567', '3012345678', '15123456784', '17612345678', '40123456789']
  for (const digits of own) t.strictSame(phonesOf('DE', digits), [`+49${digits} voice`], digits)
  t.strictSame(phonesOf('DE', '15123456784', 'US'), ['+4915123456784 voice'])
  t.end()
})

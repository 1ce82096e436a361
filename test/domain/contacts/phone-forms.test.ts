import t from 'tap'

import { readPhoneField } from '../../../src/domain/contacts/read-phones.ts'
import { contactReading } from '../../../src/schemas/leads/contact-point.ts'

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

void t.test('letters of the keypad are read behind +1 in any country', (t) => {
  t.strictSame(read('+1 (800) GOT-JUNK', 'PL'), ['+18004685865'])
  t.strictSame(read('+1-800-GO-FEDEX', 'ES'), ['+18004633339'])
  t.end()
})

import fc from 'fast-check'
import t from 'tap'

import { EMPTY_ADDRESS } from '../../../src/domain/leads/empty-lead.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'
import { personForm } from '../../../src/domain/matching/person-form.ts'
import { scoreForms } from '../../../src/domain/matching/score-forms.ts'
import { contact } from '../../support/builders.ts'

type Person = Partial<Contact> & { email?: string; phone?: string; city?: string; code?: string }

function form({ city, code, ...words }: Person) {
  const address =
    city === undefined && code === undefined
      ? null
      : { ...EMPTY_ADDRESS, city: city ?? null, postalCode: code ?? null }
  return personForm(contact({ ...words, address }))
}

const score = (a: Person, b: Person) => scoreForms(form(a), form(b)).score

const JAN: Person = {
  firstName: 'Jan',
  lastName: 'Wiśniowiecki',
  email: 'jan.wisniowiecki@gmail.com',
  phone: '+48601234567',
  city: 'Kraków',
  code: '31-146'
}

void t.test('one person in other words is sure', async (t) => {
  for (const [promise, other] of [
    ['the same', JAN],
    ['capitals, without diacritics', { ...JAN, firstName: 'JAN', lastName: 'WISNIOWIECKI' }],
    ['first and last name exchanged', { ...JAN, firstName: 'Wiśniowiecki', lastName: 'Jan' }],
    ['the whole name in one field', { ...JAN, firstName: null, lastName: 'Wiśniowiecki Jan' }],
    ['a whole name', { ...JAN, firstName: null, lastName: null, fullName: 'Jan Wiśniowiecki' }],
    ['a title', { ...JAN, firstName: 'Pan Jan' }],
    ['a slip in the last name', { ...JAN, lastName: 'Wiśnowiecki' }],
    ['a nickname', { ...JAN, firstName: 'Janek' }],
    ['a tag in the e-mail, and dots', { ...JAN, email: 'J.an.wisniowiecki+auto@googlemail.com' }],
    ['a slip in the domain', { ...JAN, email: 'jan.wisniowiecki@gmial.com' }],
    ['a town by its English name', { ...JAN, city: 'Cracow' }]
  ] as const) {
    t.ok(score(JAN, other) >= 0.9, `${promise}: ${score(JAN, other).toFixed(3)}`)
  }
})

void t.test('people who share what families and colleagues share are not sure', async (t) => {
  const phone = '+48601234567'
  for (const [promise, one, other] of [
    [
      'father and son with one phone',
      { firstName: 'Jan', lastName: 'Nowak', phone },
      { firstName: 'Piotr', lastName: 'Nowak', phone }
    ],
    [
      'a couple with one mailbox and one phone',
      { firstName: 'Jan', lastName: 'Nowak', phone, email: 'nowak.family@wp.pl' },
      { firstName: 'Anna', lastName: 'Nowak', phone, email: 'nowak.family@wp.pl' }
    ],
    [
      'two names with one beginning',
      { firstName: 'Marek', lastName: 'Michalak', email: 'michalak56@gmail.com', phone },
      { firstName: 'Mariola', lastName: 'Michalak', email: 'michalak56@gmail.com' }
    ],
    [
      'a brother and a sister',
      { firstName: 'Daniel', lastName: 'Romero', phone },
      { firstName: 'Daniela', lastName: 'Romero', phone }
    ],
    [
      'colleagues with one mailbox',
      { firstName: 'Jan', lastName: 'Kos', email: 'biuro@agrobud.pl', companyName: 'Agrobud' },
      { firstName: 'Ewa', lastName: 'Lis', email: 'biuro@agrobud.pl', companyName: 'Agrobud' }
    ],
    [
      'a senior and a junior',
      { firstName: 'John', lastName: 'Hart', nameSuffix: 'Sr', phone },
      { firstName: 'John', lastName: 'Hart', nameSuffix: 'Jr', phone }
    ],
    [
      'a couple with one mailbox, one with the whole name in one field',
      { firstName: 'Robert', lastName: 'Dunholby', email: 'dunholby.thomas@outlook.com', phone },
      { lastName: 'Dunholby Thomas', email: 'dunholby.thomas@outlook.com', phone }
    ],
    [
      'brothers whose names are not in Latin letters',
      { fullName: 'किरण शर्मा', phone },
      { fullName: 'करण शर्मा', phone }
    ],
    [
      'two people of one first name in a household, one without last name',
      { firstName: 'Patricia', email: 'patricia2008@outlook.com', phone },
      { firstName: 'Patricia', lastName: 'Gallagher', email: 'p.gallagher@yahoo.co.uk', phone }
    ],
    [
      'a number that another person has now',
      { firstName: 'Oskar', lastName: 'Jóźwiak', phone },
      { firstName: 'Joanna', lastName: 'Stankiewicz', phone }
    ]
  ] as const) {
    t.ok(score(one, other) < 0.9, `${promise}: ${score(one, other).toFixed(3)}`)
  }
})

void t.test('strangers are no match', async (t) => {
  for (const [promise, one, other] of [
    [
      'a common name in one town',
      { firstName: 'Anna', lastName: 'Nowak', email: 'anna.nowak@wp.pl', city: 'Warszawa' },
      { firstName: 'Anna', lastName: 'Nowak', email: 'a.nowak80@gmail.com', city: 'Warszawa' }
    ],
    [
      'the next number of one order, and a mailbox with a digit more',
      {
        firstName: 'Aneta',
        lastName: 'Socha',
        email: 'aneta.socha@op.pl',
        phone: '+48578081444'
      },
      {
        firstName: 'Wojciech',
        lastName: 'Nowak',
        email: 'aneta.socha0@op.pl',
        phone: '+48578081445'
      }
    ],
    [
      'one placeholder for an e-mail',
      { firstName: 'Jan', lastName: 'Kos', email: 'brak@brak.pl' },
      { firstName: 'Ewa', lastName: 'Lis', email: 'brak@brak.pl' }
    ],
    [
      'one placeholder for a phone',
      { firstName: 'Jan', lastName: 'Kos', phone: '600000000' },
      { firstName: 'Ewa', lastName: 'Lis', phone: '600000000' }
    ],
    ['nothing to compare', {}, {}]
  ] as const) {
    t.ok(score(one, other) < 0.5, `${promise}: ${score(one, other).toFixed(3)}`)
  }
})

void t.test('without an e-mail or phone in common a pair is possible at most', async (t) => {
  const one = { firstName: 'Ottokar', lastName: 'Brzęczyszczykiewicz', code: '31-146' }
  const found = score({ ...one, email: 'otto@wp.pl' }, { ...one, phone: '+48601234567' })
  t.ok(found >= 0.5 && found <= 0.85, found.toFixed(3))
})

void t.test('a number with and without its country code is one', async (t) => {
  const one = { firstName: 'Rosa', lastName: 'Casallano', phone: '+34636846734' }
  t.ok(score(one, { ...one, phone: '+48636846734' }) >= 0.9)
})

void t.test('reasons name fields in a fixed order, with words and weights', async (t) => {
  const { reasons } = scoreForms(
    form(JAN),
    form({ ...JAN, firstName: 'Janek', phone: '+48601999888', city: 'Gdańsk', code: '80-244' })
  )
  t.strictSame(
    reasons.map(({ field, agreement }) => [field, agreement]),
    [
      ['contact.email', 'same'],
      ['contact.phone', 'different'],
      ['contact.firstName', 'nickname'],
      ['contact.lastName', 'same'],
      ['contact.address', 'different']
    ]
  )
  const weightOf = new Map(reasons.map(({ field, weight }) => [field, weight]))
  t.ok((weightOf.get('contact.email') ?? 0) > 0)
  t.ok((weightOf.get('contact.phone') ?? 0) < (weightOf.get('contact.email') ?? 0))
})

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Jan', 'Łukasz', 'D.', 'Kowalski', 'de la', 'a b c d e f', '', ' ')
)
const maybe = fc.option(text, { nil: null })
const anyone = fc
  .record({
    firstName: maybe,
    middleName: maybe,
    lastName: maybe,
    nameSuffix: maybe,
    fullName: maybe,
    companyName: maybe,
    email: fc.oneof(text, fc.emailAddress()),
    phone: text,
    city: text,
    code: text
  })
  .map(form)

void t.test('any two people have one score from either side, between 0 and 1', async () => {
  fc.assert(
    fc.property(anyone, anyone, (a, b) => {
      const [one, other] = [scoreForms(a, b), scoreForms(b, a)]
      return (
        one.score >= 0 &&
        one.score <= 1 &&
        Math.abs(one.score - other.score) < 1e-12 &&
        JSON.stringify(one.reasons) === JSON.stringify(other.reasons)
      )
    }),
    { numRuns: 2000 }
  )
})

void t.test('a form survives JSON', async () => {
  fc.assert(
    fc.property(anyone, (a) => {
      const again = JSON.parse(JSON.stringify(a)) as typeof a
      return scoreForms(a, again).score === scoreForms(a, a).score
    })
  )
})

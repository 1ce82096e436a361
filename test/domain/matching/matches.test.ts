import t from 'tap'

import { scorePair } from '../../../src/domain/matching/exact-score.ts'
import { findMatches, rankCandidates } from '../../../src/domain/matching/matches.ts'
import { contact } from '../../support/builders.ts'

const phone = '+48601234567'
const email = 'ann@example.com'

void t.test('an e-mail or phone in common, then the names', async (t) => {
  const ann = contact({ firstName: 'Ann', lastName: 'Lee', email, phone })
  for (const [promise, other, score] of [
    ['both and the same name', contact({ firstName: 'ANN', lastName: 'Lée', email, phone }), 0.99],
    ['one and the same name', contact({ fullName: 'Ann Lee', phone }), 0.95],
    ['the name turned round', contact({ fullName: 'Lee Ann', phone }), 0.95],
    ['one and no name', contact({ phone }), 0.7],
    ['one and only a last name', contact({ lastName: 'Lee', phone }), 0.7],
    ['a marriage', contact({ firstName: 'Ann', lastName: 'Kowalska', email }), 0.55],
    ['somebody else of the household', contact({ firstName: 'Bob', lastName: 'Lee', phone }), 0.4],
    ['a colleague', contact({ firstName: 'Bob', lastName: 'Ross', phone }), 0.3],
    ['the same name alone', contact({ firstName: 'Ann', lastName: 'Lee' }), 0],
    ['other e-mail and phone', contact({ firstName: 'Ann', lastName: 'Lee', email: 'b@c.pl' }), 0]
  ] as const) {
    t.equal(scorePair(ann, other).score, score, promise)
    t.equal(scorePair(other, ann).score, score, `${promise}, seen from the other side`)
  }
})

void t.test('missing names do not disagree', async (t) => {
  t.equal(scorePair(contact({ phone }), contact({ phone })).score, 0.9)
  t.equal(scorePair(contact({ phone, email }), contact({ phone, email })).score, 0.95)
})

void t.test('reasons name what agreed and what did not', async (t) => {
  const { reasons } = scorePair(
    contact({ firstName: 'Ann', lastName: 'Lee', email, phone }),
    contact({ firstName: 'Ann', lastName: 'Ross', email, phone: '+48601000000' })
  )
  t.strictSame(reasons, [
    { field: 'contact.email', agreement: 'same' },
    { field: 'contact.phone', agreement: 'different' },
    { field: 'contact.firstName', agreement: 'same' },
    { field: 'contact.lastName', agreement: 'different' }
  ])
})

void t.test('matches come best first, clients before leads, without the unlikely', async (t) => {
  const person = contact({ firstName: 'Ann', lastName: 'Lee', email })
  const candidate = (id: string, type: 'client' | 'lead', firstName: string | null) => ({
    id,
    type,
    name: null,
    contact: contact({ firstName, lastName: 'Lee', email })
  })
  const matches = findMatches(person, [
    candidate('1', 'lead', 'Ann'),
    candidate('2', 'client', null),
    candidate('3', 'client', 'Ann'),
    candidate('4', 'lead', 'Bob'),
    candidate('5', 'lead', 'Ann')
  ])
  t.strictSame(
    matches.map(({ id, band }) => [id, band]),
    [
      ['3', 'sure'],
      ['5', 'sure'],
      ['1', 'sure'],
      ['2', 'possible']
    ]
  )
})

void t.test('every record of an e-mail or phone is ranked, another name last', async (t) => {
  const person = contact({ firstName: 'Ann', lastName: 'Lee', email })
  const known = ['Ann', 'Bob', null].map((firstName, index) => ({
    id: String(index),
    type: 'lead' as const,
    name: null,
    contact: contact({ firstName, lastName: 'Lee', email })
  }))
  const stranger = { id: '3', type: 'lead' as const, name: null, contact: contact({ phone }) }
  t.strictSame(
    rankCandidates(person, [...known, stranger]).map(({ id, band }) => [id, band]),
    [
      ['0', 'sure'],
      ['2', 'possible'],
      ['1', 'possible']
    ]
  )
})

void t.test('a form of the name is sure, an initial by phone is not', async (t) => {
  const pair = (one: string, other: string, shared: object) =>
    scorePair(contact({ fullName: one, ...shared }), contact({ fullName: other, ...shared })).score
  t.ok(pair('Tomek Lis', 'Tomasz Lis', { email }) >= 0.9)
  t.ok(pair('Tomek Lis', 'Tomasz Lis', { phone }) >= 0.9)
  t.ok(pair('M. Lis', 'Maria Lis', { phone }) < 0.9, 'Marek has the same phone')
  t.ok(pair('M. Lis', 'Maria Lis', { email }) > pair('M. Lis', 'Maria Lis', { phone }))
})

void t.test('the score is the same from either side, and never 0 where a key agrees', async (t) => {
  const words = ['Ann', 'Bob', 'Robert', 'A.', 'Lee', 'Lee-Ross', 'LeeRoss', 'Müller', 'Mueller']
  const names = words.flatMap((first) =>
    words.flatMap((last) => [
      { firstName: first, lastName: last },
      { fullName: `${last} ${first}` },
      { firstName: `${first} ${last}` },
      { fullName: `Dr. ${first} ${last} ${first}` }
    ])
  )
  const people = [{}, ...names].map((name) => contact({ ...name, phone }))
  const unequal = people.flatMap((one) =>
    people
      .filter((other) => {
        const [here, there] = [scorePair(one, other), scorePair(other, one)]
        return here.score === 0 || JSON.stringify(here) !== JSON.stringify(there)
      })
      .map((other) => [one, other])
  )
  t.strictSame(unequal, [])
})

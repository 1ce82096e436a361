import t from 'tap'

import { scorePair } from '../../../src/domain/matching/exact-score.ts'
import { EMPTY_ADDRESS } from '../../../src/domain/leads/empty-lead.ts'
import { comparePeople, findMatches } from '../../../src/domain/matching/matches.ts'
import { personForm } from '../../../src/domain/matching/person-form.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'
import { contact } from '../../support/builders.ts'
import { must } from '../../support/must.ts'

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
  const matches = findMatches({ contact: person, policy: 'exact' }, [
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
    comparePeople(
      { contact: person, policy: 'exact' },
      { candidates: [...known, stranger], crowded: [], similar: [] }
    ).sharing.map(({ id, band }) => [id, band]),
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

void t.test('fuzzy: who shares no e-mail and no phone is possible, and marked', async (t) => {
  const name = { firstName: 'Remigiusz', lastName: 'Zawistowski' }
  const address = { ...EMPTY_ADDRESS, city: 'Sopot', postalCode: '81-701', country: 'PL' }
  const sought = { contact: contact({ ...name, phone, address }), policy: 'fuzzy' as const }
  const similarTo = (id: string, given: Parameters<typeof contact>[0]) => ({
    ...{ type: 'lead' as const, id, name: null, form: personForm(contact(given)) }
  })
  const same = similarTo('1', { ...name, email, address })
  const other = similarTo('2', { firstName: 'Ola', lastName: 'Zawistowska', address })
  const known = {
    ...{ type: 'lead' as const, id: '3', name: null },
    contact: contact({ ...name, phone, email })
  }
  const { sharing: ranked } = comparePeople(sought, {
    candidates: [known],
    crowded: [],
    similar: [other, same, { ...same, id: '3' }]
  })
  t.strictSame(
    ranked.map(({ id, band, similarOnly }) => [id, band, similarOnly]),
    [
      ['3', 'sure', undefined],
      ['1', 'possible', true]
    ],
    'a record is listed once, by what it shares most'
  )
  t.strictSame(
    findMatches(sought, [known]).map(({ id }) => id),
    ['3']
  )
  const exact = { ...sought, policy: 'exact' as const }
  t.strictSame(
    comparePeople(exact, { candidates: [known], crowded: [], similar: [same] }).sharing.map(
      ({ id }) => id
    ),
    ['3']
  )
  await t.test('where a number is shared by very many, none of them is sure', (t) => {
    const hidden = similarTo('4', { ...name, phone, email, address })
    const sure = comparePeople(sought, { candidates: [], crowded: [], similar: [hidden] }).sharing
    t.hasStrict(sure, [{ id: '4', band: 'sure' }])
    const few = comparePeople(sought, {
      candidates: [],
      crowded: [known],
      similar: [hidden]
    }).sharing
    t.strictSame(
      few.map(({ band, sharedByMany }) => [band, sharedByMany]),
      [
        ['possible', true],
        ['possible', true]
      ]
    )
    t.end()
  })
})

void t.test(
  'fuzzy: a name on one side only is not sure, and forms of one name are possible',
  (t) => {
    const sought = { contact: contact({ email }), policy: 'fuzzy' as const }
    const named = contact({ firstName: 'Ada', lastName: 'Lis', email })
    const bandOf = (one: Contact, other: Contact) =>
      findMatches({ ...sought, contact: one }, [
        { type: 'client' as const, id: '1', name: null, contact: other }
      ]).map(({ band }) => band)
    t.strictSame(bandOf(contact({ email }), named), ['possible'])
    t.strictSame(bandOf(named, contact({ email })), ['possible'])
    const [two, one] = ['Ortega Vidal', 'Vidal'].map((lastName) =>
      contact({ firstName: 'Lucía', lastName, phone })
    )
    t.strictSame(bandOf(must(two), must(one)), ['possible'])
    t.strictSame(bandOf(contact({ phone }), contact({ phone })), ['sure'], 'nameless')
    const ada = { fullName: 'Ada', email: 'ada01a2317b@example.com' }
    t.strictSame(bandOf(contact(ada), contact(ada)), ['sure'], 'of one word')
    t.end()
  }
)

void t.test('fuzzy: an address of a reserved domain is as good as another', (t) => {
  const ada = contact({ firstName: 'Ada', lastName: 'Person', email: 'ada@example.com' })
  const candidate = { type: 'client' as const, id: '1', name: null, contact: { ...ada } }
  t.hasStrict(findMatches({ contact: ada, policy: 'fuzzy' }, [candidate]), [{ band: 'sure' }])
  t.end()
})

import fc from 'fast-check'
import t from 'tap'

import { CRITERIA_LIMITS, checkCriteria, fits } from '../../../src/domain/rules/criteria.ts'
import type { Criteria } from '../../../src/domain/rules/criteria.ts'
import { RULE_FIELDS, comparedKind, readField } from '../../../src/domain/rules/lead-fields.ts'
import { contact, content, leadFacts, vehicle } from '../../support/builders.ts'
import { countFolds } from '../../support/searched-texts.ts'

const FACTS = leadFacts({
  content: content({
    message: 'Is the blue one still there?',
    contact: contact({
      fullName: 'Łukasz Żółć',
      email: 'lukasz@example.pl',
      phone: '+48601234567',
      language: 'pl',
      address: {
        street: [],
        apartment: null,
        city: 'Kraków',
        region: null,
        postalCode: '31-146',
        country: 'PL',
        type: null
      }
    }),
    vehicles: [
      vehicle({ make: 'Kia', model: 'Ceed', year: 2022, condition: 'used' }),
      vehicle({ make: 'Opel', interest: 'trade-in', year: 2014 })
    ],
    customFields: { branch: 'North', seats: 7, tags: ['vip', 'fleet'], constructor: null },
    attribution: { utmSource: 'google' }
  }),
  temperature: 'hot',
  score: 62,
  local: { time: '21:30', weekday: 'sunday' }
})

void t.test('criteria', async (t) => {
  await t.test('compare makes in one spelling', (t) => {
    const facts = leadFacts({
      content: content({ vehicles: [vehicle({ make: 'Volkswagen', model: 'Golf' })] })
    })
    const ofMake = (criteria: Criteria) => fits({ field: 'vehicle.make', ...criteria }, facts)
    t.ok(ofMake({ equals: 'VW' }))
    t.ok(ofMake({ oneOf: ['Kia', 'vw'] }))
    t.ok(ofMake({ contains: 'vw' }))
    t.ok(ofMake({ contains: 'wagen' }))
    t.notOk(ofMake({ equals: 'Merc' }))
    t.end()
  })

  await t.test('compare fields as people would', (t) => {
    const cases: [Criteria, boolean][] = [
      [{ field: 'source.key', equals: 'website' }, true],
      [{ field: 'contact.fullName', equals: 'lukasz  zolc' }, true],
      [{ field: 'contact.address.city', oneOf: ['Warszawa', 'krakow'] }, true],
      [{ field: 'message', contains: 'BLUE one' }, true],
      [{ field: 'message', contains: 'red' }, false],
      [{ field: 'contact.address.postalCode', from: '30-000', to: '31-999' }, true],
      [{ field: 'contact.address.postalCode', from: '32-000' }, false],
      [{ field: 'vehicle.make', equals: 'opel' }, true],
      [{ field: 'vehicle.year', from: 2020 }, true],
      [{ field: 'vehicle.year', from: 2015, to: 2020 }, false],
      [{ field: 'vehicle.vin', exists: false }, true],
      [{ field: 'contact.phoneValid', equals: true }, true],
      [{ field: 'score', from: 62, to: 62 }, true],
      [{ field: 'score', to: 61 }, false],
      [{ field: 'temperature', oneOf: ['hot', 'warm'] }, true],
      [{ field: 'promoter.id', exists: true }, false],
      [{ field: 'customFields.branch', equals: 'north' }, true],
      [{ field: 'customFields.seats', from: 5 }, true],
      [{ field: 'customFields.seats', from: 'five' }, false],
      [{ field: 'customFields.tags', equals: 'fleet' }, true],
      [{ field: 'customFields.toString', exists: true }, false],
      [{ field: 'attribution.utmSource', equals: 'Google' }, true],
      [{ field: 'timeOfDay', from: '20:00', to: '07:00' }, true],
      [{ field: 'timeOfDay', from: '07:00', to: '20:00' }, false],
      [{ field: 'timeOfDay', from: '21:30', to: '21:31' }, true],
      [{ field: 'timeOfDay', from: '20:00', to: '21:30' }, false],
      [{ field: 'timeOfDay', from: '09:00', to: '09:00' }, true],
      [{ field: 'weekday', oneOf: ['saturday', 'sunday'] }, true],
      [{ all: [] }, true],
      [{ any: [] }, false],
      [{ not: { field: 'source.key', equals: 'website' } }, false]
    ]
    for (const [criteria, expected] of cases) {
      t.strictSame(checkCriteria(criteria), [], JSON.stringify(criteria))
      t.equal(fits(criteria, FACTS), expected, JSON.stringify(criteria))
    }
    t.end()
  })

  await t.test('every field has a kind, and reads without failing', (t) => {
    for (const name of RULE_FIELDS) {
      t.ok(comparedKind(name), name)
      t.ok(Array.isArray(readField(name, FACTS)))
    }
    t.end()
  })

  await t.test('nest as logic does', async (t) => {
    const leaf = fc.boolean().map((value): Criteria => ({ field: 'isDuplicate', equals: !value }))
    const { tree } = fc.letrec<{ tree: Criteria }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }).map((all): Criteria => ({ all })),
        fc.array(tie('tree'), { maxLength: 3 }).map((any): Criteria => ({ any })),
        tie('tree').map((not): Criteria => ({ not }))
      )
    }))
    // The model: the same tree as one expression of the language itself.
    const model = ({ all, any, not, equals }: Criteria): string => {
      if (all) return `(${['true', ...all.map(model)].join(' && ')})`
      if (any) return `(${['false', ...any.map(model)].join(' || ')})`
      return not ? `!${model(not)}` : String(equals === false)
    }
    fc.assert(
      fc.property(tree, (criteria) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- an expression of our own
        const expected = new Function(`return ${model(criteria)}`)() as boolean
        return fits(criteria, FACTS) === expected
      }),
      { numRuns: 500 }
    )
    t.pass('500 trees')
  })

  await t.test('an unknown field is told with those there are', (t) => {
    const known = /^is not a field of leads\. Known names: .*contact\.email, .*customFields\.\*$/
    t.match(checkCriteria({ not: { field: 'shoeSize', equals: 42 } }), [
      { pointer: '/not/field', message: known }
    ])
    t.end()
  })

  await t.test('are bounded in depth and in parts', (t) => {
    let deep: Criteria = { field: 'source.key', equals: 'website' }
    for (let i = 0; i < CRITERIA_LIMITS.depth; i += 1) deep = { not: deep }
    t.match(checkCriteria(deep)[0]?.message, /nests deeper/)
    const wide = {
      any: Array.from({ length: CRITERIA_LIMITS.parts }, () => ({ field: 'score', equals: 1 }))
    }
    t.match(checkCriteria(wide)[0]?.message, /more than/)
    t.end()
  })
})

void t.test(
  'a text of a lead is folded once for all rules, also where scores are no part of it',
  (t) => {
    const message = 'Żółty samochód '.repeat(1_000)
    const facts = leadFacts({ content: content({ message }) })
    const folds = countFolds(t, 5_000)
    for (let rule = 0; rule < 100; rule += 1) {
      t.notOk(fits({ field: 'message', contains: `zq${rule}` }, facts))
      t.ok(fits({ field: 'message', contains: 'zolty' }, { ...facts, score: rule }))
    }
    t.equal(folds(), 1)
    t.end()
  }
)

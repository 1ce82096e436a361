import t from 'tap'

import { recordKeys } from '../../../src/domain/search/record-keys.ts'
import type { SearchableContent } from '../../../src/domain/search/record-keys.ts'
import { WHOLE_SEARCH, countTerms, searchRanges } from '../../../src/domain/search/search-ranges.ts'
import { contact, content, vehicle } from '../../support/builders.ts'

/** A slow model of the look-up: whether a search finds a record. */
function finds(q: string, record: SearchableContent): boolean {
  const keys = recordKeys(record, [{ key: 'plate' }])
  const ranges = searchRanges(q)
  const hits = ranges.filter(({ from, before }) => keys.some((key) => key >= from && key < before))
  const fitting = new Set(
    hits
      .filter((hit) => {
        const ofOption = hits.filter((one) => one.term === hit.term && one.option === hit.option)
        return new Set(ofOption.map(({ part }) => part)).size === hit.parts
      })
      .map(({ term }) => term)
  )
  return (
    fitting.has(WHOLE_SEARCH) || (ranges.length > 0 && [...fitting].length === countTerms(ranges))
  )
}

const rosa = content({
  externalId: 'form-2026-0042',
  contact: contact({
    firstName: 'Rosa',
    lastName: 'D’Aosta-Kern',
    email: 'rosa.kern@example.org',
    phone: '+48512600700'
  }),
  vehicles: [
    vehicle({
      make: 'Mercedes-Benz',
      model: 'C-Class',
      vin: 'WDD2050071R000123',
      stockNumber: 'U-77 12'
    }),
    vehicle({ make: 'Alfa Romeo', model: 'Giulia', interest: 'trade-in' })
  ],
  references: [{ id: 'CRM/998', source: 'crm', sequence: null }],
  customFields: { plate: 'WX 4455K' }
})

void t.test('a record is found as people write what it holds', async (t) => {
  for (const q of [
    ...["D'Aosta-Kern", 'D’Aosta', 'daosta', 'aosta', 'Kern', 'KERN rosa', 'Rosa D´Aosta-Kern'],
    ...['ros', 'D’Aosta Kern', 'rosa.kern@ex', 'Rosa.Kern@Example.org'],
    ...['512 600 700', '512600700', '512-600-700', '+48 512 600 700', '0048 512 600 700'],
    ...['(512) 600.700', '600700', '600 700', '0700', '512 600', '2600', 'Rosa 512 600 700'],
    ...['mercedes', 'Mercedes-Benz', 'Mercedes Benz', 'benz', 'C-Class', 'c class', 'cclass'],
    ...['alfa romeo', 'romeo giulia', 'Alfa-Romeo', 'rosa mercedes'],
    ...['WDD2050071R000123', 'wdd205', 'R000123', '000123', '1R000123'],
    ...['U-7712', 'u7712', 'U-77 12', 'form-2026-0042', 'FORM 2026', 'CRM/998', 'crm998'],
    ...['512600700.0', 'tel:512600700.0'],
    ...['WX4455K', 'WX 4455K', 'wx 4455']
  ]) {
    t.ok(finds(q, rosa), q)
  }
})

void t.test('and not by what it does not hold', async (t) => {
  for (const q of [
    ...['osa', 'Rosa Lee', 'kerns', '513', '700', '5126 0 0701', 'example.org', 'lass', '0123x'],
    ...['rosa bmw', '...', '@', 'rosa 601 300 400', '601300400 512600700']
  ]) {
    t.notOk(finds(q, rosa), q)
  }
})

void t.test('umlauts are found in each spelling', async (t) => {
  for (const lastName of ['Müller', 'Mueller', 'Muller', 'MÜLLER']) {
    const record = content({ contact: contact({ lastName }) })
    for (const q of ['Müller', 'Mueller', 'Muller', 'mul', 'müll', 'muell']) {
      t.ok(finds(q, record), `${lastName} by ${q}`)
    }
  }
  t.notOk(finds('Joe', content({ contact: contact({ firstName: 'John' }) })), 'Joe is not Jo')
})

void t.test('a Mexican mobile number is found in its old and its new form', async (t) => {
  for (const phone of ['+5215512345678', '+525512345678']) {
    const record = content({ contact: contact({ phone }) })
    for (const q of ['+52 1 55 1234 5678', '+52 55 1234 5678', '55 1234 5678', '5678'].concat(
      ['044', '045', '01'].map((prefix) => `${prefix} 55 1234 5678`)
    )) {
      t.ok(finds(q, record), `${phone} by ${q}`)
    }
  }
})

void t.test('a phone that is not usable is found by its digits as given', async (t) => {
  const phones = [
    { number: '12 34 56 78', raw: '12 34 56 78', valid: false, type: 'voice', time: null } as const
  ]
  const record = content({ contact: contact({ phones: [...phones] }) })
  for (const q of ['12 34 56 78', '12345678', '5678']) t.ok(finds(q, record), q)
})

void t.test('a client is found by the vehicles of interest', async (t) => {
  const client = {
    contact: contact({ fullName: 'St. John-Smith' }),
    customFields: {},
    vehicleInterests: [vehicle({ make: 'Škoda', model: '3008' })]
  }
  for (const q of ['skoda', '3008', 'St. John-Smith', 'st john smith', 'johnsmith']) {
    t.ok(finds(q, client), q)
  }
})

void t.test('keys and ranges are bounded, whatever a record and a search hold', async (t) => {
  const many = 'word-'.repeat(200)
  const record = content({
    externalId: many,
    contact: contact({
      fullName: many,
      phones: Array.from({ length: 21 }, () => ({
        number: '1'.repeat(60),
        raw: '',
        valid: false,
        type: 'voice' as const,
        time: null
      }))
    }),
    vehicles: Array.from({ length: 30 }, (_, n) => vehicle({ make: `${many}${n}`, model: many }))
  })
  t.ok(recordKeys(record, []).length < 60)
  t.ok(recordKeys(record, []).every((key) => key.length < 50))
  t.ok(searchRanges('a-b c-d e-f g-h i-j k-l m-n o-p').length < 300)
  t.ok(searchRanges('1-'.repeat(50)).length < 300)
})

void t.test('a usual lead has a row for each thing it is found by', async (t) => {
  const usual = content({
    externalId: 'a1',
    contact: contact({ fullName: 'Jan Lis', email: 'jan@example.pl', phone: '+48601300400' }),
    vehicles: [vehicle({ make: 'Kia', model: 'Ceed' })]
  })
  t.strictSame(recordKeys(usual, []), [
    ...['e:jan@example.pl', 'p:+48601300400', 'n:jan', 'n:lis'],
    ...['d:8601300400', 'd:601300400', 'd:01300400', 'd:1300400', 'd:300400', 'd:00400', 'd:0400'],
    ...['vm:kia', 'vd:ceed', 'x:a1']
  ])
})

void t.test('the digits of a search with other words find no stranger', (t) => {
  for (const q of ['zzzz 600700', 'jan 512600700', 'Kia U6007', 'U6007']) t.notOk(finds(q, rosa), q)
  t.ok(finds('tel:512600700', rosa))
  t.ok(finds('rosa 600 700', rosa))
  t.end()
})

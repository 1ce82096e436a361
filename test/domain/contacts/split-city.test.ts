import t from 'tap'

import { splitPlace } from '../../../src/domain/contacts/split-city.ts'

void t.test('a postal code in the field of the city is one, and the text is told', (t) => {
  const cases: [given: string, postalCode: string, city: string | null, region?: string][] = [
    ['80331 München', '80331', 'München'],
    ['D-80331 München', '80331', 'München'],
    ['80331, München', '80331', 'München'],
    ['80331 / München', '80331', 'München'],
    ['31-123 Kraków', '31-123', 'Kraków'],
    ['PL-31-123 Kraków', '31-123', 'Kraków'],
    ['Kraków, 31-123', '31-123', 'Kraków'],
    ['Kraków 31-123', '31-123', 'Kraków'],
    ['28001 - Madrid', '28001', 'Madrid'],
    ['Madrid (28001)', '28001', 'Madrid'],
    ['4020 LINZ', '4020', 'LINZ'],
    ['1012 AB Amsterdam', '1012 AB', 'Amsterdam'],
    ['110 00 Praha 1', '110 00', 'Praha 1'],
    ['90210-1234 Beverly Hills', '90210-1234', 'Beverly Hills'],
    ['Beverly Hills, CA 90210', '90210', 'Beverly Hills', 'CA'],
    ['Beverly Hills CA 90210-1234', '90210-1234', 'Beverly Hills', 'CA'],
    ['Beverly Hills/CA/90210', '90210', 'Beverly Hills', 'CA'],
    ['90210 Beverly Hills, CA', '90210', 'Beverly Hills', 'CA'],
    ['Springfield, Illinois 62701', '62701', 'Springfield', 'Illinois'],
    ['Raleigh/North Carolina/27601', '27601', 'Raleigh', 'North Carolina'],
    ['28001 Madrid, Madrid', '28001', 'Madrid, Madrid'],
    ['Ottawa, ON K1A 0B1', 'K1A 0B1', 'Ottawa', 'ON'],
    ['80331 LIMA', '80331', 'LIMA'],
    ['31-123 Nowa Wieś, MA', '31-123', 'Nowa Wieś, MA'],
    ['00 950 Warszawa', '00 950', 'Warszawa'],
    ['Warszawa, 00 950', '00 950', 'Warszawa'],
    ['SW1A 1AA London', 'SW1A 1AA', 'London'],
    ['London SW1A 1AA', 'SW1A 1AA', 'London'],
    ['K1A 0B1 Ottawa', 'K1A 0B1', 'Ottawa'],
    ['80331', '80331', null]
  ]
  for (const [text, postalCode, city, region = null] of cases) {
    const { place, repairs } = splitPlace({ postalCode: null, city: text, region: null }, '/at')
    t.strictSame(place, { postalCode, city, region }, text)
    t.strictSame(repairs, [{ path: '/at/city', text, code: 'split_city' }], text)
  }
  t.end()
})

void t.test('a city without a postal code of its own stays as it is', (t) => {
  for (const city of [
    'Praha 1',
    'Wien 1010',
    '6 October City',
    '29 Palms',
    'Austin, TX',
    'Osiedle 12 345',
    '80331 12',
    '803312345 München',
    'Ort'.repeat(100),
    ''
  ]) {
    const given = { postalCode: null, city, region: null }
    t.strictSame(splitPlace(given, ''), { place: given, repairs: [] }, city)
  }
  const region = null
  const other = { postalCode: '80333', city: '80331 München', region }
  t.strictSame(splitPlace(other, '').place, other, 'another postal code was given')
  const same = { postalCode: '31-123', city: '31-123 Kraków', region }
  const place = { postalCode: '31-123', city: 'Kraków', region }
  t.strictSame(splitPlace(same, '').place, place)
  const state = { postalCode: null, city: 'Beverly Hills, CA 90210', region: 'California' }
  const kept = { postalCode: '90210', city: 'Beverly Hills, CA', region: 'California' }
  t.strictSame(splitPlace(state, '').place, kept, 'the state was given')
  t.end()
})

void t.test('a city or state in another field of the place', (t) => {
  const empty = { postalCode: null, city: null, region: null }
  const california = { postalCode: '90210', city: 'Beverly Hills', region: 'CA' }
  for (const [given, place] of [
    [{ postalCode: '00-950 Warszawa' }, { postalCode: '00-950', city: 'Warszawa' }],
    [{ postalCode: '00 950 Warszawa' }, { postalCode: '00 950', city: 'Warszawa' }],
    [{ postalCode: 'Hills, CA 90210' }, { ...california, city: 'Hills' }],
    [
      { postalCode: '80331 München', city: 'München' },
      { postalCode: '80331', city: 'München' }
    ],
    [{ postalCode: 'CA 90210', city: 'Beverly Hills' }, california],
    [{ region: 'CA 90210', city: 'Beverly Hills' }, california],
    [{ region: 'Beverly Hills, CA 90210' }, california],
    [{ region: 'CA/90210-1234' }, { region: 'CA', postalCode: '90210-1234' }]
  ] as const) {
    const { place: read, repairs } = splitPlace({ ...empty, ...given }, '')
    t.strictSame(read, { ...empty, ...place }, JSON.stringify(given))
    t.equal(repairs.length, 1)
  }
  for (const given of [
    ...[
      'SW1A 1AA',
      '1012 AB',
      'D02 AF30',
      'K1A 0B1',
      '90210-1234',
      '00 950',
      'D 80331',
      '31-123'
    ].map((postalCode) => ({ ...empty, postalCode })),
    { ...empty, postalCode: '80331 München', city: 'Berlin' },
    { ...empty, region: 'Mazowieckie 12' },
    { ...empty, region: 'XX 90210' }
  ]) {
    t.strictSame(splitPlace(given, ''), { place: given, repairs: [] }, JSON.stringify(given))
  }
  t.end()
})

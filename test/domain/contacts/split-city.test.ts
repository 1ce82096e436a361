import t from 'tap'

import { splitPlace } from '../../../src/domain/contacts/split-city.ts'

void t.test('a postal code in the field of the city is one, and the text is told', (t) => {
  const cases: [given: string, postalCode: string, city: string | null][] = [
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
    ['Beverly Hills, CA 90210', '90210', 'Beverly Hills, CA'],
    ['SW1A 1AA London', 'SW1A 1AA', 'London'],
    ['London SW1A 1AA', 'SW1A 1AA', 'London'],
    ['K1A 0B1 Ottawa', 'K1A 0B1', 'Ottawa'],
    ['80331', '80331', null]
  ]
  for (const [text, postalCode, city] of cases) {
    const { place, repairs } = splitPlace({ postalCode: null, city: text }, '/city')
    t.strictSame(place, { postalCode, city }, text)
    t.strictSame(repairs, [{ path: '/city', text, code: 'split_city' }], text)
  }
  t.end()
})

void t.test('a city without a postal code of its own stays as it is', (t) => {
  for (const city of [
    'Praha 1',
    'Wien 1010',
    '6 October City',
    '29 Palms',
    '80331 12',
    '803312345 München',
    'Ort'.repeat(100),
    ''
  ]) {
    const given = { postalCode: null, city }
    t.strictSame(splitPlace(given, '/city'), { place: given, repairs: [] }, city)
  }
  const other = { postalCode: '80333', city: '80331 München' }
  t.strictSame(splitPlace(other, '/city').place, other, 'another postal code was given')
  const same = { postalCode: '31-123', city: '31-123 Kraków' }
  t.strictSame(splitPlace(same, '/city').place, { postalCode: '31-123', city: 'Kraków' })
  t.end()
})

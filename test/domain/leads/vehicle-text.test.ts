import t from 'tap'

import { splitVehicle } from '../../../src/domain/leads/vehicle-text.ts'
import { vehicle } from '../../support/builders.ts'

type Expected = [make: string, model: string | null, year: number | null]

const TEXTS: Record<string, Expected | null> = {
  'Toyota Corolla 1.8 Hybrid 2021': ['Toyota', 'Corolla 1.8 Hybrid', 2021],
  '2020 Honda CR-V EX': ['Honda', 'CR-V EX', 2020],
  '(2017) Nissan Qashqai': ['Nissan', 'Qashqai', 2017],
  'Škoda Octavia Combi': ['Škoda', 'Octavia Combi', null],
  'skoda fabia (2016)': ['Skoda', 'fabia', 2016],
  'VW Passat B8': ['Volkswagen', 'Passat B8', null],
  'Mercedes GLC 220d, 2019': ['Mercedes-Benz', 'GLC 220d', 2019],
  'mercedes-benz sprinter': ['Mercedes-Benz', 'sprinter', null],
  'Alfa Romeo Stelvio': ['Alfa Romeo', 'Stelvio', null],
  'Range Rover Sport 2018': ['Land Rover', 'Range Rover Sport', 2018],
  'Peugeot 2008': ['Peugeot', '2008', null],
  'Peugeot 2008 2022': ['Peugeot', '2008', 2022],
  'Opel Insignia 2015 r.': ['Opel', 'Insignia', 2015],
  'Renault Megane, rok 2014': ['Renault', 'Megane', 2014],
  'Ford Kuga Bj. 2017': ['Ford', 'Kuga', 2017],
  'KIA SPORTAGE': ['Kia', 'SPORTAGE', null],
  Audi: ['Audi', null, null],
  Citroën: ['Citroën', null, null],
  Fordson: null,
  'mini van for seven': null,
  'a red one, not too big': null,
  '2021': null
}

void t.test('a vehicle that was written as one text', (t) => {
  for (const [text, expected] of Object.entries(TEXTS)) {
    const read = splitVehicle(vehicle({ make: null, model: text, year: null }))
    t.strictSame(read && [read.make, read.model, read.year], expected, text)
  }
  t.equal(
    splitVehicle(vehicle({ make: null, model: 'Used Kia Rio', condition: null }))?.condition,
    'used'
  )
  t.end()
})

void t.test('what the sender says apart stands', (t) => {
  const given = { make: 'Toyota', model: 'Toyota Yaris 2019', year: 2019 }
  t.match(splitVehicle(vehicle(given)), { make: 'Toyota', model: 'Yaris', year: 2019 })
  t.match(splitVehicle(vehicle({ ...given, year: 2020 })), { model: 'Yaris 2019', year: 2020 })
  t.equal(splitVehicle(vehicle({ make: 'Lexus', model: 'Toyota Yaris' })), null)
  t.match(splitVehicle(vehicle({ make: 'Toyota Yaris 2019', model: null, year: null })), {
    make: 'Toyota',
    model: 'Yaris',
    year: 2019
  })
  t.end()
})

import t from 'tap'

import { splitVehicle, splitVehicles } from '../../../src/domain/leads/vehicle-text.ts'
import { vehicleOf } from '../../../src/domain/leads/empty-lead.ts'
import type { Vehicle } from '../../../src/domain/leads/vehicle.ts'
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

void t.test('labels in front of values are none of them', (t) => {
  const cases: readonly (readonly [Partial<Vehicle>, Partial<Vehicle>])[] = [
    [{ stockNumber: 'Stock #: 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Stock# 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Stk. #A-12' }, { stockNumber: 'A-12' }],
    [{ stockNumber: 'Stock No. U7' }, { stockNumber: 'U7' }],
    [{ stockNumber: '#1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Numer magazynowy: 12/26' }, { stockNumber: '12/26' }],
    [{ stockNumber: 'Lager-Nr. 12' }, { stockNumber: '12' }],
    [{ stockNumber: 'Stock #: N/A' }, { stockNumber: null }],
    [{ stockNumber: 'Stock #:' }, { stockNumber: null }],
    [{ stockNumber: 'Ref: 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Numer oferty: 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Nr 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: 'ID: 1234' }, { stockNumber: '1234' }],
    [{ stockNumber: '(1234)' }, { stockNumber: '1234' }],
    [{ stockNumber: 'Stock: "A-12",' }, { stockNumber: 'A-12' }],
    [{ plate: '"AB 123"' }, { plate: 'AB 123' }],
    [{ plate: 'AB 123,' }, { plate: 'AB 123' }],
    [{ plate: 'Plate - AB 123' }, { plate: 'AB 123' }],
    [
      { make: '"Toyota"', model: 'Corolla,' },
      { make: 'Toyota', model: 'Corolla' }
    ],
    [{ plate: 'Plate: AB 123' }, { plate: 'AB 123' }],
    [{ plate: 'License plate AB 123' }, { plate: 'AB 123' }],
    [{ plate: 'Reg: AB12 CDE' }, { plate: 'AB12 CDE' }],
    [{ plate: 'Nr rej.: KR 1234' }, { plate: 'KR 1234' }],
    [{ plate: 'Numer rejestracyjny: KR 1234' }, { plate: 'KR 1234' }],
    [{ plate: 'Matrícula 1234 BBB' }, { plate: '1234 BBB' }],
    [{ plate: 'Kfz-Kennzeichen: M-AB 123' }, { plate: 'M-AB 123' }],
    [
      { make: 'Make: Toyota', model: 'Model: Corolla' },
      { make: 'Toyota', model: 'Corolla' }
    ],
    [
      { make: 'Marka: VW', model: 'Model = Golf', trim: 'Version: GTI' },
      { make: 'Volkswagen', model: 'Golf', trim: 'GTI' }
    ],
    [
      { make: 'Make: Toyota, Model: Corolla, Year: 2019' },
      { make: 'Toyota', model: 'Corolla', year: 2019 }
    ],
    [{ model: 'Make/Model: Kia Rio' }, { make: 'Kia', model: 'Rio' }],
    [{ model: 'Fahrzeug: Kia Rio 2020' }, { make: 'Kia', model: 'Rio', year: 2020 }]
  ]
  for (const [given, read] of cases) {
    const { vehicles, repairs } = splitVehicles([vehicleOf(given)], (_, member) => member)
    const name = JSON.stringify(given)
    t.hasStrict(vehicles, [{ ...vehicleOf(given), ...read }], name)
    for (const [member, text] of Object.entries(given)) {
      const told = repairs.filter(({ code }) => code === 'surrounding_marks')
      t.hasStrict(told.find(({ path }) => path === member)?.text, text, name)
    }
  }
  for (const given of [
    { make: 'Tesla', model: 'Model 3' },
    { make: 'Mazda', model: 'CX-5 (2020)', trim: 'GT-R+, 17"' },
    { make: 'Volkswagen', model: 'up!', trim: 'Nr', stockNumber: 'No' },
    { make: 'Citroën', model: 'C4', trim: '1.6 (110 KM)', stockNumber: 'KR-1234-A' },
    { make: 'Ford', model: 'Model T' },
    { plate: 'REG 1234', stockNumber: 'STOCK-12' },
    { plate: 'Stock car', stockNumber: 'Stock car' },
    { plate: 'KR 1234', stockNumber: 'A-12' },
    { make: 'Lager', model: 'Auto Union 1000', trim: 'Trim 2' }
  ]) {
    const { vehicles, repairs } = splitVehicles([vehicleOf(given)], (_, member) => member)
    t.strictSame(vehicles, [vehicleOf(given)], JSON.stringify(given))
    t.strictSame(repairs, [], JSON.stringify(given))
  }
  t.end()
})

import t from 'tap'

import { vehicleOf } from '../../../src/domain/leads/empty-lead.ts'
import { knownVehicles } from '../../../src/domain/leads/known-vehicles.ts'

void t.test('nobody drives a null undefined: absent texts of vehicles go, and are told', (t) => {
  const nothing = vehicleOf({ make: 'null', model: 'undefined' })
  const car = vehicleOf({ make: 'Kia', model: 'Rio', trim: 'N/A', comments: 'none' })
  const { vehicles, repairs } = knownVehicles([nothing, car, vehicleOf({})], '/vehicles')
  t.strictSame(vehicles, [{ ...car, trim: null }, vehicleOf({})], 'prose stays')
  t.strictSame(
    repairs.map(({ path, text }) => [path, text]),
    [
      ['/vehicles/0/make', 'null'],
      ['/vehicles/0/model', 'undefined'],
      ['/vehicles/1/trim', 'N/A']
    ]
  )
  t.end()
})

import type { Vehicle } from '../leads/vehicle.ts'
import type { ElementCursor } from './element-cursor.ts'
import { readVehicle } from './read-vehicle.ts'
import type { VehicleReading } from './read-vehicle.ts'

const TRADE_ELEMENTS = ['trade', 'tradein', 'tradevehicle', 'tradeinvehicle']

/** The vehicles in these elements: those asked for, then those that `trade` offers in part exchange. */
export function readVehicles(places: readonly ElementCursor[], reading: VehicleReading): Vehicle[] {
  const asked = places
    .flatMap((place) => [place, ...place.all('vehicles')])
    .flatMap((place) => place.all('vehicle'))
    .flatMap((vehicle) => readVehicle(vehicle, reading) ?? [])
  const traded = places
    .flatMap((place) => place.all(...TRADE_ELEMENTS))
    .flatMap((trade) => readTrade(trade, reading))
  return [...asked, ...traded]
}

/** A part exchange is a `vehicle` in the element, or the element itself. */
function readTrade(trade: ElementCursor, reading: VehicleReading): Vehicle[] {
  const vehicles = trade.all('vehicle')
  return (vehicles.length > 0 ? vehicles : [trade]).flatMap(
    (vehicle) => readVehicle(vehicle, reading, ['trade-in', 'sell']) ?? []
  )
}

import type { Vehicle } from './lead.ts'

/** A vehicle that is asked for and of which nothing is known. */
export const EMPTY_VEHICLE: Vehicle = {
  interest: 'buy',
  condition: 'used',
  references: [],
  year: null,
  make: null,
  model: null,
  trim: null,
  vin: null,
  stockNumber: null,
  doors: null,
  bodyStyle: null,
  transmission: null,
  odometer: null,
  state: null,
  colors: [],
  image: null,
  price: null,
  priceComments: null,
  options: [],
  finance: null,
  comments: null
}

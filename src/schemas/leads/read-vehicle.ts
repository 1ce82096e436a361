import type { Static } from '@fastify/type-provider-typebox'

import { priceOf, vehicleOf } from '../../domain/leads/empty-lead.ts'
import type { Vehicle } from '../../domain/leads/vehicle.ts'
import type { VehicleInputSchema } from './vehicle.ts'

type VehicleInput = Static<typeof VehicleInputSchema>

/** A vehicle as sent. */
export function readVehicle(input: VehicleInput): Vehicle {
  const { odometer, colors = [], image, options = [], finance } = input
  return vehicleOf({
    ...input,
    odometer: odometer ? { status: null, ...odometer } : null,
    colors: colors.map((color) => ({ ...EMPTY_COLOR, ...color })),
    image: image ? { width: null, height: null, altText: null, ...image } : null,
    options: options.map(({ price, ...option }) => ({
      ...EMPTY_OPTION,
      ...option,
      price: price ? priceOf(price) : null
    })),
    finance: readFinance(finance)
  })
}

const EMPTY_COLOR = { interior: null, exterior: null, preference: null }
const EMPTY_OPTION = { manufacturerCode: null, stockNumber: null, weighting: null }

function readFinance(input: VehicleInput['finance']): Vehicle['finance'] {
  if (!input) return null
  return {
    method: input.method ?? null,
    amounts: (input.amounts ?? []).map((amount) => ({ type: 'total', limit: null, ...amount })),
    balance: input.balance ? { type: 'finance', ...input.balance } : null
  }
}

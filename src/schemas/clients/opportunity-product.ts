import { Type } from '@fastify/type-provider-typebox'

import { VehicleInputSchema, VehicleSchema } from '../leads/vehicle.ts'
import { MoneySchema, closed, nullable, ref } from '../shared.ts'

/** A vehicle or product of an opportunity. */
export const ProductSchema = Type.Object(
  {
    vehicle: ref(VehicleSchema),
    price: nullable(ref(MoneySchema)),
    quantity: Type.Integer()
  },
  { $id: 'OpportunityProduct', ...closed, description: 'A vehicle or product of an opportunity.' }
)

export const ProductInputSchema = Type.Object(
  {
    vehicle: ref(VehicleInputSchema),
    price: Type.Optional(nullable(ref(MoneySchema, 'Of one.'))),
    quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 99, description: 'Default: 1.' }))
  },
  { $id: 'OpportunityProductInput', ...closed }
)

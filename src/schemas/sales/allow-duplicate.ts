import { Type } from '@fastify/type-provider-typebox'

/** The member of requests that may record a sale. */
export const AllowDuplicateSale = Type.Optional(
  Type.Boolean({
    description:
      'Whether the sale counts although another one has its vehicle, by VIN or stock number. Default: ' +
      '`false`, the response is then `vehicle-sold`.'
  })
)

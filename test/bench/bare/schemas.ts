import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

const word = (maxLength = 200) => Type.String({ maxLength })
const maybe = (maxLength = 200) => Type.Optional(word(maxLength))

/** A lead as the bare service takes it: twenty fields. */
export const BareLeadSchema = Type.Object(
  {
    dealerId: Type.Integer({ minimum: 1 }),
    source: word(),
    channel: word(),
    campaign: maybe(),
    provider: maybe(),
    providerRef: maybe(),
    firstName: word(),
    lastName: word(),
    email: word(320),
    phone: word(40),
    postalCode: maybe(20),
    city: maybe(),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    make: maybe(),
    model: maybe(),
    year: Type.Optional(Type.Integer()),
    stockNumber: maybe(),
    priceCents: Type.Optional(Type.Integer({ minimum: 0 })),
    message: maybe(5000),
    marketingConsent: Type.Optional(Type.Boolean())
  },
  { additionalProperties: false }
)
export type BareLead = Static<typeof BareLeadSchema>

const MaybeId = Type.Union([Type.String(), Type.Null()])
export const BareCaptureSchema = Type.Object({
  id: Type.String(),
  clientId: MaybeId,
  duplicateOfId: MaybeId
})

export const BarePageQuery = Type.Object({
  dealerId: Type.Integer({ minimum: 1 }),
  /** The last lead of the page before: its time of receipt in milliseconds, and its id. */
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}_[0-9]{1,15}$' }))
})

export const BareIdParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) })

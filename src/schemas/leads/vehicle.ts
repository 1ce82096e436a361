import { Type } from '@fastify/type-provider-typebox'

import { DISTANCE_UNITS } from '../../domain/leads/values.ts'
import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from '../../domain/leads/vehicle.ts'
import { MoneySchema, closed, nullable, oneOf, ref, requiredText, text } from '../shared.ts'

const PRICE_TYPES = ['quote', 'offer', 'msrp', 'invoice', 'call', 'appraisal', 'asking'] as const
const PRICE_DELTAS = ['absolute', 'relative', 'percentage'] as const
const PRICE_BASES = ['msrp', 'invoice'] as const
const ODOMETER_STATES = ['unknown', 'rolledover', 'replaced', 'original'] as const
const AMOUNT_TYPES = ['total', 'downpayment', 'monthly'] as const
const AMOUNT_LIMITS = ['maximum', 'minimum', 'exact'] as const
const BALANCE_TYPES = ['finance', 'residual'] as const

export const ExternalReferenceSchema = Type.Object(
  {
    id: text(),
    source: nullable(text()),
    sequence: nullable(text(20))
  },
  { $id: 'ExternalReference', ...closed, description: 'The key of a record in another system.' }
)

const currencyAssumed = Type.Optional(
  Type.Boolean({
    description:
      '`true`: the sender named no currency, and `currency` is that of the dealer. ADF to other ' +
      'systems then names none.'
  })
)

const PriceInputSchema = Type.Object(
  {
    ...MoneySchema.properties,
    currencyAssumed,
    type: Type.Optional(nullable(oneOf(PRICE_TYPES))),
    delta: Type.Optional(nullable(oneOf(PRICE_DELTAS))),
    relativeTo: Type.Optional(nullable(oneOf(PRICE_BASES))),
    source: Type.Optional(nullable(text(200, 'The author of the valuation.')))
  },
  { $id: 'PriceInput', ...closed }
)

const PriceSchema = Type.Object(
  {
    amount: Type.String(),
    currency: Type.String(),
    currencyAssumed,
    type: nullable(oneOf(PRICE_TYPES)),
    delta: nullable(oneOf(PRICE_DELTAS)),
    relativeTo: nullable(oneOf(PRICE_BASES)),
    source: nullable(Type.String())
  },
  { $id: 'Price', ...closed }
)

const FinanceAmountInputSchema = Type.Object(
  {
    ...MoneySchema.properties,
    currencyAssumed,
    type: Type.Optional(oneOf(AMOUNT_TYPES, 'Default: total.')),
    limit: Type.Optional(nullable(oneOf(AMOUNT_LIMITS)))
  },
  { $id: 'FinanceAmountInput', ...closed }
)

const FinanceBalanceInputSchema = Type.Object(
  {
    ...MoneySchema.properties,
    currencyAssumed,
    type: Type.Optional(oneOf(BALANCE_TYPES, 'Default: finance.'))
  },
  { $id: 'FinanceBalanceInput', ...closed }
)

const OdometerInputSchema = Type.Object(
  {
    value: Type.Number({ minimum: 0, maximum: 10_000_000 }),
    unit: oneOf(DISTANCE_UNITS),
    status: Type.Optional(nullable(oneOf(ODOMETER_STATES)))
  },
  { $id: 'OdometerInput', ...closed }
)

export const VehicleInputSchema = Type.Object(
  {
    interest: Type.Optional(oneOf(VEHICLE_INTERESTS)),
    condition: Type.Optional(nullable(oneOf(VEHICLE_CONDITIONS))),
    year: Type.Optional(nullable(Type.Integer({ minimum: 1885, maximum: 2100 }))),
    make: Type.Optional(nullable(text(100))),
    model: Type.Optional(nullable(text(100))),
    trim: Type.Optional(nullable(text(100))),
    vin: Type.Optional(nullable(text(40))),
    plate: Type.Optional(nullable(text(20))),
    stockNumber: Type.Optional(nullable(text(60))),
    doors: Type.Optional(nullable(text(20))),
    bodyStyle: Type.Optional(nullable(text(100))),
    transmission: Type.Optional(nullable(text(60))),
    odometer: Type.Optional(nullable(ref(OdometerInputSchema))),
    state: Type.Optional(
      nullable(text(60, 'The condition, such as `excellent`, `good`, `fair`, `poor` or `unknown`.'))
    ),
    colors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            interior: Type.Optional(nullable(text(60))),
            exterior: Type.Optional(nullable(text(60))),
            preference: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 100 })))
          },
          closed
        ),
        { maxItems: 20 }
      )
    ),
    image: Type.Optional(
      nullable(
        Type.Object(
          {
            url: requiredText(2000),
            width: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
            height: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
            altText: Type.Optional(nullable(text()))
          },
          closed
        )
      )
    ),
    price: Type.Optional(nullable(ref(PriceInputSchema))),
    priceComments: Type.Optional(nullable(text(2000))),
    options: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: requiredText(),
            manufacturerCode: Type.Optional(nullable(text(60))),
            stockNumber: Type.Optional(nullable(text(60))),
            weighting: Type.Optional(nullable(Type.Integer({ minimum: -100, maximum: 100 }))),
            price: Type.Optional(nullable(ref(PriceInputSchema)))
          },
          closed
        ),
        { maxItems: 200 }
      )
    ),
    finance: Type.Optional(
      nullable(
        Type.Object(
          {
            method: Type.Optional(nullable(text(60))),
            amounts: Type.Optional(Type.Array(ref(FinanceAmountInputSchema), { maxItems: 20 })),
            balance: Type.Optional(nullable(ref(FinanceBalanceInputSchema)))
          },
          closed
        )
      )
    ),
    comments: Type.Optional(nullable(text(10_000)))
  },
  { $id: 'VehicleInput', ...closed }
)

const nullableText = () => nullable(Type.String())

export const VehicleSchema = Type.Object(
  {
    interest: oneOf(VEHICLE_INTERESTS),
    condition: nullable(
      oneOf(VEHICLE_CONDITIONS, 'Null: not known. A vehicle offered in part exchange is used.')
    ),
    references: Type.Array(ref(ExternalReferenceSchema)),
    year: nullable(Type.Integer()),
    make: nullableText(),
    model: nullableText(),
    trim: nullableText(),
    vin: nullableText(),
    plate: nullableText(),
    stockNumber: nullableText(),
    doors: nullableText(),
    bodyStyle: nullableText(),
    transmission: nullableText(),
    odometer: nullable(
      Type.Object(
        {
          value: Type.Number(),
          unit: oneOf(DISTANCE_UNITS),
          status: nullable(oneOf(ODOMETER_STATES))
        },
        closed
      )
    ),
    state: nullableText(),
    colors: Type.Array(
      Type.Object(
        { interior: nullableText(), exterior: nullableText(), preference: nullable(Type.Number()) },
        closed
      )
    ),
    image: nullable(
      Type.Object(
        {
          url: Type.String(),
          width: nullable(Type.Number()),
          height: nullable(Type.Number()),
          altText: nullableText()
        },
        closed
      )
    ),
    price: nullable(ref(PriceSchema)),
    priceComments: nullableText(),
    options: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          manufacturerCode: nullableText(),
          stockNumber: nullableText(),
          weighting: nullable(Type.Number()),
          price: nullable(ref(PriceSchema))
        },
        closed
      )
    ),
    finance: nullable(
      Type.Object(
        {
          method: nullableText(),
          amounts: Type.Array(
            Type.Object(
              {
                amount: Type.String(),
                currency: Type.String(),
                currencyAssumed,
                type: oneOf(AMOUNT_TYPES),
                limit: nullable(oneOf(AMOUNT_LIMITS))
              },
              closed
            )
          ),
          balance: nullable(
            Type.Object(
              {
                amount: Type.String(),
                currency: Type.String(),
                currencyAssumed,
                type: oneOf(BALANCE_TYPES)
              },
              closed
            )
          )
        },
        closed
      )
    ),
    comments: nullableText()
  },
  { $id: 'Vehicle', ...closed }
)

export const vehicleSchemas = [
  ExternalReferenceSchema,
  PriceInputSchema,
  PriceSchema,
  FinanceAmountInputSchema,
  FinanceBalanceInputSchema,
  OdometerInputSchema,
  VehicleInputSchema,
  VehicleSchema
]

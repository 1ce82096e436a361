import type { Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { INCENTIVE_MEASURES } from '../../domain/reports/incentive.ts'
import type { IncentiveRates, StoredIncentiveRates } from '../../domain/reports/incentive.ts'
import { Instant, closed, nullable, oneOf, ref } from '../shared.ts'

/** The paid measures. */
export const IncentiveMeasureWord = oneOf(
  INCENTIVE_MEASURES,
  'The name of a number in the report on the team.'
)

const IncentiveRateSchema = Type.Object(
  {
    measure: IncentiveMeasureWord,
    amount: Type.String({
      pattern: /^[0-9]{1,8}(\.[0-9]{1,2})?$/u.source,
      description: 'The pay for one unit of the measure: decimal text, in the dealer’s currency.'
    })
  },
  { $id: 'IncentiveRate', ...closed, examples: [{ measure: 'appointmentsShown', amount: '25.00' }] }
)

const EXAMPLE_RATES = [
  { measure: 'appointmentsShown' as const, amount: '25.00' },
  { measure: 'directSales' as const, amount: '150.00' }
]

export const IncentiveRatesSchema = Type.Object(
  {
    rates: Type.Array(ref(IncentiveRateSchema)),
    version: Type.Integer({ description: '0 before the first write.' }),
    updatedAt: nullable(Instant())
  },
  {
    $id: 'IncentiveRates',
    ...closed,
    description:
      'The rates by which the incentives report computes pay. A measure without a rate pays ' +
      'nothing.',
    examples: [{ rates: EXAMPLE_RATES, version: 1, updatedAt: '2026-11-21T17:20:00.000Z' }]
  }
)

export const WriteIncentiveRatesSchema = Type.Object(
  {
    rates: Type.Array(ref(IncentiveRateSchema), {
      maxItems: INCENTIVE_MEASURES.length,
      description: 'At most one rate for each measure.'
    })
  },
  { $id: 'WriteIncentiveRates', ...closed, examples: [{ rates: EXAMPLE_RATES }] }
)

export const incentiveRateSchemas = [
  IncentiveRateSchema,
  IncentiveRatesSchema,
  WriteIncentiveRatesSchema
]

export function presentIncentiveRates({
  rates,
  version,
  updatedAt
}: StoredIncentiveRates): Static<typeof IncentiveRatesSchema> {
  return { rates, version, updatedAt: updatedAt?.toISOString() ?? null }
}

export function readIncentiveRates({
  rates
}: Static<typeof WriteIncentiveRatesSchema>): IncentiveRates {
  return { rates: rates.map(({ measure, amount }) => ({ measure, amount })) }
}

import type { Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { INCENTIVE_MEASURES } from '../../domain/reports/incentive.ts'
import type { IncentiveRates, StoredIncentiveRates } from '../../domain/reports/incentive.ts'
import { Instant, closed, nullable, oneOf, ref } from '../shared.ts'

/** What is paid for. */
export const IncentiveMeasureWord = oneOf(INCENTIVE_MEASURES, 'A number of the report of the team.')

const IncentiveRateSchema = Type.Object(
  {
    measure: IncentiveMeasureWord,
    amount: Type.String({
      pattern: /^[0-9]{1,8}(\.[0-9]{1,2})?$/u.source,
      description: 'What one of them pays: decimal text, in the dealer’s currency.'
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
    version: Type.Integer({ description: '0: the dealer has not said anything yet.' }),
    updatedAt: nullable(Instant())
  },
  {
    $id: 'IncentiveRates',
    ...closed,
    description: 'The pay of the dealer’s users; a measure without a rate pays nothing.',
    examples: [{ rates: EXAMPLE_RATES, version: 1, updatedAt: '2026-11-21T17:20:00.000Z' }]
  }
)

export const WriteIncentiveRatesSchema = Type.Object(
  {
    rates: Type.Array(ref(IncentiveRateSchema), {
      maxItems: INCENTIVE_MEASURES.length,
      description: 'Each measure once at most.'
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

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { SourceCost } from '../../domain/reports/source-cost.ts'
import { Id, Instant, MoneySchema, closed, pageOf, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const Month = (description: string) =>
  Type.String({
    pattern: /^20[0-9]{2}-(0[1-9]|1[0-2])$/u.source,
    description,
    examples: ['2026-11']
  })

/** A source as reports name it. */
export const ReportedSource = Type.Object(
  { id: Id(), key: Type.String(), name: Type.String() },
  { ...closed }
)

export const EXAMPLE_SOURCE = {
  id: EXAMPLE_IDS.portal,
  key: 'autotrader',
  name: 'AutoTrader'
}

export const SourceCostSchema = Type.Object(
  {
    source: ReportedSource,
    month: Month('`YYYY-MM`.'),
    cost: ref(MoneySchema, 'In the dealer’s currency.'),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'SourceCost',
    ...closed,
    examples: [
      {
        source: EXAMPLE_SOURCE,
        month: '2026-11',
        cost: { amount: '1200.00', currency: 'PLN' },
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const WriteSourceCostSchema = Type.Object(
  {
    amount: Type.String({
      pattern: /^[0-9]{1,12}(\.[0-9]{1,2})?$/u.source,
      description: 'Decimal text, in the dealer’s currency.'
    })
  },
  { $id: 'WriteSourceCost', ...closed, examples: [{ amount: '1200.00' }] }
)

export const SourceCostPageSchema = pageOf(SourceCostSchema)

export const sourceCostSchemas = [SourceCostSchema, WriteSourceCostSchema, SourceCostPageSchema]

export function presentSourceCost(
  { amount, ...cost }: SourceCost,
  currency: string
): Static<typeof SourceCostSchema> {
  return {
    source: cost.source,
    month: cost.month,
    cost: { amount, currency },
    version: cost.version,
    createdAt: cost.createdAt.toISOString(),
    updatedAt: cost.updatedAt.toISOString()
  }
}

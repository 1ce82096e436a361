import { Type } from '@fastify/type-provider-typebox'

import { DELIVERY_PURPOSES, MAX_RETRIED } from '../../domain/deliveries/delivery.ts'
import { Id, Instant, ProblemSchema, closed, nullable, oneOf, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const RetryDeliveriesSchema = Type.Object(
  {
    deliveryIds: Type.Optional(
      Type.Array(Id(), {
        minItems: 1,
        maxItems: MAX_RETRIED,
        uniqueItems: true,
        description: 'These deliveries. Excludes the filters.'
      })
    ),
    purpose: Type.Optional(
      Type.Array(oneOf(DELIVERY_PURPOSES), {
        minItems: 1,
        uniqueItems: true,
        description: 'Failed deliveries of these purposes.'
      })
    ),
    failedFrom: Type.Optional(Instant('Deliveries that failed at this time or later.')),
    failedTo: Type.Optional(Instant('Deliveries that failed before this time.'))
  },
  {
    $id: 'RetryDeliveries',
    ...closed,
    examples: [
      { failedFrom: '2026-11-21T17:00:00.000Z', failedTo: '2026-11-21T19:00:00.000Z' },
      { deliveryIds: [EXAMPLE_IDS.delivery] }
    ]
  }
)

const RetriedDeliverySchema = Type.Object(
  {
    deliveryId: Id(),
    outcome: oneOf(['changed', 'unchanged', 'refused'], '`unchanged`: an attempt is in progress.'),
    problem: nullable(
      ref(ProblemSchema, 'Why it is refused: as in the response to a retry of it alone.')
    )
  },
  {
    $id: 'RetriedDelivery',
    ...closed,
    examples: [{ deliveryId: EXAMPLE_IDS.delivery, outcome: 'changed', problem: null }]
  }
)

export const RetriedDeliveriesSchema = Type.Object(
  {
    results: Type.Array(ref(RetriedDeliverySchema), {
      description: 'In the order of `deliveryIds`; by filters, the oldest delivery first.'
    }),
    left: Type.Integer({
      minimum: 0,
      description:
        `Failed deliveries that match the filters and were too many for one request, which retries ${MAX_RETRIED}. ` +
        'Repeat it until this is 0.'
    })
  },
  {
    $id: 'RetriedDeliveries',
    ...closed,
    examples: [
      {
        results: [{ deliveryId: EXAMPLE_IDS.delivery, outcome: 'changed', problem: null }],
        left: 0
      }
    ]
  }
)

export const retrySchemas = [RetryDeliveriesSchema, RetriedDeliverySchema, RetriedDeliveriesSchema]

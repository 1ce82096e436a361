import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { presentProblem, problems } from '../../../http/problems.ts'
import { toProblem } from '../../../http/refusals.ts'
import { accept, changeCommand, sendChanged } from '../../../http/resources.ts'
import type { RetriedDeliveries } from '../../../repositories/deliveries/retried-deliveries.ts'
import { DeliverySchema, presentDelivery } from '../../../schemas/deliveries/delivery.ts'
import {
  RetriedDeliveriesSchema,
  RetryDeliveriesSchema
} from '../../../schemas/deliveries/retry.ts'
import { IdParams, readInstant, ref } from '../../../schemas/shared.ts'
import { retryDeliveries } from '../../../use-cases/deliveries/retry-deliveries.ts'
import type { RetriedDelivery } from '../../../use-cases/deliveries/retry-deliveries.ts'
import { retryDelivery } from '../../../use-cases/deliveries/retry-delivery.ts'

/** Deliveries are sent again: one, or all that failed in an outage. */
export const deliveryRetryRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/deliveries/:id/retry',
    operation({
      id: 'retryDelivery',
      tag: 'Deliveries',
      summary: 'Send a delivery now',
      description:
        'A waiting delivery is attempted now. A failed delivery gets a new series of ' +
        'attempts, with the same message and Message-ID. The response for a sent or ' +
        'cancelled delivery is 409.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 200: ref(DeliverySchema, 'The changed delivery.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) => retryDelivery(db, { ...command, deliveryId: request.params.id }),
        present: presentDelivery
      })
  )

  app.post(
    '/deliveries/retry',
    operation({
      id: 'retryDeliveries',
      tag: 'Deliveries',
      summary: 'Send many deliveries now',
      description:
        'Each delivery is sent as `POST /v1/deliveries/{id}/retry` would send it: those of `deliveryIds`, or all ' +
        'failed ones that match the filters. Without a field, all failed ones. The caller retries the ' +
        'deliveries that they see. One request retries 1,000 deliveries at most, the oldest first, and says how ' +
        'many are left.',
      access: access.tenant('member', 'write'),
      body: ref(RetryDeliveriesSchema),
      responses: { 200: ref(RetriedDeliveriesSchema, 'The result of each delivery.') }
    }),
    async (request) => {
      const which = readWhich(request.body)
      const command = changeCommand(request, now())
      const { results, left } = accept(await retryDeliveries(db, { ...command, which }))
      return { results: results.map((one) => presentRetried(one, request.id)), left }
    }
  )
}

function readWhich({
  deliveryIds,
  purpose,
  failedFrom,
  failedTo
}: Static<typeof RetryDeliveriesSchema>): RetriedDeliveries {
  const filter = { purpose, failedFrom, failedTo }
  if (deliveryIds === undefined) {
    const [from, to] = [failedFrom ?? null, failedTo ?? null].map((text) => readInstant(text))
    return { purpose, failedFrom: from ?? undefined, failedTo: to ?? undefined }
  }
  const given = Object.entries(filter).find(([, value]) => value !== undefined)
  if (given) {
    throw problems.validation([{ pointer: `/${given[0]}`, message: 'excludes deliveryIds' }])
  }
  return { ids: deliveryIds }
}

function presentRetried(retried: RetriedDelivery, requestId: string) {
  const { deliveryId, outcome } = retried
  const problem =
    outcome === 'refused' ? presentProblem(toProblem(retried.refusal), requestId) : null
  return { deliveryId, outcome, problem }
}

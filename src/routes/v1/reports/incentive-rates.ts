import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendOne } from '../../../http/resources.ts'
import { findIncentiveRates } from '../../../repositories/reports/incentive-rates.ts'
import {
  IncentiveRatesSchema,
  WriteIncentiveRatesSchema,
  presentIncentiveRates,
  readIncentiveRates
} from '../../../schemas/reports/incentive-rates.ts'
import { ref } from '../../../schemas/shared.ts'
import { writeIncentiveRates } from '../../../use-cases/reports/write-incentive-rates.ts'

/** The amounts that a dealer pays its people for their work. */
export const incentiveRateRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/incentive-rates',
    operation({
      id: 'getIncentiveRates',
      tag: 'Reports',
      summary: 'Read the incentive rates',
      description: 'A dealer without rates gets an empty list.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(IncentiveRatesSchema, 'The rates.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'rates',
        find: (tx) => findIncentiveRates(tx),
        present: presentIncentiveRates
      })
  )

  app.put(
    '/incentive-rates',
    operation({
      id: 'writeIncentiveRates',
      tag: 'Reports',
      summary: 'Write the incentive rates',
      description: 'Replaces all rates. The new rates apply to every period.',
      access: access.tenant('admin', 'admin'),
      body: ref(WriteIncentiveRatesSchema),
      responses: { 200: ref(IncentiveRatesSchema, 'The new rates.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          writeIncentiveRates(db, { ...command, content: readIncentiveRates(request.body) }),
        present: presentIncentiveRates
      })
  )
}

import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { findRepeatedRate } from '../../../domain/reports/incentive.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findIncentiveRates,
  lockIncentiveRates,
  writeIncentiveRates
} from '../../../repositories/reports/incentive-rates.ts'
import {
  IncentiveRatesSchema,
  WriteIncentiveRatesSchema,
  presentIncentiveRates,
  readIncentiveRates
} from '../../../schemas/reports/incentive-rates.ts'
import { ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne } from '../../../http/resources.ts'

/** What a dealer pays its people for what they did. */
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
      description: 'Without rates until the dealer writes some.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(IncentiveRatesSchema, 'The rates.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'rates',
        find: findIncentiveRates,
        present: presentIncentiveRates
      })
  )

  app.put(
    '/incentive-rates',
    operation({
      id: 'writeIncentiveRates',
      tag: 'Reports',
      summary: 'Write the incentive rates',
      description:
        'Puts them in the place of those before. They hold for every period from then on.',
      access: access.tenant('admin', 'admin'),
      body: ref(WriteIncentiveRatesSchema),
      answers: { 200: ref(IncentiveRatesSchema, 'The rates as they are now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const content = readIncentiveRates(request.body)
      const repeated = findRepeatedRate(content)
      if (repeated !== null) {
        const message = 'names a measure that has a rate already'
        throw problems.validation([{ pointer: `/rates/${repeated}/measure`, message }])
      }
      return await changeOne(db, request, reply, {
        noun: 'rates',
        lock: lockIncentiveRates,
        present: presentIncentiveRates,
        change: async (tx, _before, principal) => {
          const written = await writeIncentiveRates(tx, content, now())
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'incentive_rates.updated',
              subject: { type: 'dealer', id: principal.dealerId },
              data: { ...content, version: written.version }
            }
          ])
          return written
        },
        // There is no row to lock before the first is written.
        locks: ['incentive-rates']
      })
    }
  )
}

import type { FastifyInstance } from 'fastify'

import type { RouteOptions } from '../http/options.ts'
import { hideUnseenOriginals } from '../http/plugins/unseen-originals.ts'
import { accessV1 } from './v1/access/index.ts'
import { activitiesV1 } from './v1/activities/index.ts'
import { autoResponsesV1 } from './v1/auto-responses/index.ts'
import { calendarV1 } from './v1/calendar/index.ts'
import { clientsV1 } from './v1/clients/index.ts'
import { clockV1 } from './v1/clock/index.ts'
import { dealersV1 } from './v1/dealers/index.ts'
import { deliveriesV1 } from './v1/deliveries/index.ts'
import { eventsV1 } from './v1/events/index.ts'
import { exportsV1 } from './v1/exports/index.ts'
import { fieldsV1 } from './v1/fields/index.ts'
import { importsV1 } from './v1/imports/index.ts'
import { leadsV1 } from './v1/leads/index.ts'
import { notificationsV1 } from './v1/notifications/index.ts'
import { operationsV1 } from './v1/operations/index.ts'
import { promotersV1 } from './v1/promoters/index.ts'
import { qualificationV1 } from './v1/qualification/index.ts'
import { reportsV1 } from './v1/reports/index.ts'
import { routingV1 } from './v1/routing/index.ts'
import { salesV1 } from './v1/sales/index.ts'
import { scoringV1 } from './v1/scoring/index.ts'

/** Everything under /v1, one line a subject. */
export async function v1Routes(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  hideUnseenOriginals(scope, options)
  await leadsV1(scope, options)
  await importsV1(scope, options)
  await clientsV1(scope, options)
  await operationsV1(scope, options)
  await salesV1(scope, options)
  await activitiesV1(scope, options)
  await calendarV1(scope, options)
  await qualificationV1(scope, options)
  await clockV1(scope, options)
  await scoringV1(scope, options)
  await routingV1(scope, options)
  await autoResponsesV1(scope, options)
  await promotersV1(scope, options)
  await reportsV1(scope, options)
  await exportsV1(scope, options)
  await eventsV1(scope, options)
  await deliveriesV1(scope, options)
  await notificationsV1(scope, options)
  await fieldsV1(scope, options)
  await accessV1(scope, options)
  await dealersV1(scope, options)
}

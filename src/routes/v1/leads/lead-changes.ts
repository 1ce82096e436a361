import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { actorOf } from '../../../domain/events/event.ts'
import { checkVersion } from '../../../http/conventions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import type { IdParams } from '../../../schemas/shared.ts'

/** The command of a change of one lead, for routes that do not use `sendCreated` yet. */
export function changeOf(request: FastifyRequest, now: Date) {
  const principal = tenantOf(request)
  return {
    principal,
    actor: actorOf(principal),
    leadId: (request.params as Static<typeof IdParams>).id,
    checkVersion: (version: number) => {
      checkVersion(request, version)
    },
    now
  }
}

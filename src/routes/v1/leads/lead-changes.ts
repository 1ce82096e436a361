import { actorOf } from '../../../domain/events/event.ts'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Lead } from '../../../domain/leads/lead.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { FieldError } from '../../../http/problems.ts'
import type { AssignLeadSchema } from '../../../schemas/leads/lead-work.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import type { LeadSchema } from '../../../schemas/leads/lead.ts'
import type { IdParams } from '../../../schemas/shared.ts'
import type { LeadTarget, TargetRefusal } from '../../../use-cases/leads/give-leads.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'

/** What routes that change leads have in common. */

/** What every change of one lead comes with. */
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

/** The lead as it is now, with its version as `ETag`. */
export function answerLead(reply: FastifyReply, lead: Lead): Static<typeof LeadSchema> {
  setVersion(reply, lead.version)
  return presentLead(lead, localeOf(reply.request))
}

/** Where leads are to go: to a user or a queue, not both. */
export function readTarget({
  assigneeId,
  queueId
}: Pick<Static<typeof AssignLeadSchema>, 'assigneeId' | 'queueId'>): LeadTarget {
  if (assigneeId !== undefined && queueId !== undefined) {
    throw problems.validation([{ pointer: '/queueId', message: 'excludes assigneeId' }])
  }
  if (assigneeId !== undefined) return { assigneeId }
  if (queueId !== undefined) return { queueId }
  throw problems.validation([{ pointer: '', message: 'needs assigneeId or queueId' }])
}

/** What is wrong with a target, as a fault of the request. */
export function faultOfTarget(refusal: TargetRefusal): FieldError {
  switch (refusal) {
    case 'unknown-user':
      return { pointer: '/assigneeId', message: 'is not a known user' }
    case 'inactive-user':
      return { pointer: '/assigneeId', message: 'is not an active user' }
    case 'unknown-queue':
      return { pointer: '/queueId', message: 'is not a known queue' }
  }
}

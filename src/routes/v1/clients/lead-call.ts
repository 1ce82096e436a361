import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyRequest } from 'fastify'

import type { Locale } from '../../../domain/dealers/dealer.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { presentActivity } from '../../../schemas/activities/activity.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import type { LeadCall, LeadCallRefusal } from '../../../use-cases/clients/lead-call.ts'
import type { LinkedLead } from '../../../use-cases/clients/link-lead.ts'
import { checkVersion } from '../../../http/conventions.ts'
import type { Creation } from '../../../http/conventions.ts'
import { unknownUser } from '../access/user-refusals.ts'

/** Who calls, about which lead, based on which version of it. */
export function leadCall(
  request: FastifyRequest<{ Params: { id: string } }>,
  principal: TenantPrincipal,
  now: Date
): LeadCall {
  return {
    principal,
    actor: actorOf(principal),
    leadId: request.params.id,
    checkVersion: (version) => {
      checkVersion(request, version)
    },
    now
  }
}

/** What was made is an operation; the version is the lead's. */
export function answer(
  { operationId, lead }: Pick<LinkedLead, 'operationId' | 'lead'>,
  body: object
): Creation {
  return { body, location: `/v1/operations/${operationId}`, version: lead.version }
}

export function presentLinked({ operationId, lead, client, activity }: LinkedLead, locale: Locale) {
  return {
    operationId,
    lead: presentLead(lead, locale),
    client: presentClient(client),
    activity: activity && presentActivity(activity)
  }
}

export function refuseLeadCall(refusal: LeadCallRefusal): Problem {
  switch (refusal) {
    case 'unknown-lead':
      return problems.notFound('lead')
    case 'unknown-client':
      return problems.notFound('client')
    case 'unknown-status':
      return problems.validation([
        { pointer: '/statusId', message: 'is not a status of the group this call moves leads into' }
      ])
    case 'unknown-user':
      return unknownUser()
    case 'quarantined':
      return problems.conflict('The lead is quarantined: release it first.')
    case 'has-client':
      return problems.leadNotOpen('The lead has a client: unlink it first, or move it.')
    case 'has-no-client':
      return problems.conflict('The lead has no client.')
    case 'same-client':
      return problems.conflict('The lead is with this client already.')
    case 'closed':
      return problems.conflict('The lead is closed: reopen it first.')
    case 'contact-changed':
      return problems.conflict('The lead was changed at this very moment: try again.')
  }
}

import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import {
  AssignLeadSchema,
  AssignLeadsSchema,
  AssignedLeadsSchema
} from '../../../schemas/leads/lead-work.ts'
import { LeadSchema } from '../../../schemas/leads/lead.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { assignLead } from '../../../use-cases/leads/assign-lead.ts'
import { assignLeads } from '../../../use-cases/leads/assign-leads.ts'
import type { AssignmentFaults } from '../../../use-cases/leads/assign-leads.ts'
import { claimLead, unclaimLead } from '../../../use-cases/leads/claim-lead.ts'
import type { ClaimRefusal } from '../../../use-cases/leads/claim-lead.ts'
import { answerLead, changeOf, faultOfTarget, readTarget } from './lead-changes.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** Whose leads are: taking one, giving it back, giving away one or many. */
export const leadAssignmentRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  options
) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/claim',
    operation({
      id: 'claimLead',
      tag: 'Leads',
      summary: 'Take a lead from a queue',
      description:
        'A lead that waits in a queue the caller belongs to becomes theirs; owners and admins take ' +
        'from any queue. Of two at the same moment one gets it, the other is answered `conflict`. ' +
        'Theirs already: nothing changes.',
      access: access.tenant('member', null),
      params: IdParams,
      answers: { 200: ref(LeadSchema, 'The lead, theirs.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const verdict = await claimLead(db, { ...changeOf(request, now()), mailDomain })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw refuseClaim(verdict.refusal)
      return answerLead(reply, verdict.lead)
    }
  )

  app.post(
    '/leads/:id/unclaim',
    operation({
      id: 'unclaimLead',
      tag: 'Leads',
      summary: 'Put a lead back into its queue',
      description:
        'Into the queue it last waited in, or the default one. Members put back what they have ' +
        'themselves; owners, admins and keys with `write` any. One that nobody has stays as it is.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 200: ref(LeadSchema, 'The lead as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const verdict = await unclaimLead(db, { ...changeOf(request, now()), mailDomain })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw problems.forbidden('Somebody else has this lead.')
      return answerLead(reply, verdict.lead)
    }
  )

  app.post(
    '/leads/:id/assign',
    operation({
      id: 'assignLead',
      tag: 'Leads',
      summary: 'Give a lead to a user or a queue',
      description:
        'The new assignee hears of it by mail, unless they took it themselves or it is quarantined. ' +
        'A member may give away what they see; they then may see it no longer.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(AssignLeadSchema),
      answers: { 200: ref(LeadSchema, 'The lead as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const to = readTarget(request.body)
      const verdict = await assignLead(db, { ...changeOf(request, now()), to, mailDomain })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw problems.validation([faultOfTarget(verdict.refusal)])
      return answerLead(reply, verdict.lead)
    }
  )

  app.post(
    '/leads/assign',
    operation({
      id: 'assignLeads',
      tag: 'Leads',
      summary: 'Give many leads to a user or a queue',
      description:
        'All of them, or none: each that is not there for the caller is named. The new assignee ' +
        'hears of each as of one. What is there already stays as it is. Taken back as one by ' +
        '`POST /v1/operations/{id}/undo`.',
      access: access.tenant('member', 'write'),
      body: ref(AssignLeadsSchema),
      answers: { 200: ref(AssignedLeadsSchema, 'What became of them.') }
    }),
    async (request) => {
      const principal = tenantOf(request)
      const { leadIds, ...place } = request.body
      const verdict = await assignLeads(db, {
        principal,
        actor: actorOf(principal),
        leadIds,
        to: readTarget(place),
        now: now(),
        mailDomain
      })
      if ('faults' in verdict) throw refuseMany(verdict.faults)
      return verdict
    }
  )
}

function refuseClaim(refusal: ClaimRefusal): Problem {
  switch (refusal) {
    case 'taken':
      return problems.conflict('Somebody else has this lead.')
    case 'quarantined':
      return problems.conflict('The lead is quarantined: release it first.')
    case 'inactive-user':
      return problems.unauthenticated()
  }
}

function refuseMany({ unknownLeads, target }: AssignmentFaults): Problem {
  return problems.validation([
    ...unknownLeads.map((index) => ({
      pointer: `/leadIds/${index}`,
      message: 'is not a known lead'
    })),
    ...(target === null ? [] : [faultOfTarget(target)])
  ])
}

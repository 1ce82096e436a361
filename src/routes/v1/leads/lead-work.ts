import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Lead } from '../../../domain/leads/lead.ts'
import { tenantOf } from '../../../plugins/authentication.ts'
import { problems } from '../../../problems.ts'
import type { Problem } from '../../../problems.ts'
import { AssignLeadSchema, ChangeLeadStatusSchema } from '../../../schemas/leads/lead-work.ts'
import { LeadSchema, presentLead } from '../../../schemas/leads/lead.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { assignLead } from '../../../use-cases/leads/assign-lead.ts'
import type { AssignmentRefusal } from '../../../use-cases/leads/assign-lead.ts'
import { changeLeadStatus } from '../../../use-cases/leads/change-lead-status.ts'
import { releaseLead } from '../../../use-cases/leads/release-lead.ts'
import type { ReleaseRefusal } from '../../../use-cases/leads/release-lead.ts'
import { actorOf, checkVersion, setVersion } from '../../conventions.ts'
import { refuseMove } from '../../move-refusals.ts'
import { access, operation } from '../../operation.ts'
import type { RouteOptions } from '../../options.ts'

/** Working a lead: its status, whose it is, and letting it go on where it was held. */
export const leadWorkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/status',
    operation({
      id: 'changeLeadStatus',
      tag: 'Leads',
      summary: 'Move a lead to a status',
      description:
        'Moves to `lost` and `deleted` need a reason. A deleted lead is hidden from lists and is ' +
        'restored by moving it on. Into `linked` and `converted` a lead comes by linking and ' +
        'converting, and from there back to `new` by unlinking; on to all others by this call. A ' +
        'quarantined lead can only be deleted, or restored. To the status it has: nothing changes.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ChangeLeadStatusSchema),
      answers: { 200: ref(LeadSchema, 'The lead as it is now.') },
      problems: ['reason-required', 'conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { statusId, reason } = request.body
      const verdict = await changeLeadStatus(db, {
        ...changeOf(request, now()),
        statusId,
        reason: reason?.trim() ? reason.trim() : null
      })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw refuseMove(verdict.refusal, '/statusId')
      return answer(reply, verdict.lead)
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
      const verdict = await assignLead(db, {
        ...changeOf(request, now()),
        to: readPlace(request.body),
        mailDomain
      })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw refuseAssignment(verdict.refusal)
      return answer(reply, verdict.lead)
    }
  )

  app.post(
    '/leads/:id/release',
    operation({
      id: 'releaseLead',
      tag: 'Leads',
      summary: 'Release a quarantined lead',
      description:
        'It goes on from where it stopped, by the time it was received: whose it is and who hears ' +
        'of it is decided now, and `decisions` say why.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 200: ref(LeadSchema, 'The lead as it is now.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const verdict = await releaseLead(db, { ...changeOf(request, now()), mailDomain })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw refuseRelease(verdict.refusal)
      return answer(reply, verdict.lead)
    }
  )
}

/** What every change of a lead comes with. */
function changeOf(request: FastifyRequest, now: Date) {
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

function answer(reply: FastifyReply, lead: Lead): Static<typeof LeadSchema> {
  setVersion(reply, lead.version)
  return presentLead(lead)
}

function readPlace({
  assigneeId,
  queueId
}: Static<typeof AssignLeadSchema>): { assigneeId: string } | { queueId: string } {
  if (assigneeId !== undefined && queueId !== undefined) {
    throw problems.validation([{ pointer: '/queueId', message: 'excludes assigneeId' }])
  }
  if (assigneeId !== undefined) return { assigneeId }
  if (queueId !== undefined) return { queueId }
  throw problems.validation([{ pointer: '', message: 'needs assigneeId or queueId' }])
}

function refuseAssignment(refusal: AssignmentRefusal): Problem {
  switch (refusal) {
    case 'unknown-user':
      return problems.validation([{ pointer: '/assigneeId', message: 'is not a known user' }])
    case 'inactive-user':
      return problems.validation([{ pointer: '/assigneeId', message: 'is not an active user' }])
    case 'unknown-queue':
      return problems.validation([{ pointer: '/queueId', message: 'is not a known queue' }])
  }
}

function refuseRelease(refusal: ReleaseRefusal): Problem {
  switch (refusal) {
    case 'not-quarantined':
      return problems.conflict('The lead is not quarantined.')
    case 'deleted':
      return problems.conflict('The lead is deleted: restore it first.')
    case 'contact-changed':
      return problems.conflict('The contact was changed at this very moment; try again.')
  }
}

import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import type { Team } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { lockLead } from '../../../repositories/leads/leads.ts'
import { findHandoverById } from '../../../repositories/qualification/handovers.ts'
import {
  HandoverSchema,
  OfferLeadSchema,
  presentHandover
} from '../../../schemas/qualification/handover.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { offerLead } from '../../../use-cases/qualification/offer-lead.ts'
import type { OfferRefusal } from '../../../use-cases/qualification/offer-lead.ts'
import { createOnce } from '../../../http/conventions.ts'
import { changeOf } from '../leads/lead-changes.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** Offering a lead to somebody else. */
export const offerRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/handovers',
    operation({
      id: 'offerLead',
      tag: 'Qualification',
      summary: 'Offer a lead to a user or a team',
      description:
        'Whoever has it keeps it until the offer is accepted, and keeps it where it is declined or ' +
        'times out. Those it is offered to see it meanwhile, and hear of it by mail. One open offer a lead.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(OfferLeadSchema),
      answers: { 201: ref(HandoverSchema, 'The offer.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { message, minutes } = request.body
      const to = readOffered(request.body)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const { actor, leadId, checkVersion, now: at } = changeOf(request, now())
        const lead = await lockLead(tx, principal, leadId)
        if (!lead) throw problems.notFound('lead')
        checkVersion(lead.version)
        const self = principal.kind === 'user' ? principal.id : null
        const made = await offerLead(tx, {
          ...to,
          lead,
          from: lead.assignee?.id ?? self,
          message: message?.trim() ? message.trim() : null,
          minutes: minutes ?? null,
          actor,
          now: at,
          mailDomain
        })
        if ('refusal' in made) throw refuse(made.refusal, 'toTeam' in to ? '/toTeam' : '/toUserId')
        const { id, version } = made.handover
        const handover = await findHandoverById(tx, id)
        if (!handover) throw new Error('an offer that was made is not there')
        return { body: presentHandover(handover), location: `/v1/handovers/${id}`, version }
      })
    }
  )
}

function readOffered({
  toUserId,
  toTeam
}: Static<typeof OfferLeadSchema>): { toUserId: string } | { toTeam: Team } {
  if (toUserId !== undefined && toTeam !== undefined) {
    throw problems.validation([{ pointer: '/toTeam', message: 'excludes toUserId' }])
  }
  if (toUserId !== undefined) return { toUserId }
  if (toTeam !== undefined) return { toTeam }
  throw problems.validation([{ pointer: '', message: 'needs toUserId or toTeam' }])
}

function refuse(refusal: OfferRefusal, pointer: string): Problem {
  switch (refusal) {
    case 'quarantined':
      return problems.conflict('The lead is quarantined: release it first, or delete it.')
    case 'closed':
      return problems.conflict('The lead is closed: move it on first.')
    case 'offered-already':
      return problems.conflict('The lead is under an open offer; withdraw that one first.')
    case 'unknown-user':
      return problems.validation([{ pointer, message: 'is not a known user' }])
    case 'inactive-user':
      return problems.validation([{ pointer, message: 'is not an active user' }])
    case 'has-it':
      return problems.validation([{ pointer, message: 'has the lead already, or offers it' }])
    case 'nobody-in-team':
      return problems.validation([{ pointer, message: 'has nobody active who could take it' }])
  }
}

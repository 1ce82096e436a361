import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { ChangeLeadStatusSchema } from '../../../schemas/leads/lead-work.ts'
import { LeadSchema } from '../../../schemas/leads/lead.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { changeLeadStatus } from '../../../use-cases/leads/change-lead-status.ts'
import { releaseLead } from '../../../use-cases/leads/release-lead.ts'
import type { ReleaseRefusal } from '../../../use-cases/leads/release-lead.ts'
import { answerLead, changeOf } from './lead-changes.ts'
import { refuseMove } from './move-refusals.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

/** Working a lead: its status, and letting it go on where it was held. */
export const leadWorkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain, mailFrom } = options

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
      return answerLead(reply, verdict.lead)
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
      const verdict = await releaseLead(db, { ...changeOf(request, now()), mailDomain, mailFrom })
      if (!verdict) throw problems.notFound('lead')
      if ('refusal' in verdict) throw refuseRelease(verdict.refusal)
      return answerLead(reply, verdict.lead)
    }
  )
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

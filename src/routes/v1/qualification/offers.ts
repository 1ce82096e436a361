import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { sendCreated } from '../../../http/resources.ts'
import {
  HandoverSchema,
  OfferLeadSchema,
  presentHandover
} from '../../../schemas/qualification/handover.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { offerLead } from '../../../use-cases/qualification/offer-lead.ts'
import type { OfferTarget } from '../../../use-cases/qualification/steps/make-offer.ts'

/** Offers of leads to other users and teams. */
export const offerRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/handovers',
    operation({
      id: 'offerLead',
      tag: 'Qualification',
      summary: 'Offer a lead to a user or a team',
      description:
        'The assignee keeps the lead until the offer is accepted. The recipients get an ' +
        'e-mail, and can read the lead from then on; while the offer is open, their lists ' +
        'have it. A lead has at most one open offer.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(OfferLeadSchema),
      responses: { 201: ref(HandoverSchema, 'The offer.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { message, minutes = null } = request.body
      const target = readOfferTarget(request.body)
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          offerLead(db, {
            ...command,
            leadId: request.params.id,
            target,
            message: message?.trim() ? message.trim() : null,
            minutes,
            mailDomain
          }),
        present: presentHandover,
        location: ({ id }) => `/v1/handovers/${id}`
      })
    }
  )
}

function readOfferTarget({ toUserId, toTeam }: Static<typeof OfferLeadSchema>): OfferTarget {
  if (toUserId !== undefined && toTeam !== undefined) {
    throw problems.validation([{ pointer: '/toTeam', message: 'excludes toUserId' }])
  }
  if (toUserId !== undefined) return { toUserId }
  if (toTeam !== undefined) return { toTeam }
  throw problems.validation([{ pointer: '', message: 'needs toUserId or toTeam' }])
}

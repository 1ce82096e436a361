import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { HANDOVER_STATES } from '../../../domain/qualification/handover.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { sendChanged, sendOne, sendPage } from '../../../http/resources.ts'
import { findHandover, listHandovers } from '../../../repositories/qualification/handovers.ts'
import {
  EXAMPLE_CHANGED_AT,
  EXAMPLE_COLLEAGUE,
  EXAMPLE_USER
} from '../../../schemas/example-ids.ts'
import {
  DeclineOfferSchema,
  HandoverPageSchema,
  HandoverSchema,
  presentHandover
} from '../../../schemas/qualification/handover.ts'
import { NamedList, NamedTeams, WordList } from '../../../schemas/named.ts'
import {
  Id,
  IdParams,
  closed,
  newestFirst,
  oneOf,
  pageQuery,
  ref
} from '../../../schemas/shared.ts'
import { respondToOffer } from '../../../use-cases/qualification/respond-to-offer.ts'
import { withdrawOffer } from '../../../use-cases/qualification/withdraw-offer.ts'

const HandoverQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    lead: Type.Optional(Id()),
    state: Type.Optional(WordList(HANDOVER_STATES)),
    to: Type.Optional(oneOf(['me'], '`me`: only offers to you or your team.')),
    fromUser: Type.Optional(NamedList('user')),
    toUser: Type.Optional(NamedList('user')),
    team: Type.Optional(NamedTeams())
  },
  closed
)

const responses = { 200: ref(HandoverSchema, 'The changed handover.') }

/** Offers of leads, and the responses to them. */
export const handoverRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.get(
    '/handovers',
    operation({
      id: 'listHandovers',
      tag: 'Qualification',
      summary: 'List handovers',
      description:
        'Members see the offers that they made, the offers to them or their team, and the ' +
        'offers of the leads that they see.',
      access: access.tenant('member', 'read'),
      query: HandoverQuery,
      responses: { 200: ref(HandoverPageSchema, 'A page of handovers.') },
      paged: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { to, ...filter } = request.query
      const self = principal.kind === 'user' ? principal : null
      const mine = { userId: principal.id, team: self?.team ?? null }
      const narrowed = { ...filter, to: to === 'me' ? mine : undefined }
      return await sendPage(db, request, reply, {
        list: (tx, page) => listHandovers(tx, principal, narrowed, page),
        present: presentHandover
      })
    }
  )

  app.get(
    '/handovers/:id',
    operation({
      id: 'getHandover',
      tag: 'Qualification',
      summary: 'Read a handover',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(HandoverSchema, 'The handover.') },
      problems: ['gone'],
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'handover',
        isTold: true,
        find: (tx, id, principal) => findHandover(tx, principal, id),
        present: presentHandover
      })
  )

  app.post(
    '/handovers/:id/accept',
    operation({
      id: 'acceptHandover',
      tag: 'Qualification',
      summary: 'Accept an offered lead',
      description:
        'The lead is assigned to you. The user who offered it still sees it, and gets an ' +
        'e-mail. The first member of a team who accepts gets the lead. Only a recipient can ' +
        'accept.',
      access: access.tenant('member', null),
      params: IdParams,
      responses,
      shows: {
        200: { state: 'accepted', endedAt: EXAMPLE_CHANGED_AT, endedBy: EXAMPLE_COLLEAGUE }
      },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          respondToOffer(db, {
            ...command,
            handoverId: request.params.id,
            response: 'accepted',
            mailDomain
          }),
        present: presentHandover
      })
  )

  app.post(
    '/handovers/:id/decline',
    operation({
      id: 'declineHandover',
      tag: 'Qualification',
      summary: 'Decline an offered lead',
      description:
        'An offer to you ends, and the user who made it gets an e-mail with the reason. An ' +
        'offer to your team stays open for the other members until one accepts it or it ' +
        'expires. The history of the lead shows your reason.',
      access: access.tenant('member', null),
      params: IdParams,
      body: ref(DeclineOfferSchema),
      responses,
      shows: {
        200: {
          state: 'declined',
          toUser: EXAMPLE_COLLEAGUE,
          toTeam: null,
          endedAt: EXAMPLE_CHANGED_AT,
          endedBy: EXAMPLE_COLLEAGUE
        }
      },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const reason = request.body.reason.trim()
      if (reason === '') {
        throw problems.validation([{ pointer: '/reason', message: 'must not be blank' }])
      }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          respondToOffer(db, {
            ...command,
            handoverId: request.params.id,
            response: 'declined',
            reason,
            mailDomain
          }),
        present: presentHandover
      })
    }
  )

  app.post(
    '/handovers/:id/withdraw',
    operation({
      id: 'withdrawHandover',
      tag: 'Qualification',
      summary: 'Withdraw an offer',
      description:
        'Only the user who made the offer, owners, admins and API keys can withdraw it. Any ' +
        'other assignment of the lead withdraws the offer too.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses,
      shows: { 200: { state: 'withdrawn', endedAt: EXAMPLE_CHANGED_AT, endedBy: EXAMPLE_USER } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) => withdrawOffer(db, { ...command, handoverId: request.params.id }),
        present: presentHandover
      })
  )
}

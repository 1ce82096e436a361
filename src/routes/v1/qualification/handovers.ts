import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { TEAMS } from '../../../domain/access/permissions.ts'
import { HANDOVER_STATES } from '../../../domain/qualification/handover.ts'
import type { NamedHandover } from '../../../domain/qualification/handover.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { findHandover, listHandovers } from '../../../repositories/qualification/handovers.ts'
import {
  DeclineOfferSchema,
  HandoverPageSchema,
  HandoverSchema,
  presentHandover
} from '../../../schemas/qualification/handover.ts'
import {
  Id,
  IdParams,
  closed,
  newestFirst,
  oneOf,
  pageQuery,
  ref
} from '../../../schemas/shared.ts'
import {
  acceptOffer,
  declineOffer,
  withdrawOffer
} from '../../../use-cases/qualification/answer-offer.ts'
import type { AnswerRefusal } from '../../../use-cases/qualification/answer-offer.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, sendOne, sendPage } from '../../../http/resources.ts'

const HandoverQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    lead: Type.Optional(Id()),
    state: Type.Optional(oneOf(HANDOVER_STATES)),
    to: Type.Optional(oneOf(['me'], 'Offered to you, or to your team.')),
    fromUser: Type.Optional(Id()),
    toUser: Type.Optional(Id()),
    team: Type.Optional(oneOf(TEAMS))
  },
  closed
)

const answers = { 200: ref(HandoverSchema, 'The handover as it is now.') }

/** Offers of leads, and what became of them. */
export const handoverRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.get(
    '/handovers',
    operation({
      id: 'listHandovers',
      tag: 'Qualification',
      summary: 'List handovers',
      description:
        'Members see those they gave, those offered to them or their team, and those of their leads.',
      access: access.tenant('member', 'read'),
      query: HandoverQuery,
      answers: { 200: ref(HandoverPageSchema, 'A page of handovers.') },
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
      answers: { 200: ref(HandoverSchema, 'The handover.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'handover',
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
        'It is yours from now on; whoever offered it goes on seeing it, and hears of it by mail. Of ' +
        'a team’s members the first has it. Nobody accepts for somebody else.',
      access: access.tenant('member', null),
      params: IdParams,
      answers,
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const verdict = await acceptOffer(db, { ...answerOf(request, now()), mailDomain })
      return answer(reply, settled(verdict))
    }
  )

  app.post(
    '/handovers/:id/decline',
    operation({
      id: 'declineHandover',
      tag: 'Qualification',
      summary: 'Decline an offered lead',
      description:
        'Made to you alone, the offer ends, and whoever made it hears why by mail. Made to your team, ' +
        'it stays open for the others until one of them accepts it or it times out; that you declined, ' +
        'and why, is in the lead’s history.',
      access: access.tenant('member', null),
      params: IdParams,
      body: ref(DeclineOfferSchema),
      answers,
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const reason = request.body.reason.trim()
      if (reason === '') {
        throw problems.validation([{ pointer: '/reason', message: 'must say something' }])
      }
      const call = { ...answerOf(request, now()), mailDomain, reason }
      return answer(reply, settled(await declineOffer(db, call)))
    }
  )

  app.post(
    '/handovers/:id/withdraw',
    operation({
      id: 'withdrawHandover',
      tag: 'Qualification',
      summary: 'Withdraw an offer',
      description:
        'By whoever gave it, owners, admins and keys. Giving the lead to somebody otherwise ' +
        'withdraws it too.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers,
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const verdict = await withdrawOffer(db, { ...answerOf(request, now()), mailDomain })
      return answer(reply, settled(verdict))
    }
  )
}

function answerOf(request: FastifyRequest, now: Date) {
  const principal = tenantOf(request)
  return {
    principal,
    actor: actorOf(principal),
    handoverId: idOf(request),
    checkVersion: (version: number) => {
      checkVersion(request, version)
    },
    now
  }
}

function answer(reply: FastifyReply, handover: NamedHandover) {
  setVersion(reply, handover.version)
  return presentHandover(handover)
}

function settled(
  verdict: { handover: NamedHandover } | { refusal: AnswerRefusal } | null
): NamedHandover {
  if (!verdict) throw problems.notFound('handover')
  if ('refusal' in verdict) throw refuse(verdict.refusal)
  return verdict.handover
}

function refuse(refusal: AnswerRefusal): Problem {
  switch (refusal) {
    case 'not-theirs':
      return problems.forbidden('This offer is not yours to answer or take back.')
    case 'ended':
      return problems.conflict('The offer has ended.')
    case 'quarantined':
      return problems.conflict('The lead is quarantined by now.')
    case 'closed':
      return problems.conflict('The lead is closed by now.')
    case 'inactive-user':
      return problems.conflict('You are not active any more.')
  }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { readOccurrence } from '../../../domain/scoring/engagement.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { listDecisions } from '../../../repositories/leads/decisions.ts'
import { listEngagements } from '../../../repositories/scoring/engagements.ts'
import {
  CreateEngagementSchema,
  EngagementPageSchema,
  EngagementSchema,
  LeadScoreSchema,
  ScoreHistoryPageSchema,
  presentEngagement,
  presentScore,
  presentScoreHistoryEntry
} from '../../../schemas/scoring/score.ts'
import { IdParams, closed, oneOf, pageQuery, ref } from '../../../schemas/shared.ts'
import { engageLead } from '../../../use-cases/scoring/engage-lead.ts'
import { readScore } from '../../../use-cases/scoring/read-score.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, ofSeenLead, sendCreated, sendPage } from '../../../http/resources.ts'

const EngagementQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-occurredAt', 'occurredAt'], 'Default: newest first.'))
  },
  closed
)

const HistoryQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Optional(oneOf(['-computedAt', 'computedAt'], 'Default: newest first.'))
  },
  closed
)

/** Engagements and scores of leads. */
export const leadScoreRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/leads/:id/engagements',
    operation({
      id: 'createEngagement',
      tag: 'Leads',
      summary: 'Record an engagement',
      description:
        'An engagement is an action of the lead’s person, such as a visit to the site, a ' +
        'page view, an opened e-mail, a click or an opt-out. The score and the temperature ' +
        'of the lead are recomputed at once. Engagements can’t change. The score counts the ' +
        'newest 1,000 engagements of the lead.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(CreateEngagementSchema),
      responses: { 201: ref(EngagementSchema, 'The engagement.') },
      idempotent: true
    }),
    async (request, reply) => {
      const leadId = request.params.id
      const { type, occurredAt: given, weight = 1, page = null } = request.body
      const at = now()
      const occurredAt = readOccurrence(given === undefined ? at : new Date(given), at)
      if (typeof occurredAt === 'string') {
        throw problems.validation([{ pointer: '/occurredAt', message: occurredAt }])
      }
      const engagement = { leadId, type, weight, page, occurredAt }
      return await sendCreated(request, reply, {
        now: () => at,
        create: (command) => engageLead(db, { ...command, engagement }),
        present: presentEngagement,
        location: () => `/v1/leads/${leadId}/engagements`
      })
    }
  )

  app.get(
    '/leads/:id/engagements',
    operation({
      id: 'listEngagements',
      tag: 'Leads',
      summary: 'List the engagements of a lead',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: EngagementQuery,
      responses: { 200: ref(EngagementPageSchema, 'A page of engagements.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, listEngagements),
        present: presentEngagement,
        defaultSort: '-occurredAt'
      })
  )

  app.get(
    '/leads/:id/score',
    operation({
      id: 'getLeadScore',
      tag: 'Leads',
      summary: 'Read the score of a lead',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LeadScoreSchema, 'The current score and its parts.') }
    }),
    async (request) => {
      const command = { principal: tenantOf(request), now: now(), leadId: request.params.id }
      return presentScore(accept(await readScore(db, command)))
    }
  )

  app.get(
    '/leads/:id/score-history',
    operation({
      id: 'listLeadScores',
      tag: 'Leads',
      summary: 'List the earlier scores of a lead',
      description: 'The scores of the lead, newest first, with their parts.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: HistoryQuery,
      responses: { 200: ref(ScoreHistoryPageSchema, 'A page of scores.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, (tx, id, page) => listDecisions(tx, id, page, 'scored')),
        present: presentScoreHistoryEntry,
        defaultSort: '-computedAt'
      })
  )
}

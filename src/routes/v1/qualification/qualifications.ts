import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { listGroups } from '../../../domain/leads/status-groups.ts'
import { GROUP_OF_RESULT } from '../../../domain/qualification/qualified-status.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { listQualifications } from '../../../repositories/qualification/qualifications.ts'
import {
  QualificationPageSchema,
  QualifiedLeadSchema,
  QualifyLeadSchema,
  presentQualification,
  presentQualifiedLead
} from '../../../schemas/qualification/qualification.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { qualifyLead } from '../../../use-cases/qualification/qualify-lead.ts'
import type { QualifyRefusal } from '../../../use-cases/qualification/qualify-lead.ts'
import { createOnce } from '../../../http/conventions.ts'
import { changeOf } from '../leads/lead-changes.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { ofSeenLead, sendPage } from '../../../http/resources.ts'

const RESULT_GROUPS = listGroups(Object.values(GROUP_OF_RESULT), 'or')

const QualificationQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst
  },
  closed
)

/** What was found out about a lead, and what followed from it. */
export const qualificationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  options
) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/qualifications',
    operation({
      id: 'qualifyLead',
      tag: 'Qualification',
      summary: 'Qualify a lead',
      description:
        'By the form of its type. A question counts its weight by the strongest of its clues found; ' +
        'the total says the result, unless you do. The lead moves to the first status of its group (' +
        `${RESULT_GROUPS}); one with a client, or closed, keeps its status, and ` +
        '`statusKept` says why. For `not_yet` a follow-up is planned. If the form ' +
        '`routes`, the assignment rules on `qualified` then give or offer a qualified lead to somebody.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(QualifyLeadSchema),
      answers: { 201: ref(QualifiedLeadSchema, 'What was found, and the lead as it is now.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const change = changeOf(request, now())
      const words = readQualification(request.body)
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const verdict = await qualifyLead(tx, { ...change, ...words, mailDomain })
        if (!verdict) throw problems.notFound('lead')
        if ('refusal' in verdict) throw refuse(verdict)
        const location = `/v1/leads/${change.leadId}/qualifications`
        return { body: presentQualifiedLead(verdict, localeOf(request)), location }
      })
    }
  )

  app.get(
    '/leads/:id/qualifications',
    operation({
      id: 'listLeadQualifications',
      tag: 'Qualification',
      summary: 'List how a lead was qualified',
      description: 'Who found out what, by the form as it was then.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: QualificationQuery,
      answers: { 200: ref(QualificationPageSchema, 'A page of qualifications.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: ofSeenLead(request, listQualifications),
        present: presentQualification
      })
  )
}

function readQualification({
  clues,
  result,
  note,
  reason,
  temperature,
  followUpAt
}: Static<typeof QualifyLeadSchema>) {
  return {
    clues,
    result: result ?? null,
    note: wordsOf(note),
    reason: wordsOf(reason),
    temperature: temperature ?? null,
    followUpAt: typeof followUpAt === 'string' ? new Date(followUpAt) : null
  }
}

/** Blank text says nothing. */
function wordsOf(text: string | null | undefined): string | null {
  const words = text?.trim() ?? ''
  return words === '' ? null : words
}

function refuse(refused: QualifyRefusal): Problem {
  const fault = (pointer: string, message: string) => problems.validation([{ pointer, message }])
  switch (refused.refusal) {
    case 'no-form':
      return problems.conflict('There is no qualification form for leads of this type yet.')
    case 'quarantined':
      return problems.conflict('The lead is quarantined: release it first, or delete it.')
    case 'unknown-clue':
      return fault(`/clues/${refused.index}`, 'is not a clue of that question of the form')
    case 'note-needed':
      return fault('/note', 'is required where the result is not what the clues come to')
    case 'reason-needed':
      return fault('/reason', 'is required for unqualified')
    case 'no-follow-up':
      return fault('/followUpAt', 'is only for leads that are not yet')
    case 'past-follow-up':
      return fault('/followUpAt', 'is over')
  }
}

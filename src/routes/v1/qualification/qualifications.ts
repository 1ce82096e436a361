import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { listGroups } from '../../../domain/leads/status-groups.ts'
import { GROUP_OF_RESULT } from '../../../domain/qualification/qualified-status.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { ofSeenLead, sendCreated, sendPage } from '../../../http/resources.ts'
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

const RESULT_GROUPS = listGroups(Object.values(GROUP_OF_RESULT), 'or')

const QualificationQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst
  },
  closed
)

/** Qualifications of leads. */
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
        'The qualification form of the lead type gives the result. Each question adds its ' +
        'weight times the strength of the strongest clue found for it; the total gives the ' +
        'result. `result` in the request overrules the form. The lead moves to the first ' +
        `status of a group: ${RESULT_GROUPS}. A lead that has a client or is closed keeps ` +
        'its status, and `statusKept` gives the reason. The result `not_yet` schedules a ' +
        'follow-up. If `routes` of the form is true, the assignment rules on `qualified` ' +
        'then assign or offer a qualified lead.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(QualifyLeadSchema),
      responses: { 201: ref(QualifiedLeadSchema, 'The qualification and the changed lead.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) =>
          qualifyLead(db, {
            ...command,
            ...readQualification(request.body),
            leadId: request.params.id,
            mailDomain
          }),
        present: presentQualifiedLead,
        location: () => `/v1/leads/${request.params.id}/qualifications`
      })
  )

  app.get(
    '/leads/:id/qualifications',
    operation({
      id: 'listLeadQualifications',
      tag: 'Qualification',
      summary: 'List the qualifications of a lead',
      description: 'Each qualification has the texts that the form had at that time.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: QualificationQuery,
      responses: { 200: ref(QualificationPageSchema, 'A page of qualifications.') },
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
    note: trimmed(note),
    reason: trimmed(reason),
    temperature: temperature ?? null,
    followUpAt: typeof followUpAt === 'string' ? new Date(followUpAt) : null
  }
}

/** The text without outer blanks; null when nothing is left. */
function trimmed(text: string | null | undefined): string | null {
  const content = text?.trim() ?? ''
  return content === '' ? null : content
}

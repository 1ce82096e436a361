import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../../domain/leads/lead.ts'
import type { LeadType } from '../../../domain/leads/lead.ts'
import { findFormFaults } from '../../../domain/qualification/form-faults.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { Problem, problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  findForm,
  listForms,
  lockForm,
  writeForm
} from '../../../repositories/qualification/forms.ts'
import {
  FormListSchema,
  FormSchema,
  WriteFormSchema,
  presentForm,
  readForm
} from '../../../schemas/qualification/form.ts'
import { closed, oneOf, ref } from '../../../schemas/shared.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const FormParams = Type.Object({ leadType: oneOf(LEAD_TYPES) }, closed)

/** What a dealer asks to know whether leads of a type are worth selling to. */
export const qualificationFormRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.get(
    '/qualification-forms',
    operation({
      id: 'listQualificationForms',
      tag: 'Qualification',
      summary: 'List the qualification forms',
      description: 'At most one a lead type.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(FormListSchema, 'All forms.') }
    }),
    async (request) => {
      const forms = await db.transaction(tenantOf(request).dealerId, listForms)
      return { data: forms.map(presentForm) }
    }
  )

  app.get(
    '/qualification-forms/:leadType',
    operation({
      id: 'getQualificationForm',
      tag: 'Qualification',
      summary: 'Read the qualification form of a lead type',
      access: access.tenant('member', 'read'),
      params: FormParams,
      answers: { 200: ref(FormSchema, 'The form.') },
      versioned: true
    }),
    async (request, reply) => {
      const { leadType } = request.params
      const form = await db.transaction(tenantOf(request).dealerId, (tx) => findForm(tx, leadType))
      if (!form) throw noForm(leadType)
      setVersion(reply, form.version)
      return presentForm(form)
    }
  )

  app.put(
    '/qualification-forms/:leadType',
    operation({
      id: 'writeQualificationForm',
      tag: 'Qualification',
      summary: 'Write the qualification form of a lead type',
      description:
        'Puts it in the place of the one before. Leads qualified by then keep the words they were ' +
        'qualified by. Both totals must be within reach: at most the sum of all weights, each by its ' +
        'question’s strongest clue.',
      access: access.tenant('admin', 'admin'),
      params: FormParams,
      body: ref(WriteFormSchema),
      answers: { 200: ref(FormSchema, 'The form as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { leadType } = request.params
      const content = readForm(request.body)
      const faults = findFormFaults(content)
      if (faults.length > 0) throw problems.validation(faults)
      const form = await db.transaction(principal.dealerId, async (tx) => {
        const before = await lockForm(tx, leadType)
        // Before the first there is none: only `*`, or no condition, fits that.
        checkVersion(request, before?.version ?? 0)
        const written = await writeForm(tx, leadType, content, now())
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'qualification_form.updated',
            subject: { type: 'dealer', id: principal.dealerId },
            data: { leadType, version: written.version }
          }
        ])
        return written
      })
      setVersion(reply, form.version)
      return presentForm(form)
    }
  )
}

function noForm(leadType: LeadType): Problem {
  return new Problem(
    'not-found',
    `There is no qualification form for leads of type ${leadType} yet.`
  )
}

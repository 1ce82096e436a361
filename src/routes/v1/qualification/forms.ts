import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../../domain/leads/lead.ts'
import { setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import { findForm, listForms } from '../../../repositories/qualification/forms.ts'
import {
  FormListSchema,
  FormSchema,
  WriteFormSchema,
  presentForm,
  readForm
} from '../../../schemas/qualification/form.ts'
import { closed, oneOf, ref } from '../../../schemas/shared.ts'
import { writeQualificationForm } from '../../../use-cases/qualification/write-qualification-form.ts'

const FormParams = Type.Object({ leadType: oneOf(LEAD_TYPES) }, closed)

/** The questions by which a dealer qualifies leads of a type. */
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
      description: 'There is at most one form for each lead type.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(FormListSchema, 'All forms.') }
    }),
    async (request) => {
      const forms = await read(db, request, listForms)
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
      responses: { 200: ref(FormSchema, 'The form.') },
      versioned: true
    }),
    async (request, reply) => {
      const { leadType } = request.params
      const form = await read(db, request, (tx) => findForm(tx, leadType))
      if (!form) throw problems.notFound('qualification form')
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
        'Creates or replaces the form. Earlier qualifications keep the texts of their form. ' +
        '`qualifiesFrom` and `notYetFrom` must be reachable totals: at most the sum, over ' +
        'all questions, of the weight times the strength of the strongest clue.',
      access: access.tenant('admin', 'admin'),
      params: FormParams,
      body: ref(WriteFormSchema),
      responses: { 200: ref(FormSchema, 'The new form.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          writeQualificationForm(db, {
            ...command,
            leadType: request.params.leadType,
            form: readForm(request.body)
          }),
        present: presentForm
      })
  )
}

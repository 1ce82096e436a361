import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { variablePaths } from '../../../domain/auto-responses/template-variables.ts'
import type { TemplateContent } from '../../../domain/auto-responses/template.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { Fault } from '../../../domain/refusals.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import {
  read,
  sendChanged,
  sendCreated,
  sendDone,
  sendOne,
  sendPage
} from '../../../http/resources.ts'
import { findTemplate, listTemplates } from '../../../repositories/auto-responses/templates.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import {
  CreateTemplateSchema,
  PatchTemplateSchema,
  TemplatePageSchema,
  TemplateSchema,
  patchTemplateLanguages,
  presentTemplate,
  readTemplateContent
} from '../../../schemas/auto-responses/template.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeTemplate } from '../../../use-cases/auto-responses/change-template.ts'
import { createTemplate } from '../../../use-cases/auto-responses/create-template.ts'
import { deleteTemplate } from '../../../use-cases/auto-responses/delete-template.ts'
import { findTemplateFaults } from './template-content.ts'

const LIQUID = `Templates are written in Liquid. The variables are ${variablePaths()
  .map((path) => `\`${path}\``)
  .join(', ')}. Other names, unknown filters and tags, computed names, and values in HTML outside
elements and quotes are refused, with line and column. A missing value prints nothing. A template
without \`unsubscribe.url\` gets a last line with it.`

/** Mails in a dealer's own words. */
export const templateRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.post(
    '/templates',
    operation({
      id: 'createTemplate',
      tag: 'Templates',
      summary: 'Create a template',
      description: LIQUID,
      access: access.tenant('admin', 'admin'),
      body: ref(CreateTemplateSchema),
      responses: { 201: ref(TemplateSchema, 'The template.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { name, languages } = request.body
      const content = readTemplateContent(languages)
      const options = {
        dealer: await read(db, request, dealerOf),
        now: now(),
        publicUrl: publicUrl()
      }
      const faults = await findTemplateFaults(content, Object.keys(languages), options)
      if (faults.length > 0) throw problems.validation(faults)
      return await sendCreated(request, reply, {
        now,
        create: (command) => createTemplate(db, { ...command, template: { name, content } }),
        present: presentTemplate,
        location: ({ id }) => `/v1/templates/${id}`
      })
    }
  )

  app.get(
    '/templates',
    operation({
      id: 'listTemplates',
      tag: 'Templates',
      summary: 'List templates',
      description: 'Newest first.',
      access: access.tenant('member', 'read'),
      query: Type.Object(pageQuery, closed),
      responses: { 200: ref(TemplatePageSchema, 'A page of templates.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, { list: listTemplates, present: presentTemplate })
  )

  app.get(
    '/templates/:id',
    operation({
      id: 'getTemplate',
      tag: 'Templates',
      summary: 'Read a template',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(TemplateSchema, 'The template.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'template',
        find: (tx, id) => findTemplate(tx, id),
        present: presentTemplate
      })
  )

  app.patch(
    '/templates/:id',
    operation({
      id: 'updateTemplate',
      tag: 'Templates',
      summary: 'Change a template',
      description:
        'Mails that are already composed do not change. A language that is set to null is ' +
        'removed.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      body: ref(PatchTemplateSchema),
      responses: { 200: ref(TemplateSchema, 'The changed template.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { name, languages } = request.body
      const options = {
        dealer: await read(db, request, dealerOf),
        now: now(),
        publicUrl: publicUrl()
      }
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeTemplate(db, {
            ...command,
            templateId: request.params.id,
            fields: Object.keys(request.body),
            name,
            content: languages ? (before) => patchContent(before, languages, options) : null
          }),
        present: presentTemplate
      })
    }
  )

  app.delete(
    '/templates/:id',
    operation({
      id: 'deleteTemplate',
      tag: 'Templates',
      summary: 'Delete a template',
      description:
        'The response is `conflict` while the published auto-response rules use the template.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      responses: {
        204: Type.Null({ description: 'Deleted. Waiting mails of this template are not sent.' })
      },
      problems: ['conflict']
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) => deleteTemplate(db, { ...command, templateId: request.params.id })
      })
  )
}

/** The dealer of the transaction. */
async function dealerOf(tx: Transaction): Promise<Dealer> {
  const dealer = await findDealer(tx)
  if (!dealer) throw problems.notFound('dealer')
  return dealer
}

/** The content after the change, or its faults. A new language must be complete. */
async function patchContent(
  before: TemplateContent,
  patch: NonNullable<Static<typeof PatchTemplateSchema>['languages']>,
  options: Parameters<typeof findTemplateFaults>[2]
): Promise<TemplateContent | Fault[]> {
  const languages = patchTemplateLanguages(before, patch)
  const missing = Object.entries(languages).flatMap(([language, wording]) =>
    (['subject', 'text'] as const)
      .filter((part) => wording[part] === undefined)
      .map((part) => ({ pointer: `/languages/${language}/${part}`, message: 'is required' }))
  )
  if (missing.length > 0) return missing
  const content = readTemplateContent(languages as Static<typeof CreateTemplateSchema>['languages'])
  const faults = await findTemplateFaults(content, Object.keys(patch), options)
  return faults.length > 0 ? faults : content
}

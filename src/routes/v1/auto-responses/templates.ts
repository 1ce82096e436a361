import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { variablePaths } from '../../../domain/auto-responses/template-variables.ts'
import type { Template } from '../../../domain/auto-responses/template.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import {
  findTemplate,
  insertTemplate,
  listTemplates,
  lockTemplate,
  updateTemplate
} from '../../../repositories/auto-responses/templates.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  CreateTemplateSchema,
  PatchTemplateSchema,
  TemplatePageSchema,
  TemplateSchema,
  patchTemplateLanguages,
  presentTemplate,
  readTemplateContent
} from '../../../schemas/auto-responses/template.ts'
import type { Static } from '../../../http/operation.ts'
import { IdParams, closed, pageQuery, ref } from '../../../schemas/shared.ts'
import { removeTemplate } from '../../../use-cases/auto-responses/delete-template.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'
import { checkTemplateContent } from './template-content.ts'

const LIQUID = `Written in Liquid. What a template can name: ${variablePaths()
  .map((path) => `\`${path}\``)
  .join(', ')}. Anything else, unknown filters and tags, computed members, and values in HTML that
stand neither between elements nor within quotes are refused, with line and column. A value that is
missing prints nothing. Where \`unsubscribe.url\` is not used, a last line with it is added.`

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
      summary: 'Add a template',
      description: LIQUID,
      access: access.tenant('admin', 'admin'),
      body: ref(CreateTemplateSchema),
      answers: { 201: ref(TemplateSchema, 'The template.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { name, languages } = request.body
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const content = readTemplateContent(languages)
        const dealer = await dealerOf(tx)
        await checkTemplateContent(content, Object.keys(languages), { dealer, now: at, publicUrl })
        const stamps = { version: 1, createdAt: at, updatedAt: at }
        const template = { id: newId(), name, content, ...stamps }
        await insertTemplate(tx, template)
        await recordEvents(tx, actorOf(principal), at, [
          { type: 'template.created', subject: { type: 'template', id: template.id } }
        ])
        const location = `/v1/templates/${template.id}`
        return { body: presentTemplate(template), location, version: 1 }
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
      answers: { 200: ref(TemplatePageSchema, 'A page of templates.') },
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
      answers: { 200: ref(TemplateSchema, 'The template.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'template',
        find: findTemplate,
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
        'Mails that were written already stay as they are. A language that is set to null is removed.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchTemplateSchema),
      answers: { 200: ref(TemplateSchema, 'The template as it is now.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await changeOne(db, request, reply, {
        noun: 'template',
        lock: (tx, id) => lockTemplate(tx, id),
        present: presentTemplate,
        change: async (tx, before, principal) => {
          const at = now()
          const { name, languages } = request.body
          const content = languages === undefined ? null : readPatched(before, languages)
          if (content && languages) {
            const options = { dealer: await dealerOf(tx), now: at, publicUrl }
            await checkTemplateContent(content, Object.keys(languages), options)
          }
          await recordEvents(tx, actorOf(principal), at, [
            {
              type: 'template.updated',
              subject: { type: 'template', id: before.id },
              data: { fields: Object.keys(request.body) }
            }
          ])
          const change = { ...(name === undefined ? {} : { name }), ...(content && { content }) }
          return await updateTemplate(tx, before.id, change, at)
        }
      })
  )

  app.delete(
    '/templates/:id',
    operation({
      id: 'deleteTemplate',
      tag: 'Templates',
      summary: 'Delete a template',
      description: 'Refused while the auto-response rules that hold name it.',
      access: access.tenant('admin', 'admin'),
      params: IdParams,
      answers: {
        204: Type.Null({ description: 'It is gone; mails that it was to make are not sent.' })
      },
      problems: ['conflict']
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      const refusal = await db.transaction(principal.dealerId, (tx) =>
        removeTemplate(tx, { id, actor: actorOf(principal), now: now() })
      )
      if (refusal === 'unknown') throw problems.notFound('template')
      if (refusal === 'in-use') {
        throw problems.conflict('The auto-response rules that hold name this template.')
      }
      return await reply.code(204).send(null)
    }
  )
}

/** The dealer whose transaction this is. */
async function dealerOf(tx: Transaction) {
  const dealer = await findDealer(tx)
  if (!dealer) throw problems.notFound('dealer')
  return dealer
}

/** The content with the change in it. A language that comes new must come whole. */
function readPatched(
  { content }: Template,
  patch: NonNullable<Static<typeof PatchTemplateSchema>['languages']>
) {
  const languages = patchTemplateLanguages(content, patch)
  const faults = Object.entries(languages).flatMap(([language, wording]) =>
    (['subject', 'text'] as const)
      .filter((part) => wording[part] === undefined)
      .map((part) => ({ pointer: `/languages/${language}/${part}`, message: 'is required' }))
  )
  if (faults.length > 0) throw problems.validation(faults)
  return readTemplateContent(languages as Static<typeof CreateTemplateSchema>['languages'])
}

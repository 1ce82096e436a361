import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { writeTemplate } from '../../../mail/write-template.ts'
import type { WrittenTemplate } from '../../../domain/auto-responses/template.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { exampleContext } from '../../../domain/auto-responses/example-context.ts'
import type { TemplateContent } from '../../../domain/auto-responses/template.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import { because } from '../../../domain/reasons/reasons.ts'
import { sentenceOf } from '../../../wording/reasons.ts'
import { problems } from '../../../http/problems.ts'
import { findTemplate } from '../../../repositories/auto-responses/templates.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findLead } from '../../../repositories/leads/leads.ts'
import {
  PreviewContentSchema,
  PreviewTemplateSchema,
  TemplatePreviewSchema,
  presentTemplatePreview,
  readTemplateContent
} from '../../../schemas/auto-responses/template.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { read } from '../../../http/resources.ts'
import { findTemplateFaults } from './template-content.ts'

/** Previews of mails for a lead or an example. Nothing is sent or stored. */
export const templatePreviewRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.post(
    '/templates/:id/preview',
    operation({
      id: 'previewTemplate',
      tag: 'Templates',
      summary: 'Preview a template',
      access: access.tenant('member', 'read'),
      params: IdParams,
      body: ref(PreviewTemplateSchema),
      responses: { 200: ref(TemplatePreviewSchema, 'The mail.') },
      problems: ['conflict']
    }),
    async (request) => {
      const { leadId, language } = request.body
      const { template, context } = await read(db, request, async (tx, principal) => {
        const template = await findTemplate(tx, request.params.id)
        if (!template) throw problems.notFound('template')
        return { template, context: await findPreviewContext(tx, principal, leadId) }
      })
      return presentTemplatePreview(write(template.content, context, language))
    }
  )

  app.post(
    '/templates/preview',
    operation({
      id: 'previewTemplateContent',
      tag: 'Templates',
      summary: 'Preview a template before saving it',
      description: 'The content is validated as by the creation of a template.',
      access: access.tenant('admin', 'admin'),
      body: ref(PreviewContentSchema),
      responses: { 200: ref(TemplatePreviewSchema, 'The mail.') },
      problems: ['conflict', 'not-found']
    }),
    async (request) => {
      const { leadId, language } = request.body
      const context = await read(db, request, (tx, principal) =>
        findPreviewContext(tx, principal, leadId)
      )
      const content = readTemplateContent(request.body.content.languages)
      const options = { dealer: context.dealer, now: now(), publicUrl: publicUrl(), at: '/content' }
      const faults = await findTemplateFaults(content, Object.keys(content.languages), options)
      if (faults.length > 0) throw problems.validation(faults)
      return presentTemplatePreview(write(content, context, language))
    }
  )

  function write(
    content: TemplateContent,
    { dealer, lead }: PreviewContext,
    language: string | undefined
  ): WrittenTemplate {
    const example = exampleContext(dealer, { now: now(), publicUrl: publicUrl() })
    const context = lead ? { ...example, lead } : example
    const spoken = lead?.content.contact.language ?? null
    const written = writeTemplate(content, { ...context, dealer }, [language ?? spoken])
    if ('limit' in written) throw problems.conflict(sentenceOf(because(written.limit), 'en'))
    return written
  }
}

interface PreviewContext {
  dealer: Dealer
  /** Null: the preview uses an example. */
  lead: Lead | null
}

async function findPreviewContext(
  tx: Transaction,
  principal: TenantPrincipal,
  leadId: string | undefined
): Promise<PreviewContext> {
  const dealer = await findDealer(tx)
  const lead = leadId === undefined ? null : await findLead(tx, principal, leadId)
  if (!dealer || (leadId !== undefined && !lead)) throw problems.notFound('lead')
  return { dealer, lead }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { dealerOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { presentAccount } from '../../../schemas/clients/account.ts'
import {
  ConversionPreviewSchema,
  presentConversionPreview
} from '../../../schemas/clients/conversion-preview.ts'
import {
  ConvertLeadSchema,
  ConvertedLeadSchema,
  findConvertFaults,
  readConvertLead
} from '../../../schemas/clients/convert-lead.ts'
import { presentOpportunity } from '../../../schemas/clients/opportunity.ts'
import { mappingParsers } from '../../../schemas/fields/mapping-parsers.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { convertLead } from '../../../use-cases/clients/convert-lead.ts'
import type { ConvertedLead } from '../../../use-cases/clients/convert-lead.ts'
import { previewConversion } from '../../../use-cases/clients/preview-conversion.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { checkAccountFields } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { toProblem } from '../../../http/refusals.ts'
import { accept, changeCommand, sendCreated } from '../../../http/resources.ts'
import { leadVersion, operationPath, presentLinked } from './linked-lead.ts'

/** What becomes of a lead: a client, an account, an opportunity; and what would. */
export const leadConversionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/leads/:id/convert',
    operation({
      id: 'convertLead',
      tag: 'Leads',
      summary: 'Convert a lead into a new client',
      description:
        'The client is made from the lead: name, e-mails, phones, address, source, vehicles, message, ' +
        'consents and custom fields, and what the field mapping says. With `clientId` a client that is ' +
        'there is filled instead. An account and an opportunity are made, or filled, where they are ' +
        'asked for. All of it, or nothing. Refused as `client-exists`, with the matches, where a client ' +
        'surely is this person already, and as `account-exists` where there is an account of the name. A ' +
        'value that its field can’t hold is named by `/mapping/<field>`. `If-Match` and `ETag` are the ' +
        'lead’s.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConvertLeadSchema),
      responses: { 201: ref(ConvertedLeadSchema, 'What became of it.') },
      problems: ['client-exists', 'account-exists', 'lead-not-open', 'conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { statusId = null, planActivity = true } = request.body
      const content = readConversion(request)
      return await sendCreated(request, reply, {
        now,
        create: (command) => convertLead(db, { ...command, ...content, statusId, planActivity }),
        present: (converted: ConvertedLead, locale) => ({
          ...presentLinked(converted, locale),
          account: converted.account && presentAccount(converted.account),
          opportunity: converted.opportunity && presentOpportunity(converted.opportunity),
          conversionId: converted.conversionId
        }),
        location: (done: ConvertedLead) => operationPath(done),
        version: (done: ConvertedLead) => leadVersion(done)
      })
    }
  )

  app.post(
    '/leads/:id/conversion-preview',
    operation({
      id: 'previewConversion',
      tag: 'Leads',
      summary: 'See what a conversion would make',
      description:
        'Changes nothing. Every field with the lead’s field it comes from, what stands there, and ' +
        'whether it would be filled; what is there that matches; and why it would be refused.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConvertLeadSchema),
      responses: { 200: ref(ConversionPreviewSchema, 'What it would make.') }
    }),
    async (request) => {
      const { statusId = null } = request.body
      const command = { ...changeCommand(request, now()), ...readConversion(request), statusId }
      const preview = accept(await previewConversion(db, command))
      return presentConversionPreview(preview, preview.obstacles.map(describeObstacle))
    }
  )
}

type ConvertRequest = FastifyRequest<{
  Params: { id: string }
  Body: Static<typeof ConvertLeadSchema>
}>

function readConversion(request: ConvertRequest) {
  const { body } = request
  const { country } = dealerOf(request)
  const faults = findConvertFaults(body)
  if (faults.length > 0) throw problems.validation(faults)
  const account = body.account && checkAccountFields(body.account, country, '/account')
  return {
    leadId: request.params.id,
    ...readConvertLead({ ...body, ...(account ? { account } : {}) }),
    parsers: mappingParsers(country)
  }
}

function describeObstacle(obstacle: Refusal) {
  if (obstacle.refusal === 'client-exists') {
    return {
      pointer: '/allowDuplicate',
      message: 'A client is surely the same person. Name it in clientId, or allow a duplicate.'
    }
  }
  if (obstacle.refusal === 'account-exists') {
    return {
      pointer: '/account/allowDuplicate',
      message: 'An account has this name. Name it by its id, or allow a duplicate.'
    }
  }
  return { pointer: '', message: toProblem(obstacle).message }
}

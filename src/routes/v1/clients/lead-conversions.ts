import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { dealerOf, localeOf } from '../../../http/plugins/authentication.ts'
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

/** Conversions of leads, and their previews. */
export const leadConversionRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/leads/:id/convert',
    operation({
      id: 'convertLead',
      tag: 'Leads',
      summary: 'Convert a lead',
      description:
        'Creates a client from the lead: name, e-mails, phones, address, source, vehicles, ' +
        'message, consents, custom fields, and the entries of the field mapping. With ' +
        '`clientId` the conversion fills an existing client instead, also one of a colleague as ' +
        '`POST /v1/leads/{id}/link` does. On request it also ' +
        'creates or fills an account and an opportunity. Either everything is written, or ' +
        'nothing. The problem `client-exists`, with the matches, means that a client is ' +
        'surely the same person. `account-exists` means that an account with the name ' +
        'exists. The pointer `/mapping/<field>` names a value that is not valid for its ' +
        'field. `If-Match` and `ETag` refer to the lead.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConvertLeadSchema),
      responses: { 201: ref(ConvertedLeadSchema, 'The lead and the records of the conversion.') },
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
        create: (command) =>
          convertLead(db, { ...command, ...content, statusId, planActivity, mailDomain }),
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
      summary: 'Preview a conversion',
      description:
        'Changes nothing. The response lists each target field with its lead field, its ' +
        'current value and whether it would be filled. It also lists the matching records, ' +
        'and the problems for which the conversion would be refused.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ConvertLeadSchema),
      responses: { 200: ref(ConversionPreviewSchema, 'The preview.') },
      problems: ['conflict']
    }),
    async (request) => {
      const { statusId = null } = request.body
      const command = { ...changeCommand(request, now()), ...readConversion(request), statusId }
      const preview = accept(await previewConversion(db, command))
      const obstacles = preview.obstacles.map(describeObstacle)
      return presentConversionPreview(preview, obstacles, localeOf(request))
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
  const code = obstacle.refusal
  if (obstacle.refusal === 'client-exists') {
    return {
      code,
      pointer: '/allowDuplicate',
      message: toProblem(obstacle).message
    }
  }
  if (obstacle.refusal === 'account-exists') {
    return {
      code,
      pointer: '/account/allowDuplicate',
      message: 'An account has this name. Name it by its id, or allow a duplicate.'
    }
  }
  return { code, pointer: '', message: toProblem(obstacle).message }
}

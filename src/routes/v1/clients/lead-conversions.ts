import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { dealerOf, localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { presentAccount } from '../../../schemas/clients/account.ts'
import {
  ConversionPreviewSchema,
  presentFault,
  presentPreview
} from '../../../schemas/clients/conversion-preview.ts'
import {
  ConvertLeadSchema,
  ConvertedLeadSchema,
  findConvertFaults,
  readConvertLead
} from '../../../schemas/clients/convert-lead.ts'
import { presentOpportunity } from '../../../schemas/clients/opportunity.ts'
import { mappingReading } from '../../../schemas/fields/mapping-reading.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import type { BasisRefusal, ConversionCall } from '../../../use-cases/clients/conversion-basis.ts'
import { conversionLocks, convertLead } from '../../../use-cases/clients/convert-lead.ts'
import type { ConversionRefusal } from '../../../use-cases/clients/convert-lead.ts'
import type { LeadCallRefusal } from '../../../use-cases/clients/lead-call.ts'
import { previewConversion } from '../../../use-cases/clients/preview-conversion.ts'
import type { ConversionPreview } from '../../../use-cases/clients/preview-conversion.ts'
import { checkAccountFields } from '../../../http/checked-fields.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { answer, leadCall, presentLinked, refuseLeadCall } from './lead-call.ts'

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
      answers: { 201: ref(ConvertedLeadSchema, 'What became of it.') },
      problems: ['client-exists', 'account-exists', 'lead-not-open', 'conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      const call = readCall(request, now())
      // Locks are taken when the transaction begins, so the person and the company must be known before.
      const locks = await db.transaction(principal.dealerId, (tx) => conversionLocks(tx, call))
      return await createOnce({ db, now, principal, locks }, request, reply, async (tx) => {
        const converted = await convertLead(tx, {
          ...call,
          heldLocks: locks,
          statusId: body.statusId ?? null,
          planActivity: body.planActivity ?? true
        })
        if ('refusal' in converted) throw refuseConversion(converted)
        const { conversionId, account, opportunity } = converted
        return answer(converted, {
          ...presentLinked(converted, localeOf(request)),
          account: account && presentAccount(account),
          opportunity: opportunity && presentOpportunity(opportunity),
          conversionId
        })
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
      answers: { 200: ref(ConversionPreviewSchema, 'What it would make.') }
    }),
    async (request) => {
      const call = { ...readCall(request, now()), statusId: request.body.statusId ?? null }
      const preview = await db.transaction(call.principal.dealerId, (tx) =>
        previewConversion(tx, call)
      )
      if ('refusal' in preview) throw refuseBasis(preview.refusal)
      return presentPreview(preview, preview.obstacles.map(describeObstacle))
    }
  )
}

type ConvertRequest = FastifyRequest<{
  Params: { id: string }
  Body: Static<typeof ConvertLeadSchema>
}>

function readCall(request: ConvertRequest, now: Date): ConversionCall {
  const { body } = request
  const { country } = dealerOf(request)
  const faults = findConvertFaults(body)
  if (faults.length > 0) throw problems.validation(faults)
  const account = body.account && checkAccountFields(body.account, country, '/account')
  return {
    ...leadCall(request, tenantOf(request), now),
    ...readConvertLead({ ...body, ...(account ? { account } : {}) }),
    reading: mappingReading(country)
  }
}

function refuseConversion(refused: ConversionRefusal): Problem {
  if ('faults' in refused) return problems.validation(refused.faults.map(presentFault))
  if (!('matches' in refused)) return refuseBasis(refused.refusal)
  return refused.refusal === 'client-exists'
    ? problems.clientExists(refused.matches)
    : problems.accountExists(refused.matches)
}

function refuseBasis(refusal: LeadCallRefusal | BasisRefusal): Problem {
  if (refusal === 'unknown-account') return problems.notFound('account')
  if (refusal === 'unknown-opportunity') return problems.notFound('opportunity')
  const pointer = '/opportunity/id'
  if (refusal === 'foreign-opportunity') {
    return problems.validation([
      { pointer, message: 'is no opportunity of the client in clientId' }
    ])
  }
  if (refusal === 'closed-opportunity') {
    return problems.validation([{ pointer, message: 'is won or lost' }])
  }
  return refuseLeadCall(refusal)
}

function describeObstacle(obstacle: ConversionPreview['obstacles'][number]) {
  if (obstacle === 'client-exists') {
    return {
      pointer: '/allowDuplicate',
      message: 'A client surely is this person already: name it in clientId, or allow a duplicate.'
    }
  }
  if (obstacle === 'account-exists') {
    return {
      pointer: '/account/allowDuplicate',
      message: 'There is an account of this name: name it by its id, or allow a duplicate.'
    }
  }
  return { pointer: '', message: refuseLeadCall(obstacle).message }
}

import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { OPPORTUNITY_STAGES } from '../../../domain/clients/opportunity.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import {
  findOpportunity,
  listOpportunities,
  lockOpportunity
} from '../../../repositories/clients/opportunities.ts'
import {
  CreateOpportunitySchema,
  OpportunityPageSchema,
  OpportunitySchema,
  PatchOpportunitySchema,
  presentOpportunity,
  readProducts
} from '../../../schemas/clients/opportunity.ts'
import {
  Id,
  IdParams,
  closed,
  createdPeriod,
  newestFirst,
  oneOf,
  pageQuery,
  readInstant,
  ref
} from '../../../schemas/shared.ts'
import {
  changeOpportunity,
  createOpportunity
} from '../../../use-cases/clients/write-opportunity.ts'
import type {
  OpportunityChange,
  OpportunityRefusal
} from '../../../use-cases/clients/write-opportunity.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'
import { unknownUser } from '../access/user-refusals.ts'

const OpportunityQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    client: Type.Optional(Id()),
    account: Type.Optional(Id()),
    lead: Type.Optional(Id()),
    stage: Type.Optional(oneOf(OPPORTUNITY_STAGES)),
    responsible: Type.Optional(Id("The responsible user's id.")),
    open: Type.Optional(Type.Boolean({ description: 'Whether it is neither won nor lost.' })),
    ...createdPeriod('Made')
  },
  closed
)

/** Deals of clients. */
export const opportunityRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.post(
    '/opportunities',
    operation({
      id: 'createOpportunity',
      tag: 'Opportunities',
      summary: 'Add an opportunity',
      description:
        'Without `amount` it is worth what its products come to, where all prices have one currency. ' +
        'A client, account or lead that the caller does not see answers 404.',
      access: access.tenant('member', 'write'),
      body: ref(CreateOpportunitySchema),
      answers: { 201: ref(OpportunitySchema, 'The opportunity.') },
      problems: ['not-found', 'reason-required'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { clientId = null, leadId = null, name } = request.body
      const incoming = { ...readChange(request.body), name: name.trim(), clientId, leadId }
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const call = { principal, actor: actorOf(principal), now: now() }
        const made = await createOpportunity(tx, incoming, call)
        if ('refusal' in made) throw refuseOpportunity(made.refusal)
        const location = `/v1/opportunities/${made.id}`
        return { body: presentOpportunity(made), location, version: made.version }
      })
    }
  )

  app.get(
    '/opportunities',
    operation({
      id: 'listOpportunities',
      tag: 'Opportunities',
      summary: 'List opportunities',
      description: 'Newest first. Filters narrow the list; all given ones hold.',
      access: access.tenant('member', 'read'),
      query: OpportunityQuery,
      answers: { 200: ref(OpportunityPageSchema, 'A page of opportunities.') },
      paged: true
    }),
    async (request, reply) => {
      const { createdFrom, createdTo, client, account, lead, stage, responsible, open } =
        request.query
      const filter = {
        client,
        account,
        lead,
        stage,
        responsible,
        open,
        createdFrom: readInstant(createdFrom),
        createdTo: readInstant(createdTo)
      }
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) => listOpportunities(tx, principal, filter, page),
        present: presentOpportunity
      })
    }
  )

  app.get(
    '/opportunities/:id',
    operation({
      id: 'getOpportunity',
      tag: 'Opportunities',
      summary: 'Read an opportunity',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(OpportunitySchema, 'The opportunity.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'opportunity',
        find: (tx, id, principal) => findOpportunity(tx, principal, id),
        present: presentOpportunity
      })
  )

  app.patch(
    '/opportunities/:id',
    operation({
      id: 'updateOpportunity',
      tag: 'Opportunities',
      summary: 'Change an opportunity',
      description:
        'RFC 7396 merge patch. The stages `won` and `lost` set `closedAt`, and `lost` needs a ' +
        '`closeReason`; any other stage clears both. An amount that was given stays when the products ' +
        'change; one that is their sum follows them. Client and lead never change.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchOpportunitySchema),
      answers: { 200: ref(OpportunitySchema, 'The opportunity as it is now.') },
      problems: ['reason-required'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const change = readChange(request.body)
      return await changeOne(db, request, reply, {
        noun: 'opportunity',
        lock: (tx, id, principal) => lockOpportunity(tx, principal, id),
        present: presentOpportunity,
        change: async (tx, before, principal) => {
          const call = { principal, actor: actorOf(principal), now: now() }
          const after = await changeOpportunity(tx, before, change, call)
          if ('refusal' in after) throw refuseOpportunity(after.refusal)
          return after
        }
      })
    }
  )
}

/** A change as sent; throws where a currency is none. */
function readChange(body: Static<typeof PatchOpportunitySchema>): OpportunityChange {
  const { name, accountId, stage, closeReason, amount, expectedClose, description } = body
  const check = new FieldCheck()
  check.currency('/amount/currency', amount?.currency)
  for (const [index, { price }] of (body.products ?? []).entries()) {
    check.currency(`/products/${index}/price/currency`, price?.currency)
  }
  check.finish()
  const change = { accountId, stage, closeReason, amount, expectedClose, description }
  return Object.fromEntries(
    Object.entries({
      ...change,
      name: name?.trim(),
      products: body.products && readProducts(body.products),
      responsibleUserId: body.responsibleUserId
    }).filter(([, value]) => value !== undefined)
  )
}

function refuseOpportunity(refusal: OpportunityRefusal): Problem {
  switch (refusal) {
    case 'unknown-lead':
      return problems.notFound('lead')
    case 'unknown-client':
      return problems.notFound('client')
    case 'unknown-account':
      return problems.notFound('account')
    case 'unknown-user':
      return unknownUser()
    case 'client-required':
      return fault('/clientId', 'is required where there is no lead with a client')
    case 'other-client':
      return fault('/leadId', 'is not one of this client’s leads')
    case 'reason-required':
      return problems.reasonRequired('/closeReason')
    case 'reason-without-end':
      return fault('/closeReason', 'is only for opportunities that are won or lost')
  }
}

function fault(pointer: string, message: string): Problem {
  return problems.validation([{ pointer, message }])
}

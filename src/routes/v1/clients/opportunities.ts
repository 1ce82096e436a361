import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { OPPORTUNITY_STAGES } from '../../../domain/clients/opportunity.ts'
import { listOpportunities } from '../../../repositories/clients/opportunity-list.ts'
import { findOpportunity } from '../../../repositories/clients/opportunities.ts'
import { EXAMPLE_CHANGED_AT } from '../../../schemas/example-ids.ts'
import {
  CreateOpportunitySchema,
  OpportunityPageSchema,
  OpportunitySchema,
  PatchOpportunitySchema,
  presentOpportunity,
  readProducts
} from '../../../schemas/clients/opportunity.ts'
import { NamedList, WordList } from '../../../schemas/named.ts'
import {
  Id,
  IdParams,
  closed,
  createdPeriod,
  newestOrChangedFirst,
  pageQuery,
  readInstant,
  ref,
  updatedPeriod
} from '../../../schemas/shared.ts'
import { changeOpportunity } from '../../../use-cases/clients/change-opportunity.ts'
import { createOpportunity } from '../../../use-cases/clients/create-opportunity.ts'
import type { OpportunityChange } from '../../../use-cases/clients/steps/opportunity-changes.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'

const OpportunityQuery = Type.Object(
  {
    ...pageQuery,
    ...newestOrChangedFirst('Removed opportunities are told by events `opportunity.removed`.'),
    ...updatedPeriod('opportunities'),
    client: Type.Optional(Id()),
    account: Type.Optional(Id()),
    lead: Type.Optional(Id()),
    stage: Type.Optional(WordList(OPPORTUNITY_STAGES)),
    responsible: Type.Optional(NamedList('user', 'The responsible user.')),
    open: Type.Optional(
      Type.Boolean({
        description:
          '`true`: only opportunities that are neither won nor lost. `false`: only won or ' +
          'lost opportunities.'
      })
    ),
    ...createdPeriod('opportunities created')
  },
  closed
)

/** Opportunities of clients. */
export const opportunityRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/opportunities',
    operation({
      id: 'createOpportunity',
      tag: 'Opportunities',
      summary: 'Create an opportunity',
      description:
        'Without `amount`, the amount is the sum of the products, if all prices have the ' +
        'same currency. The response is 404 when the caller does not see the client, the ' +
        'account or the lead.',
      access: access.tenant('member', 'write'),
      body: ref(CreateOpportunitySchema),
      responses: { 201: ref(OpportunitySchema, 'The opportunity.') },
      shows: { 201: { stage: 'discovery' } },
      problems: ['not-found', 'reason-required', 'conflict', 'vehicle-sold'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { clientId = null, leadId = null, name, allowDuplicate = false } = request.body
      const opportunity = { ...readChange(request.body), name: name.trim(), clientId, leadId }
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          createOpportunity(db, { ...command, opportunity, allowDuplicate, mailDomain }),
        present: presentOpportunity,
        location: (created) => `/v1/opportunities/${created.id}`
      })
    }
  )

  app.get(
    '/opportunities',
    operation({
      id: 'listOpportunities',
      tag: 'Opportunities',
      summary: 'List opportunities',
      description: 'An opportunity is listed when it passes all given filters.',
      access: access.tenant('member', 'read'),
      query: OpportunityQuery,
      responses: { 200: ref(OpportunityPageSchema, 'A page of opportunities.') },
      paged: true
    }),
    async (request, reply) => {
      const { createdFrom, createdTo, updatedFrom, updatedTo } = request.query
      const { client, account, lead, stage, responsible, open } = request.query
      const filter = {
        client,
        account,
        lead,
        stage,
        responsible,
        open,
        createdFrom: readInstant(createdFrom),
        createdTo: readInstant(createdTo),
        updatedFrom: readInstant(updatedFrom),
        updatedTo: readInstant(updatedTo)
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
      responses: { 200: ref(OpportunitySchema, 'The opportunity.') },
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
        'RFC 7396 merge patch. The stages `won` and `lost` set `closedAt`, and `lost` needs ' +
        'a `closeReason`. Any other stage clears both. When the products change, an amount ' +
        'that a request set does not change, and an amount that is their sum is recomputed. ' +
        'The client and the lead can’t change.\n\n' +
        'A change to `won` moves the lead to the first status of group `sold`, unless it is sold ' +
        'already. There is one sale, credited as for any sold lead, and it and the opportunity ' +
        'name each other. A change to `lost` leaves the lead open, unless `closeLead` is true. A won ' +
        'opportunity with a sale stays won until the sale is undone or cancelled. The response is `conflict` ' +
        'where the lead is deleted, or the dealer has no status of the group, and `vehicle-sold` where ' +
        'another sale has the vehicle of the lead, unless `allowDuplicate` is true.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchOpportunitySchema),
      responses: { 200: ref(OpportunitySchema, 'The changed opportunity.') },
      shows: { 200: { closedAt: EXAMPLE_CHANGED_AT } },
      problems: ['reason-required', 'conflict', 'vehicle-sold'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const change = readChange(request.body)
      const { closeLead = false, allowDuplicate = false } = request.body
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeOpportunity(db, {
            ...command,
            opportunityId: request.params.id,
            change,
            closeLead,
            allowDuplicate,
            mailDomain
          }),
        present: presentOpportunity
      })
    }
  )
}

/** The change in a request. Throws on an unknown currency. */
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

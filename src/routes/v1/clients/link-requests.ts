import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { LINK_REQUEST_STATES } from '../../../domain/clients/link-request.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import { findLinkRequest, listLinkRequests } from '../../../repositories/clients/link-requests.ts'
import {
  EXAMPLE_CHANGED_AT,
  EXAMPLE_COLLEAGUE,
  EXAMPLE_USER
} from '../../../schemas/example-ids.ts'
import {
  DeclineLinkRequestSchema,
  LinkRequestPageSchema,
  LinkRequestSchema,
  RequestLinkSchema,
  presentLinkRequest
} from '../../../schemas/clients/link-request.ts'
import { NamedList, WordList } from '../../../schemas/named.ts'
import { Id, IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { answerLinkRequest } from '../../../use-cases/clients/answer-link-request.ts'
import { requestLink } from '../../../use-cases/clients/request-link.ts'

const LinkRequestQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    lead: Type.Optional(Id()),
    client: Type.Optional(Id()),
    state: Type.Optional(WordList(LINK_REQUEST_STATES)),
    fromUser: Type.Optional(NamedList('user')),
    toUser: Type.Optional(NamedList('user'))
  },
  closed
)

const responses = { 200: ref(LinkRequestSchema, 'The changed request.') }

/** Text without blanks around it; blank text is none. */
const trimmed = (text: string | null | undefined) => (text?.trim() ? text.trim() : null)

/** Requests to link leads to clients of colleagues. */
export const linkRequestRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/link-requests',
    operation({
      id: 'requestLink',
      tag: 'Leads',
      summary: 'Ask to link a lead to the client of a colleague',
      description:
        'Where the dealer’s `linkToColleaguesClient` is `ask`. The responsible user of the client gets ' +
        'an e-mail, and can read the lead from then on. When they accept, the lead is linked as by ' +
        '`POST /v1/leads/{id}/link`. A lead has at most one open request for each client.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(RequestLinkSchema),
      responses: { 201: ref(LinkRequestSchema, 'The request.') },
      problems: ['lead-not-open', 'conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { clientId, message } = request.body
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          requestLink(db, {
            ...command,
            leadId: request.params.id,
            clientId,
            message: trimmed(message),
            mailDomain
          }),
        present: presentLinkRequest,
        location: ({ id }) => `/v1/link-requests/${id}`
      })
    }
  )

  app.get(
    '/link-requests',
    operation({
      id: 'listLinkRequests',
      tag: 'Leads',
      summary: 'List requests for links',
      description: 'Members see the requests that they made, and those that they are asked.',
      access: access.tenant('member', 'read'),
      query: LinkRequestQuery,
      responses: { 200: ref(LinkRequestPageSchema, 'A page of requests.') },
      paged: true
    }),
    async (request, reply) =>
      await sendPage(db, request, reply, {
        list: (tx, page, principal) => listLinkRequests(tx, principal, request.query, page),
        present: presentLinkRequest
      })
  )

  app.get(
    '/link-requests/:id',
    operation({
      id: 'getLinkRequest',
      tag: 'Leads',
      summary: 'Read a request for a link',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LinkRequestSchema, 'The request.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'link request',
        find: (tx, id, principal) => findLinkRequest(tx, principal, id),
        present: presentLinkRequest
      })
  )

  app.post(
    '/link-requests/:id/accept',
    operation({
      id: 'acceptLinkRequest',
      tag: 'Leads',
      summary: 'Accept a request for a link',
      description:
        'The lead is linked to the client, and the user who asked gets an e-mail. Only the user who ' +
        'is asked, owners, admins and API keys can accept.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses,
      shows: {
        200: { state: 'accepted', endedAt: EXAMPLE_CHANGED_AT, endedBy: EXAMPLE_COLLEAGUE }
      },
      problems: ['lead-not-open', 'conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          answerLinkRequest(db, {
            ...command,
            requestId: request.params.id,
            answer: 'accepted',
            mailDomain
          }),
        present: presentLinkRequest
      })
  )

  app.post(
    '/link-requests/:id/decline',
    operation({
      id: 'declineLinkRequest',
      tag: 'Leads',
      summary: 'Decline a request for a link',
      description:
        'The user who asked gets an e-mail with the reason. The lead stays as it is. Only the user ' +
        'who is asked, owners, admins and API keys can decline.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(DeclineLinkRequestSchema),
      responses,
      shows: {
        200: { state: 'declined', endedAt: EXAMPLE_CHANGED_AT, endedBy: EXAMPLE_COLLEAGUE }
      },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const reason = trimmed(request.body.reason)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          answerLinkRequest(db, {
            ...command,
            requestId: request.params.id,
            answer: 'declined',
            reason,
            mailDomain
          }),
        present: presentLinkRequest
      })
    }
  )

  app.post(
    '/link-requests/:id/withdraw',
    operation({
      id: 'withdrawLinkRequest',
      tag: 'Leads',
      summary: 'Withdraw a request for a link',
      description:
        'Only the user who asked, owners, admins and API keys can withdraw it. The service withdraws the ' +
        'requests of a lead that gets a client, is lost, deleted or given to another user, and those for a ' +
        'client that is merged into another. The user who asked gets an e-mail about what others did.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses,
      shows: { 200: { state: 'withdrawn', endedAt: EXAMPLE_CHANGED_AT, endedBy: EXAMPLE_USER } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          answerLinkRequest(db, {
            ...command,
            requestId: request.params.id,
            answer: 'withdrawn',
            mailDomain
          }),
        present: presentLinkRequest
      })
  )
}

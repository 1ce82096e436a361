import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { localeOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import {
  LeadMatchesSchema,
  LinkLeadSchema,
  LinkedLeadSchema,
  MoveLeadSchema,
  MovedLeadSchema,
  UnlinkedLeadSchema
} from '../../../schemas/clients/lead-link.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import { presentMatch } from '../../../schemas/matching/match.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { moveLeadToClient, unlinkLead } from '../../../use-cases/clients/detach-lead.ts'
import type { MovedLead, UnlinkedLead } from '../../../use-cases/clients/detach-lead.ts'
import { findLeadMatches } from '../../../use-cases/leads/steps/find-matches.ts'
import { linkLead } from '../../../use-cases/clients/link-lead.ts'
import type { LinkedLead } from '../../../use-cases/clients/steps/make-link.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, read, sendCreated } from '../../../http/resources.ts'
import { leadVersion, operationPath, presentLinked } from './linked-lead.ts'

/** Matches of leads, links to clients, and unlinks. */
export const leadLinkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.get(
    '/leads/:id/matches',
    operation({
      id: 'listLeadMatches',
      tag: 'Leads',
      summary: 'List the matches of a lead',
      description:
        'The clients and other leads that may be of the same person: those with the same ' +
        'e-mail address or phone number that the caller sees, best match first, each with ' +
        'its score and the reasons. Clients of colleagues are among them, with their responsible ' +
        'user, unless the dealer’s `matchesShowColleaguesClients` is off. Records with another name have a low score, and the ' +
        'different name is among the reasons. Of an e-mail address or phone number that more ' +
        'than 100 records have, the newest 100 leads and clients are listed, with `sharedByMany`; clients of colleagues ' +
        'are not among these. With the dealer’s `matchingPolicy` `fuzzy`, records that share neither are listed ' +
        'where the name and other fields are similar, with `similarOnly`: those that the caller sees.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LeadMatchesSchema, 'The matches.') }
    }),
    async (request) => {
      const matches = await read(db, request, (tx, principal) =>
        findLeadMatches(tx, principal, idOf(request))
      )
      if (!matches) throw problems.notFound('lead')
      const locale = localeOf(request)
      return { data: matches.map((match) => presentMatch(match, locale)) }
    }
  )

  app.post(
    '/leads/:id/link',
    operation({
      id: 'linkLead',
      tag: 'Leads',
      summary: 'Link a lead to a client',
      description:
        'The lead gets a status of group `linked`. A member may name a client of a colleague that ' +
        'is among the matches of the lead, where the dealer’s `linkToColleaguesClient` is `at_once`; ' +
        'where it is `ask`, `POST /v1/leads/{id}/link-requests` asks for it first. ' +
        'The response for a lead that already has ' +
        'a client is `lead-not-open`: move the lead, or unlink it first. `If-Match` and ' +
        '`ETag` refer to the lead.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(LinkLeadSchema),
      responses: { 201: ref(LinkedLeadSchema, 'The lead and its client.') },
      problems: ['lead-not-open', 'conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          linkLead(db, {
            ...command,
            leadId: request.params.id,
            clientId: body.clientId,
            statusId: body.statusId ?? null,
            planActivity: body.planActivity ?? true,
            notifyResponsible: body.notifyResponsible ?? false,
            mailDomain
          }),
        present: presentLinked,
        location: (done: LinkedLead) => operationPath(done),
        version: (done: LinkedLead) => leadVersion(done)
      })
    }
  )

  app.post(
    '/leads/:id/unlink',
    operation({
      id: 'unlinkLead',
      tag: 'Leads',
      summary: 'Unlink a lead from its client',
      description:
        'The lead returns to the status group `new`. Its activities leave the client, and ' +
        '`createdFromLead` of the client is cleared. The client remains, even if a ' +
        'conversion of the lead created it: to remove that client, undo the conversion ' +
        'instead. A closed lead must be reopened first.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      responses: { 201: ref(UnlinkedLeadSchema, 'The changed lead.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendCreated(request, reply, {
        now,
        create: (command) => unlinkLead(db, { ...command, leadId: request.params.id }),
        present: ({ operationId, lead }: UnlinkedLead, locale) => ({
          operationId,
          lead: presentLead(lead, locale)
        }),
        location: (done: UnlinkedLead) => operationPath(done),
        version: (done: UnlinkedLead) => leadVersion(done)
      })
  )

  app.post(
    '/leads/:id/move',
    operation({
      id: 'moveLead',
      tag: 'Leads',
      summary: 'Move a lead to another client',
      description:
        'The lead leaves its client and is linked to another, together with its activities. ' +
        'The status of the lead does not change.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MoveLeadSchema),
      responses: { 201: ref(MovedLeadSchema, 'The lead and its new client.') },
      problems: ['conflict'],
      idempotent: true,
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { clientId } = request.body
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          moveLeadToClient(db, { ...command, leadId: request.params.id, clientId, mailDomain }),
        present: ({ operationId, lead, client }: MovedLead, locale) => ({
          operationId,
          lead: presentLead(lead, locale),
          client: presentClient(client)
        }),
        location: (done: MovedLead) => operationPath(done),
        version: (done: MovedLead) => leadVersion(done)
      })
    }
  )
}

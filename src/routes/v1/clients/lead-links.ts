import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

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
import { IdParams, ref } from '../../../schemas/shared.ts'
import { moveLeadToClient, unlinkLead } from '../../../use-cases/clients/detach-lead.ts'
import type { MovedLead, UnlinkedLead } from '../../../use-cases/clients/detach-lead.ts'
import { findLeadMatches } from '../../../use-cases/leads/steps/find-matches.ts'
import { linkLead } from '../../../use-cases/clients/link-lead.ts'
import type { LinkedLead } from '../../../use-cases/clients/link-lead.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { idOf, read, sendCreated } from '../../../http/resources.ts'
import { leadVersion, operationPath, presentLinked } from './linked-lead.ts'

/** Whose lead it is: matches, linking, and taking it back. */
export const leadLinkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.get(
    '/leads/:id/matches',
    operation({
      id: 'listLeadMatches',
      tag: 'Leads',
      summary: 'List who a lead may be by',
      description:
        'Clients and other leads with the same e-mail address or phone number, best first, each with ' +
        'its score and the reasons; only those that the caller sees. Records of another name are ' +
        'listed too, with a low score and the disagreement among the reasons. An e-mail address or ' +
        'phone number of more than a hundred records is left out.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      responses: { 200: ref(LeadMatchesSchema, 'The matches.') }
    }),
    async (request) => {
      const matches = await read(db, request, (tx, principal) =>
        findLeadMatches(tx, principal, idOf(request))
      )
      if (!matches) throw problems.notFound('lead')
      return { data: matches }
    }
  )

  app.post(
    '/leads/:id/link',
    operation({
      id: 'linkLead',
      tag: 'Leads',
      summary: 'Link a lead to a client',
      description:
        'The lead gets a status of group `linked`. A lead that has a client answers `lead-not-open`: ' +
        'move it, or unlink it first. `If-Match` and `ETag` are the lead’s.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(LinkLeadSchema),
      responses: { 201: ref(LinkedLeadSchema, 'What became of it.') },
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
      summary: 'Take a lead from its client',
      description:
        'The lead is `new` again. The client keeps nothing of it: not the activities about it, nor ' +
        'that it was made from it. The client itself stays, even one that a conversion made: to remove ' +
        'that too, undo the conversion instead. A closed lead is reopened first.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      responses: { 201: ref(UnlinkedLeadSchema, 'The lead as it is now.') },
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
        'From one client to another at once, with the activities about it; its status stays. Asks for ' +
        'what unlinking asks for, since it takes the lead from a client.',
      access: access.tenant('member', 'admin', 'leads.unlink'),
      params: IdParams,
      body: ref(MoveLeadSchema),
      responses: { 201: ref(MovedLeadSchema, 'The lead, and the client it is with now.') },
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
          moveLeadToClient(db, { ...command, leadId: request.params.id, clientId }),
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

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { EXAMPLE_CHANGED_AT, EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import {
  BulkResultsSchema,
  ChangeLeadStatusSchema,
  MoveLeadsSchema
} from '../../../schemas/leads/lead-work.ts'
import { moveLeads } from '../../../use-cases/leads/move-leads.ts'
import { LeadSchema, presentLead } from '../../../schemas/leads/lead.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { changeLeadStatus } from '../../../use-cases/leads/change-lead-status.ts'
import { releaseLead } from '../../../use-cases/leads/release-lead.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, changeCommand, sendChanged } from '../../../http/resources.ts'
import { presentBulkResults } from './bulk-results.ts'

/** The status of a lead, and its release from quarantine. */
export const leadWorkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain, mailFrom } = options

  app.post(
    '/leads/:id/status',
    operation({
      id: 'changeLeadStatus',
      tag: 'Leads',
      summary: 'Move a lead to a status',
      description:
        'A move to the groups `lost` and `deleted` needs a reason, unless the dealer’s setting ' +
        '`statusReasons` is `optional`; the lead shows it in `statusReason`. Lists leave out deleted ' +
        'leads; a move to another status restores the lead. Only a link or a conversion ' +
        'moves a lead to the groups `linked` and `converted`, and an unlink moves it back ' +
        'to `new`. A sold lead that moves to another group cancels its sale, its reward and the ' +
        'opportunity that it won. A quarantined lead can only be deleted or restored. A move to the ' +
        'current status changes only the reason, if it gives another one. A move to the group `sold` records ' +
        'a sale; where another sale has the vehicle, the response is `vehicle-sold` with the `sales` that the ' +
        'caller sees, unless `allowDuplicate` is true. A lead without an assignee goes to the user who sells ' +
        'it, and back with the undo of the sale. A lead that is moved back to `converted` goes to the ' +
        'responsible user of its client, where its assignee can’t work on it any more.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(ChangeLeadStatusSchema),
      responses: { 200: ref(LeadSchema, 'The changed lead.') },
      shows: {
        200: {
          status: { name: 'lost', group: 'lost' },
          statusSince: EXAMPLE_CHANGED_AT,
          statusReason: {
            id: EXAMPLE_IDS.statusReason,
            key: 'bought-elsewhere',
            name: 'Bought elsewhere'
          }
        }
      },
      problems: ['reason-required', 'conflict', 'vehicle-sold'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const leadId = request.params.id
      const { statusId, reasonId = null, allowDuplicate = false } = request.body
      const reason = request.body.reason?.trim() ?? ''
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeLeadStatus(db, {
            ...command,
            leadId,
            statusId,
            mailDomain,
            reasonId,
            reason: reason === '' ? null : reason,
            allowDuplicate
          }),
        present: presentLead
      })
    }
  )

  app.post(
    '/leads/status',
    operation({
      id: 'moveLeads',
      tag: 'Leads',
      summary: 'Move many leads to a status',
      description:
        'Each lead moves as `POST /v1/leads/{id}/status` would move it. A lead that may not move stays as it ' +
        'is, and its result has the problem. `POST /v1/operations/{id}/undo` returns all changed leads to their ' +
        'earlier statuses. No move of many records or cancels a sale: a status of group `sold` is refused, and ' +
        'sold leads stay.',
      access: access.tenant('member', 'write'),
      body: ref(MoveLeadsSchema),
      responses: { 200: ref(BulkResultsSchema, 'The result of each lead.') }
    }),
    async (request) => {
      const { leadIds, statusId, reasonId = null } = request.body
      const reason = request.body.reason?.trim() ?? ''
      const command = changeCommand(request, now())
      const moved = accept(
        await moveLeads(db, {
          ...command,
          leadIds,
          statusId,
          mailDomain,
          reasonId,
          reason: reason === '' ? null : reason
        })
      )
      return presentBulkResults(moved, request.id)
    }
  )

  app.post(
    '/leads/:id/release',
    operation({
      id: 'releaseLead',
      tag: 'Leads',
      summary: 'Release a quarantined lead',
      description:
        'The assignment and the notifications are decided now, for the time at which the ' +
        'lead was received. `decisions` has the reasons.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 200: ref(LeadSchema, 'The changed lead.') },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          releaseLead(db, { ...command, leadId: request.params.id, mailDomain, mailFrom }),
        present: presentLead
      })
  )
}

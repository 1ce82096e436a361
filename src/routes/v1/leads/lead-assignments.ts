import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'

import { problems } from '../../../http/problems.ts'
import { EXAMPLE_USER } from '../../../schemas/example-ids.ts'
import {
  AssignLeadSchema,
  AssignLeadsSchema,
  BulkResultsSchema
} from '../../../schemas/leads/lead-work.ts'
import { LeadSchema, presentLead } from '../../../schemas/leads/lead.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { assignLead } from '../../../use-cases/leads/assign-lead.ts'
import { assignLeads } from '../../../use-cases/leads/assign-leads.ts'
import { claimLead } from '../../../use-cases/leads/claim-lead.ts'
import type { LeadTarget } from '../../../use-cases/leads/steps/assign.ts'
import { unclaimLead } from '../../../use-cases/leads/unclaim-lead.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { accept, changeCommand, sendChanged } from '../../../http/resources.ts'
import { presentBulkResults } from './bulk-results.ts'

/** Leads are claimed from a queue, put back, and assigned. */
export const leadAssignmentRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  options
) => {
  const { db, now, mailDomain } = options

  app.post(
    '/leads/:id/claim',
    operation({
      id: 'claimLead',
      tag: 'Leads',
      summary: 'Claim a lead from a queue',
      description:
        'Assigns a lead that waits in a queue to the caller. Members claim from their own ' +
        'queues, owners and admins from any queue. One of two concurrent claims succeeds; ' +
        'the response to the other is `conflict`. A lead that is already assigned to the ' +
        'caller does not change.',
      access: access.tenant('member', null),
      params: IdParams,
      responses: { 200: ref(LeadSchema, 'The lead, assigned to the caller.') },
      shows: { 200: { assignee: EXAMPLE_USER, queue: null } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) => claimLead(db, { ...command, leadId: request.params.id, mailDomain }),
        present: presentLead
      })
  )

  app.post(
    '/leads/:id/unclaim',
    operation({
      id: 'unclaimLead',
      tag: 'Leads',
      summary: 'Return a lead to its queue',
      description:
        'The lead returns to the queue in which it last waited, or to the default queue. ' +
        'Members return leads that are assigned to them. Owners, admins and keys with ' +
        '`write` return any lead. An unassigned lead does not change. A lead that has a client or ' +
        'is closed waits in no queue: its return is `conflict`.',
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
        change: (command) => unclaimLead(db, { ...command, leadId: request.params.id, mailDomain }),
        present: presentLead
      })
  )

  app.post(
    '/leads/:id/assign',
    operation({
      id: 'assignLead',
      tag: 'Leads',
      summary: 'Assign a lead to a user or a queue',
      description:
        'The new assignee gets an e-mail, unless the assignee is the caller or the lead is ' +
        'quarantined. A member can assign the leads that the member works on. After the ' +
        'assignment the member may no longer see it. A converted lead is assigned only to a user ' +
        'who can work on it: by role, by the grant `conversions.view`, or as the responsible user ' +
        'of its client. A lead that has a client or is closed waits in no queue: to assign it to ' +
        'one is `conflict`.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(AssignLeadSchema),
      responses: { 200: ref(LeadSchema, 'The changed lead.') },
      shows: { 200: { assignee: EXAMPLE_USER, queue: null } },
      problems: ['conflict'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const to = readTarget(request.body)
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          assignLead(db, { ...command, leadId: request.params.id, to, mailDomain }),
        present: presentLead
      })
    }
  )

  app.post(
    '/leads/assign',
    operation({
      id: 'assignLeads',
      tag: 'Leads',
      summary: 'Assign many leads to a user or a queue',
      description:
        'Each lead is assigned as `POST /v1/leads/{id}/assign` would assign it. A lead that may not be ' +
        'assigned there stays as it is, and its result has the problem. The new assignee gets one ' +
        'e-mail for each lead. Leads that already have this assignee or queue do not change. ' +
        '`POST /v1/operations/{id}/undo` undoes the assignment of all changed leads.',
      access: access.tenant('member', 'write'),
      body: ref(AssignLeadsSchema),
      responses: {
        200: ref(BulkResultsSchema, 'The result of each lead.')
      }
    }),
    async (request) => {
      const { leadIds, ...target } = request.body
      const to = readTarget(target)
      const command = changeCommand(request, now())
      const assigned = accept(await assignLeads(db, { ...command, leadIds, to, mailDomain }))
      return presentBulkResults(assigned, request.id)
    }
  )
}

/** The target of an assignment: a user or a queue, not both. */
function readTarget({
  assigneeId,
  queueId
}: Pick<Static<typeof AssignLeadSchema>, 'assigneeId' | 'queueId'>): LeadTarget {
  if (assigneeId !== undefined && queueId !== undefined) {
    throw problems.validation([{ pointer: '/queueId', message: 'excludes assigneeId' }])
  }
  if (assigneeId !== undefined) return { assigneeId }
  if (queueId !== undefined) return { queueId }
  throw problems.validation([{ pointer: '', message: 'needs assigneeId or queueId' }])
}

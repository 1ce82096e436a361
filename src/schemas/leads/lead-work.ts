import { Type } from '@fastify/type-provider-typebox'

import { Id, closed, nullable } from '../shared.ts'

/** What is sent to work a lead, and what was sent to make it. */

export const ChangeLeadStatusSchema = Type.Object(
  {
    statusId: Id(),
    reason: Type.Optional(
      nullable(
        Type.String({
          maxLength: 500,
          description: 'Why; required for the groups `lost` and `deleted`.'
        })
      )
    )
  },
  {
    $id: 'ChangeLeadStatus',
    ...closed,
    examples: [{ statusId: '01938f2e-0002-7000-8000-000000000009', reason: 'Bought elsewhere' }]
  }
)

export const AssignLeadSchema = Type.Object(
  {
    assigneeId: Type.Optional(Id('An active user.')),
    queueId: Type.Optional(Id('The queue in which it then waits, unassigned.'))
  },
  {
    $id: 'AssignLead',
    ...closed,
    description: 'Exactly one of the two.',
    examples: [{ assigneeId: '0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69' }]
  }
)

/** How many leads one call gives to somebody. */
const MAX_LEADS = 200

export const AssignLeadsSchema = Type.Object(
  {
    leadIds: Type.Array(Id(), { minItems: 1, maxItems: MAX_LEADS, uniqueItems: true }),
    assigneeId: Type.Optional(Id('An active user.')),
    queueId: Type.Optional(Id('The queue in which they then wait, unassigned.'))
  },
  {
    $id: 'AssignLeads',
    ...closed,
    description: 'Beside the leads exactly one of the two.',
    examples: [
      {
        leadIds: ['01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'],
        assigneeId: '0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69'
      }
    ]
  }
)

export const AssignedLeadsSchema = Type.Object(
  {
    operationId: nullable(Id('Undo it to take all of it back; null where nothing changed.')),
    changed: Type.Array(Id(), { description: 'Leads that were elsewhere.' }),
    unchanged: Type.Array(Id(), { description: 'Leads that were there already.' })
  },
  {
    $id: 'AssignedLeads',
    ...closed,
    examples: [
      {
        operationId: '01938f2e-0008-7000-8000-000000000008',
        changed: ['01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'],
        unchanged: []
      }
    ]
  }
)

export const LeadPayloadSchema = Type.Object(
  {
    contentType: Type.String(),
    body: Type.String({ description: 'The request’s body as text, as it was given.' })
  },
  {
    $id: 'LeadPayload',
    ...closed,
    examples: [
      {
        contentType: 'application/json',
        body: '{"source": "website", "contact": {"phone": "601 234 567"}}'
      }
    ]
  }
)

export const leadWorkSchemas = [
  ChangeLeadStatusSchema,
  AssignLeadSchema,
  AssignLeadsSchema,
  AssignedLeadsSchema,
  LeadPayloadSchema
]

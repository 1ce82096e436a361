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

export const leadWorkSchemas = [ChangeLeadStatusSchema, AssignLeadSchema, LeadPayloadSchema]

import { Type } from '@fastify/type-provider-typebox'

import { ActivitySchema } from '../activities/activity.ts'
import { ClientSchema } from './client.ts'
import { MatchSchema } from '../leads/captured-lead.ts'
import { LEAD_EXAMPLE, LeadSchema } from '../leads/lead.ts'
import { Id, closed, nullable, ref } from '../shared.ts'

export const OPERATION_ID = '01938f2e-0008-7000-8000-000000000008'

/** The first example of a schema: answers are put together of what is shown elsewhere. */
export function exampleOf(schema: object): Record<string, unknown> {
  const [example] = (schema as { examples: Record<string, unknown>[] }).examples
  return example ?? {}
}

export const CLIENT_EXAMPLE = exampleOf(ClientSchema)

export function leadWith(group: 'new' | 'linked' | 'converted', hasClient = true) {
  const { id, name } = CLIENT_EXAMPLE
  return {
    ...LEAD_EXAMPLE,
    status: { ...LEAD_EXAMPLE.status, name: group, group },
    client: hasClient ? { id, name } : null,
    version: 2
  }
}

export const LeadMatchesSchema = Type.Object(
  { data: Type.Array(ref(MatchSchema), { description: 'Best first: the newest hundred.' }) },
  { $id: 'LeadMatches', ...closed, examples: [{ data: [exampleOf(MatchSchema)] }] }
)

export const planActivity = Type.Optional(
  Type.Boolean({
    description:
      'Default: true. Plans a call if the client has a phone, else an e-mail, for the next working ' +
      'morning on the dealer’s clock.'
  })
)

export const LinkLeadSchema = Type.Object(
  {
    clientId: Id(),
    statusId: Type.Optional(nullable(Id('Of group `linked`; default: the dealer’s first.'))),
    planActivity,
    notifyResponsible: Type.Optional(
      Type.Boolean({ description: 'Default: false. Mails the client’s responsible user.' })
    )
  },
  {
    $id: 'LinkLead',
    ...closed,
    examples: [{ clientId: CLIENT_EXAMPLE.id, notifyResponsible: true }]
  }
)

export const MoveLeadSchema = Type.Object(
  { clientId: Id('The client it goes to.') },
  { $id: 'MoveLead', ...closed, examples: [{ clientId: CLIENT_EXAMPLE.id }] }
)

const operationId = Id('Undo it with `POST /v1/operations/{id}/undo`.')

export const linkedMembers = {
  operationId,
  lead: ref(LeadSchema),
  client: ref(ClientSchema),
  activity: nullable(ref(ActivitySchema))
}

export const LinkedLeadSchema = Type.Object(linkedMembers, {
  $id: 'LinkedLead',
  ...closed,
  examples: [
    {
      operationId: OPERATION_ID,
      lead: leadWith('linked'),
      client: { ...CLIENT_EXAMPLE, createdFromLead: null },
      activity: exampleOf(ActivitySchema)
    }
  ]
})

export const UnlinkedLeadSchema = Type.Object(
  { operationId, lead: ref(LeadSchema) },
  {
    $id: 'UnlinkedLead',
    ...closed,
    examples: [{ operationId: OPERATION_ID, lead: leadWith('new', false) }]
  }
)

export const MovedLeadSchema = Type.Object(
  { operationId, lead: ref(LeadSchema), client: ref(ClientSchema) },
  {
    $id: 'MovedLead',
    ...closed,
    examples: [
      {
        operationId: OPERATION_ID,
        lead: leadWith('linked'),
        client: { ...CLIENT_EXAMPLE, createdFromLead: null }
      }
    ]
  }
)

export const leadLinkSchemas = [
  LeadMatchesSchema,
  LinkLeadSchema,
  MoveLeadSchema,
  LinkedLeadSchema,
  UnlinkedLeadSchema,
  MovedLeadSchema
]

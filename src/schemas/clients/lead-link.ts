import { Type } from '@fastify/type-provider-typebox'

import { ActivitySchema } from '../activities/activity.ts'
import { ClientSchema } from './client.ts'
import { MatchSchema } from '../matching/match.ts'
import { LEAD_EXAMPLE, LeadSchema } from '../leads/lead.ts'
import { Named } from '../named.ts'
import { Id, closed, nullable, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const OPERATION_ID = EXAMPLE_IDS.operation

/** The first example of a schema, from which examples of responses are put together. */
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
  { data: Type.Array(ref(MatchSchema), { description: 'The newest matches, best first.' }) },
  { $id: 'LeadMatches', ...closed, examples: [{ data: [exampleOf(MatchSchema)] }] }
)

export const planActivity = Type.Optional(
  Type.Boolean({
    description:
      'Default: `true`. Schedules a call if the client has a phone number, otherwise an ' +
      'e-mail, for the next working morning in the dealer’s time zone. A lead that has one planned ' +
      'keeps it.'
  })
)

export const LinkLeadSchema = Type.Object(
  {
    clientId: Id(),
    statusId: Type.Optional(
      nullable(Named('status', 'A status of group `linked`. Default: the first of the dealer.'))
    ),
    planActivity,
    notifyResponsible: Type.Optional(
      Type.Boolean({
        description:
          '`true` sends an e-mail to the responsible user of the client. Default: `false`.'
      })
    )
  },
  {
    $id: 'LinkLead',
    ...closed,
    examples: [{ clientId: CLIENT_EXAMPLE.id, notifyResponsible: true }]
  }
)

export const MoveLeadSchema = Type.Object(
  { clientId: Id('The new client of the lead.') },
  { $id: 'MoveLead', ...closed, examples: [{ clientId: CLIENT_EXAMPLE.id }] }
)

const operationId = Id('The operation to undo with `POST /v1/operations/{id}/undo`.')

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

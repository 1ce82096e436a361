import { Type } from '@fastify/type-provider-typebox'

import { Named } from '../named.ts'
import { AllowDuplicateSale } from '../sales/allow-duplicate.ts'
import { Id, ProblemSchema, closed, nullable, oneOf, ref, text } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const REASON =
  'The reason: the key or name of one of the dealer’s list, or a text, as the dealer’s setting ' +
  '`statusReasons` allows for the groups `lost` and `deleted`.'

export const ChangeLeadStatusSchema = Type.Object(
  {
    statusId: Named('status'),
    reason: Type.Optional(
      nullable(
        Type.String({
          maxLength: 500,
          description: REASON
        })
      )
    ),
    reasonId: Type.Optional(nullable(Named('statusReason'))),
    allowDuplicate: AllowDuplicateSale
  },
  {
    $id: 'ChangeLeadStatus',
    ...closed,
    examples: [{ statusId: EXAMPLE_IDS.statusLost, reason: 'Bought elsewhere' }]
  }
)

export const AssignLeadSchema = Type.Object(
  {
    assigneeId: Type.Optional(Named('user', 'An active user.')),
    queueId: Type.Optional(Named('queue', 'The queue in which the lead waits, unassigned.'))
  },
  {
    $id: 'AssignLead',
    ...closed,
    description: 'Exactly one of the two fields is required.',
    examples: [{ assigneeId: EXAMPLE_IDS.user }]
  }
)

/** The most leads that one request assigns. */
const MAX_LEADS = 200

export const AssignLeadsSchema = Type.Object(
  {
    leadIds: Type.Array(Id(), { minItems: 1, maxItems: MAX_LEADS, uniqueItems: true }),
    assigneeId: Type.Optional(Named('user', 'An active user.')),
    queueId: Type.Optional(Named('queue', 'The queue in which the leads wait, unassigned.'))
  },
  {
    $id: 'AssignLeads',
    ...closed,
    description: 'Exactly one of `assigneeId` and `queueId` is required.',
    examples: [
      {
        leadIds: [EXAMPLE_IDS.lead],
        assigneeId: EXAMPLE_IDS.user
      }
    ]
  }
)

/** Leads are moved one by one, each with its history. */
const MAX_MOVED = 200

export const MoveLeadsSchema = Type.Object(
  {
    leadIds: Type.Array(Id(), { minItems: 1, maxItems: MAX_MOVED, uniqueItems: true }),
    statusId: Named('status'),
    reason: Type.Optional(nullable(text(500, REASON))),
    reasonId: Type.Optional(nullable(Named('statusReason')))
  },
  {
    $id: 'BulkStatus',
    ...closed,
    examples: [
      {
        leadIds: [EXAMPLE_IDS.lead],
        statusId: EXAMPLE_IDS.statusLost,
        reason: 'Bought elsewhere'
      }
    ]
  }
)

const BulkResultSchema = Type.Object(
  {
    leadId: Id(),
    outcome: oneOf(['changed', 'unchanged', 'refused']),
    problem: nullable(
      ref(ProblemSchema, 'Why the lead is refused: as in the response to a change of it alone.')
    )
  },
  {
    $id: 'BulkResult',
    ...closed,
    examples: [
      {
        leadId: EXAMPLE_IDS.lead,
        outcome: 'refused',
        problem: {
          type: 'urn:leadyard:problem:not-found',
          title: 'Not found',
          status: 404,
          detail: 'Not found: lead.',
          instance: '5e0e1f0e-9d4b-4f0c-8a2f-6f1f6f8f2b11',
          code: 'not-found',
          facts: { noun: 'lead' }
        }
      }
    ]
  }
)

export const BulkResultsSchema = Type.Object(
  {
    operationId: nullable(Id('The operation that undoes the change. Null when no lead changed.')),
    results: Type.Array(ref(BulkResultSchema), { description: 'In the order of `leadIds`.' })
  },
  {
    $id: 'BulkResults',
    ...closed,
    examples: [
      {
        operationId: EXAMPLE_IDS.operation,
        results: [
          {
            leadId: EXAMPLE_IDS.lead,
            outcome: 'changed',
            problem: null
          }
        ]
      }
    ]
  }
)

export const LeadPayloadSchema = Type.Object(
  {
    contentType: Type.String(),
    body: Type.String({ description: 'The body of the request as text, unchanged.' })
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
  MoveLeadsSchema,
  BulkResultSchema,
  BulkResultsSchema,
  LeadPayloadSchema
]

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ACTOR_TYPES } from '../../domain/events/event.ts'
import { OPERATION_KINDS, OPERATION_STATES } from '../../domain/operations/operation.ts'
import type { Operation } from '../../domain/operations/operation.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { Id, Instant, closed, nullable, oneOf } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

/** The actor. `id` is null for an actor without an account. */
export const doneBy = () =>
  Type.Object(
    { type: oneOf(ACTOR_TYPES), id: nullable(Id()) },
    { ...closed, description: 'The user, API key or system that made the change.' }
  )

export const OperationSchema = Type.Object(
  {
    id: Id(),
    kind: oneOf(OPERATION_KINDS),
    state: oneOf(OPERATION_STATES),
    leadId: nullable(Id('The lead of the operation. Null for several leads.')),
    leadIds: Type.Array(Id(), {
      description: 'The changed leads. For an import, `GET /v1/leads?import=` lists the leads.'
    }),
    createdClientId: nullable(Id('The client that the operation created. An undo deletes it.')),
    createdAccountId: nullable(Id('The account that the operation created. An undo deletes it.')),
    createdOpportunityId: nullable(
      Id('The opportunity that the operation created. An undo deletes it.')
    ),
    createdActivityId: nullable(
      Id('The follow-up that the operation planned. An undo deletes it.')
    ),
    importId: nullable(Id('The import of the operation.')),
    actor: doneBy(),
    undoneAt: nullable(Instant()),
    createdAt: Instant()
  },
  {
    $id: 'Operation',
    ...closed,
    description: 'A change that can be undone as a whole.',
    examples: [
      {
        id: EXAMPLE_IDS.operation,
        kind: 'conversion',
        state: 'done',
        leadId: LEAD_EXAMPLE.id,
        leadIds: [LEAD_EXAMPLE.id],
        createdClientId: EXAMPLE_IDS.client,
        createdAccountId: null,
        createdOpportunityId: null,
        createdActivityId: EXAMPLE_IDS.activity,
        importId: null,
        actor: { type: 'user', id: EXAMPLE_IDS.user },
        undoneAt: null,
        createdAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

export const operationSchemas = [OperationSchema]

export function presentOperation(operation: Operation): Static<typeof OperationSchema> {
  const { id, kind, state, leadId, actor, undoneAt, createdAt } = operation
  const made = 'createdClient' in operation.recorded ? operation.recorded : null
  return {
    id,
    kind,
    state,
    leadId,
    leadIds: leadIdsOf(operation),
    createdClientId: made?.createdClient?.id ?? null,
    createdAccountId: made?.createdAccount?.id ?? null,
    createdOpportunityId: made?.createdOpportunity?.id ?? null,
    createdActivityId: made?.createdActivity?.id ?? null,
    importId: operation.kind === 'import' ? operation.recorded.importId : null,
    actor,
    undoneAt: undoneAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString()
  }
}

function leadIdsOf({ recorded }: Operation): string[] {
  if ('importId' in recorded) return []
  return 'leads' in recorded ? recorded.leads.map(({ id }) => id) : [recorded.lead.id]
}

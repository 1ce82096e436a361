import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { CONSENT_ORIGINS, statementOf } from '../../domain/clients/consent.ts'
import type { ConsentRecord } from '../../domain/clients/consent.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { ConsentSchema } from '../leads/lead-parts.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { doneBy } from '../operations/operation.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const ORIGINS =
  '`capture`: came with the lead. `direct`: recorded by a user or key. `conversion`, ' +
  '`link`, `merge`: copied from a joined lead or client. `narrowed`: recorded because ' +
  'joined records disagreed. `unsubscribe`: refused by the person through the link in a ' +
  'mail.'

const [STATEMENT] = LEAD_EXAMPLE.consents

const stanceMembers = {
  ...ConsentSchema.properties,
  origin: oneOf(CONSENT_ORIGINS, ORIGINS),
  leadId: nullable(Id('The lead that the statement came with or is about.')),
  effectiveAt: Instant('The time from which the statement is in effect on this record.')
}

const STANCE_EXAMPLE = {
  ...STATEMENT,
  origin: 'conversion',
  leadId: LEAD_EXAMPLE.id,
  effectiveAt: '2026-11-21T17:03:12.000Z'
} as const

const ConsentStanceSchema = Type.Object(stanceMembers, {
  $id: 'ConsentStance',
  ...closed,
  examples: [STANCE_EXAMPLE]
})

export const ConsentStancesSchema = Type.Object(
  {
    at: Instant('The time that the response is about.'),
    data: Type.Array(ref(ConsentStanceSchema), {
      description:
        'The statements in effect: for each purpose the one for all channels (`channel` ' +
        'null), and later ones for single channels.'
    })
  },
  {
    $id: 'ConsentStances',
    ...closed,
    examples: [{ at: '2026-11-21T17:20:00.000Z', data: [STANCE_EXAMPLE] }]
  }
)

export const ConsentRecordSchema = Type.Object(
  {
    id: Id(),
    clientId: nullable(
      Id('The client whose record has the statement. Null: only the lead has it.')
    ),
    ...stanceMembers,
    operationId: nullable(Id('The operation that copied the statement to this record.')),
    voidFrom: nullable(
      Instant('The time from which the statement is no longer in effect on this record.')
    ),
    actor: doneBy(),
    createdAt: Instant()
  },
  {
    $id: 'ConsentRecord',
    ...closed,
    description:
      'A consent statement on the record of a lead or client. A statement never changes; it ' +
      'can only lose its effect.',
    examples: [
      {
        id: EXAMPLE_IDS.consent,
        clientId: EXAMPLE_IDS.client,
        ...STANCE_EXAMPLE,
        operationId: EXAMPLE_IDS.operation,
        voidFrom: null,
        actor: { type: 'user', id: EXAMPLE_IDS.user },
        createdAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

export const ConsentRecordPageSchema = pageOf(ConsentRecordSchema)

export const consentSchemas = [
  ConsentStanceSchema,
  ConsentStancesSchema,
  ConsentRecordSchema,
  ConsentRecordPageSchema
]

/** The statements in effect at a time. */
export function presentStances({
  at,
  stances
}: {
  at: Date
  stances: readonly ConsentRecord[]
}): Static<typeof ConsentStancesSchema> {
  return { at: at.toISOString(), data: stances.map(presentStance) }
}

export function presentConsentRecord(record: ConsentRecord): Static<typeof ConsentRecordSchema> {
  const { id, clientId, operationId, voidFrom, actor, createdAt } = record
  return {
    id,
    clientId,
    ...presentStance(record),
    operationId,
    voidFrom: voidFrom?.toISOString() ?? null,
    actor,
    createdAt: createdAt.toISOString()
  }
}

function presentStance(record: ConsentRecord): Static<typeof ConsentStanceSchema> {
  const { origin, leadId, effectiveAt } = record
  return { ...statementOf(record), origin, leadId, effectiveAt: effectiveAt.toISOString() }
}

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { CaptureOutcome, Lead } from '../../domain/leads/lead.ts'
import { FIELD_AGREEMENTS } from '../../domain/matching/field-agreements.ts'
import { COMPARED_FIELDS } from '../../domain/matching/pair-features.ts'
import type { Match } from '../../domain/matching/matches.ts'
import { Id, Instant, ReferenceSchema, closed, nullable, oneOf, ref } from '../shared.ts'
import { LEAD_EXAMPLE, LeadSchema, LeadStatusSchema, leadMembers, presentLead } from './lead.ts'
import { WARNING_EXAMPLE, WarningSchema, presentWarnings, warnings } from './warning.ts'

export const MatchSchema = Type.Object(
  {
    type: oneOf(['client', 'lead']),
    id: Id(),
    name: nullable(Type.String()),
    score: Type.Number({ minimum: 0, maximum: 1 }),
    band: oneOf(['sure', 'possible']),
    reasons: Type.Array(
      Type.Object(
        {
          field: oneOf(COMPARED_FIELDS),
          agreement: oneOf(
            FIELD_AGREEMENTS,
            '`similar`: the same but for spelling, or a part of the other, such as one surname of two. `nickname`: one ' +
              'name is a form of the other. `initial`: one name is the initial of the other. By the policy `exact` ' +
              'these are `similar`.'
          ),
          weight: Type.Optional(
            Type.Number({
              description:
                'How much the field speaks for one person, or below 0 for two, in bits: 1 doubles the odds. ' +
                'Left out by the policy `exact`.'
            })
          )
        },
        closed
      )
    ),
    sharedByMany: Type.Optional(
      Type.Boolean({
        description:
          '`true`: nothing is shared but an e-mail address or phone number that more than 100 records have, ' +
          'such as that of a switchboard. It makes no match `sure`, and nothing is decided from it. Otherwise left out.'
      })
    ),
    similarOnly: Type.Optional(
      Type.Boolean({
        description:
          '`true`: no e-mail address and no phone number is the same. The name and other fields are similar. ' +
          'Such a match is never `sure`, and nothing is decided from it. Otherwise left out.'
      })
    ),
    responsibleUser: Type.Optional(
      nullable(ref(ReferenceSchema, 'Of a client, except in responses to captures.'))
    )
  },
  {
    $id: 'Match',
    ...closed,
    description: 'A client or earlier lead that may be the same person.',
    examples: [
      {
        type: 'client',
        id: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
        name: 'Łukasz Żółć',
        score: 0.9871,
        band: 'sure',
        reasons: [
          { field: 'contact.email', agreement: 'same', weight: 9.2 },
          { field: 'contact.firstName', agreement: 'same', weight: 2.1 },
          { field: 'contact.lastName', agreement: 'same', weight: 3.4 }
        ],
        responsibleUser: { id: '01938f2e-0003-7000-8000-000000000001', name: 'Anna Nowak' }
      }
    ]
  }
)

export const ChangedLeadSchema = Type.Object(
  { ...leadMembers, warnings },
  {
    $id: 'ChangedLead',
    ...closed,
    examples: [{ ...LEAD_EXAMPLE, warnings: [] }]
  }
)

const OUTCOMES = ['created', 'repeated', 'quarantined'] as const satisfies readonly CaptureOutcome[]

const CapturedLeadSchema = Type.Object(
  {
    ...leadMembers,
    outcome: oneOf(OUTCOMES, 'The result for this lead.'),
    matches: Type.Array(ref(MatchSchema), {
      description:
        'The ten best matches that the caller sees, as in `GET /v1/leads/{id}/matches`. What the service does on its own is decided ' +
        'without records of another name.'
    }),
    warnings
  },
  {
    $id: 'CapturedLead',
    ...closed,
    examples: [{ ...LEAD_EXAMPLE, outcome: 'created', matches: [], warnings: [] }]
  }
)

export const LeadReceiptSchema = Type.Object(
  {
    id: Id(),
    outcome: oneOf(OUTCOMES),
    externalId: nullable(Type.String()),
    status: ref(LeadStatusSchema),
    receivedAt: Instant(),
    warnings
  },
  {
    $id: 'LeadReceipt',
    ...closed,
    description:
      'The parts of a lead that a key with only the scope `leads:capture` can read, and a member ' +
      'who posts a lead again that they don’t see.',
    examples: [
      {
        id: LEAD_EXAMPLE.id,
        outcome: 'created',
        externalId: LEAD_EXAMPLE.externalId,
        status: LEAD_EXAMPLE.status,
        receivedAt: LEAD_EXAMPLE.receivedAt,
        warnings: [WARNING_EXAMPLE]
      }
    ]
  }
)

export const CapturedLeadsSchema = Type.Object(
  { data: Type.Array(Type.Union([ref(CapturedLeadSchema), ref(LeadReceiptSchema)])) },
  {
    $id: 'CapturedLeads',
    ...closed,
    description:
      'The leads of an ADF document, one for each prospect, in the order of the document.',
    examples: [{ data: [{ ...LEAD_EXAMPLE, outcome: 'created', matches: [], warnings: [] }] }]
  }
)

export const CaptureResponseSchema = Type.Union(
  [ref(CapturedLeadSchema), ref(LeadReceiptSchema), ref(CapturedLeadsSchema)],
  {
    $id: 'CaptureResponse',
    description:
      'The lead, or its receipt for a key with only the scope `leads:capture`. For an ADF ' +
      'document, a list of these in `data`.',
    examples: [{ ...LEAD_EXAMPLE, outcome: 'created', matches: [], warnings: [] }]
  }
)

export const LeadOrReceiptSchema = Type.Union([ref(LeadSchema), ref(LeadReceiptSchema)], {
  $id: 'LeadOrReceipt',
  description: 'The lead, or its receipt for a key with only the scope `leads:capture`.',
  examples: [LEAD_EXAMPLE]
})

export const capturedLeadSchemas = [
  WarningSchema,
  MatchSchema,
  ChangedLeadSchema,
  CapturedLeadSchema,
  LeadReceiptSchema,
  CapturedLeadsSchema,
  CaptureResponseSchema,
  LeadOrReceiptSchema
]

/** A lead as captured: what became of it, and who it may be. */
interface CapturedLead {
  lead: Lead
  outcome: CaptureOutcome
  matches: readonly Match[]
}

export function presentCapturedLead(
  captured: CapturedLead,
  locale: Locale
): Static<typeof CapturedLeadSchema> {
  return {
    ...presentLead(captured.lead, locale),
    outcome: captured.outcome,
    matches: [...captured.matches],
    warnings: presentWarnings(captured.lead.content.unmapped, locale)
  }
}

export function presentReceipt(
  lead: Lead,
  outcome: CaptureOutcome,
  locale: Locale
): Static<typeof LeadReceiptSchema> {
  return {
    id: lead.id,
    outcome,
    externalId: lead.content.externalId,
    status: lead.status,
    receivedAt: lead.receivedAt.toISOString(),
    warnings: presentWarnings(lead.content.unmapped, locale)
  }
}

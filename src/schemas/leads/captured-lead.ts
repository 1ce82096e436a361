import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { CaptureOutcome, Lead } from '../../domain/leads/lead.ts'
import type { Match } from '../../domain/matching/matches.ts'
import { MatchSchema, presentMatch } from '../matching/match.ts'
import { Id, Instant, closed, nullable, oneOf, ref } from '../shared.ts'
import { LEAD_EXAMPLE, LeadSchema, LeadStatusSchema, leadMembers, presentLead } from './lead.ts'
import { WarningSchema, presentWarnings, warnings } from './warning.ts'

export const ChangedLeadSchema = Type.Object(
  { ...leadMembers, warnings },
  {
    $id: 'ChangedLead',
    ...closed,
    examples: [{ ...LEAD_EXAMPLE, warnings: [] }]
  }
)

const OUTCOMES = ['created', 'repeated', 'quarantined'] as const satisfies readonly CaptureOutcome[]

/** The example of a lead as its capture answers it. */
export const CAPTURED_EXAMPLE = {
  ...LEAD_EXAMPLE,
  outcome: 'created' as const,
  matches: [],
  warnings: []
}

/** What the examples of a repeat and of a lead in quarantine have otherwise. */
export const REPEATED_EXAMPLE = {
  outcome: 'repeated',
  version: LEAD_EXAMPLE.version,
  updatedAt: LEAD_EXAMPLE.updatedAt
} as const
export const QUARANTINED_EXAMPLE = {
  outcome: 'quarantined',
  version: LEAD_EXAMPLE.version,
  updatedAt: LEAD_EXAMPLE.updatedAt
} as const

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
    examples: [CAPTURED_EXAMPLE]
  }
)

const RECEIPT_EXAMPLE = {
  id: LEAD_EXAMPLE.id,
  outcome: 'created',
  externalId: LEAD_EXAMPLE.externalId,
  status: LEAD_EXAMPLE.status,
  receivedAt: LEAD_EXAMPLE.receivedAt,
  warnings: []
} as const

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
    examples: [RECEIPT_EXAMPLE]
  }
)

export const CapturedLeadsSchema = Type.Object(
  { data: Type.Array(Type.Union([ref(CapturedLeadSchema), ref(LeadReceiptSchema)])) },
  {
    $id: 'CapturedLeads',
    ...closed,
    description:
      'The leads of an ADF document, one for each prospect, in the order of the document.',
    examples: [{ data: [CAPTURED_EXAMPLE] }]
  }
)

export const CaptureResponseSchema = Type.Union(
  [ref(CapturedLeadSchema), ref(LeadReceiptSchema), ref(CapturedLeadsSchema)],
  {
    $id: 'CaptureResponse',
    description:
      'The lead, or its receipt for a key with only the scope `leads:capture`. For an ADF ' +
      'document, a list of these in `data`.',
    examples: [CAPTURED_EXAMPLE]
  }
)

const LeadReceiptsSchema = Type.Object(
  { data: Type.Array(ref(LeadReceiptSchema)) },
  {
    $id: 'LeadReceipts',
    ...closed,
    description: 'The receipts of the leads of one body, in its order.',
    examples: [{ data: [RECEIPT_EXAMPLE] }]
  }
)

export const ReferredLeadResponseSchema = Type.Union(
  [ref(LeadReceiptSchema), ref(LeadReceiptsSchema)],
  {
    $id: 'ReferredLeadResponse',
    description:
      'The receipt of the lead. For a body with several leads, a list of these in `data`.',
    examples: [RECEIPT_EXAMPLE]
  }
)

export const LeadOrReceiptSchema = Type.Union([ref(LeadSchema), ref(LeadReceiptSchema)], {
  $id: 'LeadOrReceipt',
  description: 'The lead, or its receipt for a key with only the scope `leads:capture`.',
  examples: [LEAD_EXAMPLE]
})

export const capturedLeadSchemas = [
  WarningSchema,
  ChangedLeadSchema,
  CapturedLeadSchema,
  LeadReceiptSchema,
  CapturedLeadsSchema,
  CaptureResponseSchema,
  LeadReceiptsSchema,
  ReferredLeadResponseSchema,
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
    matches: captured.matches.map((match) => presentMatch(match, locale)),
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

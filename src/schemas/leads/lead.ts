import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ACTIVITY_TYPES } from '../../domain/activities/activity.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import type { CaptureOutcome, Lead, LeadContent, NextAction } from '../../domain/leads/lead.ts'
import type { Match } from '../../domain/leads/matching.ts'
import { TEMPERATURES, TEMPERATURE_ORIGINS } from '../../domain/qualification/qualification.ts'
import { STATUS_GROUPS } from '../../domain/leads/status.ts'
import { ContactInputSchema, ContactSchema, presentContact, readContact } from './contact.ts'
import { LEAD_EXAMPLE, NEW_LEAD_EXAMPLE } from './lead-examples.ts'
import {
  ConsentInputSchema,
  ConsentSchema,
  PartySchema,
  PrequalificationInputSchema,
  PrequalificationSchema,
  TimeframeInputSchema,
  TimeframeSchema,
  UnmappedValueSchema,
  readConsent,
  readPrequalification,
  readTimeframe
} from './lead-parts.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  oneOf,
  pageOf,
  ref,
  requiredText,
  text
} from '../shared.ts'
import {
  ExternalReferenceSchema,
  VehicleInputSchema,
  VehicleSchema,
  readVehicle
} from './vehicle.ts'

const MAX_MESSAGE = 20_000

const AttributionSchema = Type.Record(
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' }),
  text(2000),
  {
    $id: 'Attribution',
    ...closed,
    maxProperties: 50,
    description:
      'How the person came: UTM parameters, click ids, pages. Open, because platforms are. Senders ' +
      'that turn mails into leads pass on here what shows that a machine wrote one, so that nobody ' +
      'answers it: `subject`, `autoSubmitted`, `precedence`, `xAutoResponseSuppress`, `xAutoreply`, ' +
      '`xAutorespond`, `listId`, `listUnsubscribe`, `returnPath` (`<>`), each as in the mail.'
  }
)

export const CustomFieldsSchema = Type.Record(
  Type.String({ pattern: '^.{1,100}$' }),
  Type.Unknown(),
  {
    $id: 'CustomFields',
    maxProperties: 200,
    description: "A sender's own fields, kept as they are."
  }
)

/** Members a sender gives, all but the contact's optional. */
const contentInput = {
  type: Type.Optional(oneOf(LEAD_TYPES, 'Default: inquiry.')),
  externalId: Type.Optional(
    nullable(requiredText(200, "The sender's own id: the same one again is the same lead."))
  ),
  submittedAt: Type.Optional(nullable(Instant('When the person sent it, by the sender’s clock.'))),
  contact: ref(ContactInputSchema),
  message: Type.Optional(nullable(text(MAX_MESSAGE))),
  vehicles: Type.Optional(Type.Array(ref(VehicleInputSchema), { maxItems: 20 })),
  timeframe: Type.Optional(nullable(ref(TimeframeInputSchema))),
  prequalification: Type.Optional(nullable(ref(PrequalificationInputSchema))),
  consents: Type.Optional(Type.Array(ref(ConsentInputSchema), { maxItems: 20 })),
  attribution: Type.Optional(nullable(ref(AttributionSchema))),
  customFields: Type.Optional(nullable(ref(CustomFieldsSchema))),
  isTest: Type.Optional(Type.Boolean({ description: 'Announced to the test address only.' }))
}

export const CreateLeadSchema = Type.Object(
  {
    ...contentInput,
    source: Type.Optional(
      requiredText(60, "A source's key. May be missing where the key is bound to a source.")
    ),
    referralCode: Type.Optional(nullable(requiredText(40))),
    assignee: Type.Optional(nullable(Id('The team member who was contacted.')))
  },
  { $id: 'CreateLead', ...closed, examples: [NEW_LEAD_EXAMPLE] }
)

/** What a landing page may send without credentials: its source is the link's. */
export const CreateReferredLeadSchema = Type.Object(
  {
    type: contentInput.type,
    contact: contentInput.contact,
    message: contentInput.message,
    vehicles: contentInput.vehicles,
    timeframe: contentInput.timeframe,
    prequalification: contentInput.prequalification,
    consents: contentInput.consents,
    attribution: contentInput.attribution
  },
  {
    $id: 'CreateReferredLead',
    ...closed,
    examples: [
      {
        contact: { fullName: 'Ewa Lis', email: 'ewa.lis@example.pl' },
        message: 'My neighbour sent me. Do you have an estate car?'
      }
    ]
  }
)

export const PatchLeadSchema = Type.Object(
  {
    contact: Type.Optional(ref(ContactInputSchema)),
    message: Type.Optional(nullable(text(MAX_MESSAGE))),
    vehicles: Type.Optional(Type.Array(ref(VehicleInputSchema), { maxItems: 20 })),
    timeframe: Type.Optional(nullable(ref(TimeframeInputSchema))),
    prequalification: Type.Optional(nullable(ref(PrequalificationInputSchema))),
    attribution: Type.Optional(nullable(ref(AttributionSchema))),
    customFields: Type.Optional(nullable(ref(CustomFieldsSchema))),
    temperature: Type.Optional(
      nullable(
        oneOf(
          TEMPERATURES,
          'Holds for the dealer’s `temperatureHoldDays`, then cools by a step. Null gives it back to ' +
            'the score.'
        )
      )
    )
  },
  {
    $id: 'PatchLead',
    ...closed,
    description:
      'RFC 7396 merge patch: members of objects are merged, null removes, arrays are replaced whole.',
    examples: [{ temperature: 'hot', contact: { language: 'en' } }]
  }
)

const LeadStatusSchema = Type.Object(
  { id: Id(), name: Type.String(), group: oneOf(STATUS_GROUPS) },
  { $id: 'LeadStatus', ...closed }
)

export const LeadSourceSchema = Type.Object(
  { id: Id(), key: Type.String(), name: Type.String() },
  { $id: 'LeadSource', ...closed }
)

export const NextActionSchema = Type.Object(
  {
    id: Id(),
    type: oneOf(ACTIVITY_TYPES),
    dueAt: nullable(Instant()),
    userId: nullable(Id('Whose it is.'))
  },
  {
    $id: 'NextAction',
    ...closed,
    description: 'The planned activity that is due first; those without a time come last.',
    examples: [
      {
        id: '01938f2e-0007-7000-8000-000000000007',
        type: 'call',
        dueAt: '2026-11-23T08:00:00.000Z',
        userId: '01938f2e-0006-7000-8000-000000000006'
      }
    ]
  }
)

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
          field: oneOf(['email', 'phone', 'firstName', 'lastName']),
          agreement: oneOf(['same', 'different'])
        },
        closed
      )
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
        score: 0.95,
        band: 'sure',
        reasons: [
          { field: 'email', agreement: 'same' },
          { field: 'firstName', agreement: 'same' },
          { field: 'lastName', agreement: 'same' }
        ]
      }
    ]
  }
)

const OUTCOMES = ['created', 'repeated', 'quarantined'] as const satisfies readonly CaptureOutcome[]

const leadMembers = {
  id: Id(),
  type: oneOf(LEAD_TYPES),
  source: ref(LeadSourceSchema),
  externalId: nullable(Type.String()),
  submittedAt: nullable(Type.String()),
  contact: ref(ContactSchema),
  message: nullable(Type.String()),
  vehicles: Type.Array(ref(VehicleSchema)),
  timeframe: nullable(ref(TimeframeSchema)),
  prequalification: nullable(ref(PrequalificationSchema)),
  consents: Type.Array(ref(ConsentSchema)),
  attribution: ref(AttributionSchema),
  customFields: ref(CustomFieldsSchema),
  references: Type.Array(ref(ExternalReferenceSchema)),
  vendor: nullable(ref(PartySchema)),
  provider: nullable(ref(PartySchema)),
  unmapped: Type.Array(ref(UnmappedValueSchema), {
    description: 'What a document said that has no member of its own.'
  }),
  isTest: Type.Boolean(),
  status: ref(LeadStatusSchema),
  assignee: nullable(ref(ReferenceSchema)),
  queue: nullable(ref(ReferenceSchema)),
  promoter: nullable(ref(ReferenceSchema)),
  referralLink: nullable(Type.Object({ id: Id(), code: Type.String() }, closed)),
  client: nullable(ref(ReferenceSchema)),
  duplicateOf: nullable(Id('The earlier open lead that this one repeats.')),
  quarantined: Type.Boolean(),
  quarantineReason: nullable(Type.String()),
  temperature: nullable(oneOf(TEMPERATURES)),
  temperatureBy: nullable(
    oneOf(TEMPERATURE_ORIGINS, 'A person’s word holds for a while, whatever the score.')
  ),
  score: nullable(Type.Integer()),
  nextAction: nullable(ref(NextActionSchema)),
  version: Type.Integer(),
  receivedAt: Instant(),
  createdAt: Instant(),
  updatedAt: Instant()
}

export const LeadSchema = Type.Object(leadMembers, {
  $id: 'Lead',
  ...closed,
  examples: [LEAD_EXAMPLE]
})

export const CapturedLeadSchema = Type.Object(
  {
    ...leadMembers,
    outcome: oneOf(OUTCOMES, 'What became of it.'),
    matches: Type.Array(ref(MatchSchema), { description: 'The ten best.' })
  },
  {
    $id: 'CapturedLead',
    ...closed,
    examples: [{ ...LEAD_EXAMPLE, outcome: 'created', matches: [] }]
  }
)

export const LeadReceiptSchema = Type.Object(
  {
    id: Id(),
    outcome: oneOf(OUTCOMES),
    externalId: nullable(Type.String()),
    status: ref(LeadStatusSchema),
    receivedAt: Instant()
  },
  {
    $id: 'LeadReceipt',
    ...closed,
    description: 'What those may know who may only post leads.',
    examples: [
      {
        id: LEAD_EXAMPLE.id,
        outcome: 'created',
        externalId: LEAD_EXAMPLE.externalId,
        status: LEAD_EXAMPLE.status,
        receivedAt: LEAD_EXAMPLE.receivedAt
      }
    ]
  }
)

export const CapturedLeadsSchema = Type.Object(
  { data: Type.Array(Type.Union([ref(CapturedLeadSchema), ref(LeadReceiptSchema)])) },
  {
    $id: 'CapturedLeads',
    ...closed,
    description: 'Of an ADF document: one lead for each prospect, in their order.'
  }
)

export const CaptureAnswerSchema = Type.Union(
  [ref(CapturedLeadSchema), ref(LeadReceiptSchema), ref(CapturedLeadsSchema)],
  {
    $id: 'CaptureAnswer',
    description:
      'The lead; its receipt, for a key that may only capture; or `data` with each, for ADF.',
    examples: [{ ...LEAD_EXAMPLE, outcome: 'created', matches: [] }]
  }
)

export const LeadOrReceiptSchema = Type.Union([ref(LeadSchema), ref(LeadReceiptSchema)], {
  $id: 'LeadOrReceipt',
  description: 'The lead, or its receipt for a key that may only capture.',
  examples: [LEAD_EXAMPLE]
})

export const LeadPageSchema = pageOf(LeadSchema)

export const leadSchemas = [
  AttributionSchema,
  CustomFieldsSchema,
  CreateLeadSchema,
  CreateReferredLeadSchema,
  PatchLeadSchema,
  LeadStatusSchema,
  LeadSourceSchema,
  NextActionSchema,
  MatchSchema,
  LeadSchema,
  CapturedLeadSchema,
  LeadReceiptSchema,
  CapturedLeadsSchema,
  CaptureAnswerSchema,
  LeadOrReceiptSchema,
  LeadPageSchema
]

type LeadInput = Omit<Static<typeof CreateLeadSchema>, 'source' | 'referralCode' | 'assignee'>

/** A posted lead in the domain's words, normalised by the dealer's country. */
export function readLead(input: LeadInput, country: string): LeadContent {
  return {
    type: input.type ?? 'inquiry',
    externalId: input.externalId ?? null,
    submittedAt: input.submittedAt ?? null,
    contact: readContact(input.contact, country),
    message: input.message ?? null,
    vehicles: (input.vehicles ?? []).map(readVehicle),
    timeframe: readTimeframe(input.timeframe),
    prequalification: readPrequalification(input.prequalification),
    consents: (input.consents ?? []).map(readConsent),
    attribution: input.attribution ?? {},
    customFields: input.customFields ?? {},
    references: [],
    vendor: null,
    provider: null,
    unmapped: [],
    isTest: input.isTest ?? false
  }
}

export function presentLead(lead: Lead): Static<typeof LeadSchema> {
  const { content } = lead
  const receivedAt = lead.receivedAt.toISOString()
  return {
    id: lead.id,
    type: content.type,
    source: lead.source,
    externalId: content.externalId,
    submittedAt: content.submittedAt,
    contact: presentContact(content.contact),
    message: content.message,
    vehicles: content.vehicles,
    timeframe: content.timeframe,
    prequalification: content.prequalification,
    consents: content.consents,
    attribution: content.attribution,
    customFields: content.customFields,
    references: content.references,
    vendor: presentParty(content.vendor),
    provider: presentParty(content.provider),
    unmapped: content.unmapped,
    isTest: content.isTest,
    status: lead.status,
    assignee: lead.assignee,
    queue: lead.queue,
    promoter: lead.promoter,
    referralLink: lead.referralLink,
    client: lead.client,
    duplicateOf: lead.duplicateOf,
    quarantined: lead.quarantineReason !== null,
    quarantineReason: lead.quarantineReason,
    temperature: lead.temperature,
    temperatureBy: lead.temperatureBy,
    score: lead.score,
    nextAction: presentNextAction(lead.nextAction),
    version: lead.version,
    receivedAt,
    createdAt: receivedAt,
    updatedAt: lead.updatedAt.toISOString()
  }
}

/** A lead as captured: what became of it, and who it may be. */
export interface CapturedLead {
  lead: Lead
  outcome: CaptureOutcome
  matches: readonly Match[]
}

export function presentCapturedLead(captured: CapturedLead): Static<typeof CapturedLeadSchema> {
  return {
    ...presentLead(captured.lead),
    outcome: captured.outcome,
    matches: [...captured.matches]
  }
}

export function presentReceipt(
  lead: Lead,
  outcome: CaptureOutcome
): Static<typeof LeadReceiptSchema> {
  return {
    id: lead.id,
    outcome,
    externalId: lead.content.externalId,
    status: lead.status,
    receivedAt: lead.receivedAt.toISOString()
  }
}

function presentNextAction(action: NextAction | null): Static<typeof NextActionSchema> | null {
  return action && { ...action, dueAt: action.dueAt?.toISOString() ?? null }
}

function presentParty(party: LeadContent['vendor']): Static<typeof PartySchema> | null {
  return party && { ...party, contact: party.contact && presentContact(party.contact) }
}

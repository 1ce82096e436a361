import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { TEMPERATURES, TEMPERATURE_ORIGINS } from '../../domain/leads/temperature.ts'
import { QUARANTINE_REASONS } from '../../domain/reasons/decision-reasons.ts'
import { LIST_CHECKS } from '../../domain/reasons/list-reasons.ts'
import type { ListCheckCode } from '../../domain/reasons/list-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { presentReason, reasonSchema } from '../reason.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  oneOf,
  changePageOf,
  ref
} from '../shared.ts'
import { sparseOf, sparsePageOf } from '../sparse.ts'
import { ContactSchema, presentContact } from './contact.ts'
import { AttributionSchema, CustomFieldsSchema, NEW_LEAD_EXAMPLE, readLead } from './lead-input.ts'
import {
  ConsentSchema,
  PartySchema,
  PrequalificationSchema,
  TimeframeSchema,
  UnmappedValueSchema,
  inUtc
} from './lead-parts.ts'
import { NextActionSchema, presentNextAction } from './next-action.ts'
import { ExternalReferenceSchema, VehicleSchema } from './vehicle.ts'
import { ExpandedLeadSchema } from './expanded-lead.ts'
import { WaitingSchema } from './waiting.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const LeadStatusSchema = Type.Object(
  { id: Id(), name: Type.String(), group: oneOf(STATUS_GROUPS) },
  { $id: 'LeadStatus', ...closed }
)

const LeadStatusReasonSchema = Type.Object(
  {
    id: nullable(Id('A reason of `GET /v1/status-reasons`. Null: a text that is not of the list.')),
    key: nullable(Type.String()),
    name: Type.String({ description: 'The name of the reason, or the text.' })
  },
  {
    $id: 'LeadStatusReason',
    ...closed,
    description: 'Why the lead is lost or deleted.',
    examples: [
      {
        id: EXAMPLE_IDS.statusReason,
        key: 'bought-elsewhere',
        name: 'Bought elsewhere'
      }
    ]
  }
)

export const LeadSourceSchema = Type.Object(
  { id: Id(), key: Type.String(), name: Type.String() },
  { $id: 'LeadSource', ...closed }
)

const QuarantineReasonSchema = reasonSchema(
  'QuarantineReason',
  QUARANTINE_REASONS,
  because('unreachable')
)

export const leadMembers = {
  id: Id(),
  displayName: nullable(
    Type.String({
      description: 'The name of the person, otherwise the company, e-mail address or phone number.'
    })
  ),
  type: oneOf(LEAD_TYPES),
  source: ref(LeadSourceSchema),
  externalId: nullable(Type.String()),
  submittedAt: nullable(Type.String({ description: 'UTC.' })),
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
    description:
      'Texts of the request that have no field, or that were repaired, as they were given.'
  }),
  isTest: Type.Boolean(),
  status: ref(LeadStatusSchema),
  statusReason: nullable(ref(LeadStatusReasonSchema)),
  assignee: nullable(ref(ReferenceSchema)),
  queue: nullable(
    ref(ReferenceSchema, 'The queue in which it waits. Null: it is assigned, converted or closed.')
  ),
  promoter: nullable(ref(ReferenceSchema)),
  referralLink: nullable(Type.Object({ id: Id(), code: Type.String() }, closed)),
  client: nullable(ref(ReferenceSchema)),
  duplicateOf: nullable(Id('The earlier open lead that this one repeats.')),
  quarantined: Type.Boolean(),
  quarantineReason: nullable(ref(QuarantineReasonSchema)),
  temperature: nullable(oneOf(TEMPERATURES)),
  temperatureBy: nullable(
    oneOf(
      TEMPERATURE_ORIGINS,
      'The origin of the temperature. A temperature set by a user holds for a while, ' +
        'independent of the score.'
    )
  ),
  score: nullable(Type.Integer()),
  nextAction: nullable(ref(NextActionSchema)),
  version: Type.Integer(),
  receivedAt: Instant('When the lead was received.'),
  createdAt: Instant(
    'The same as `receivedAt`: the time of receipt, which an import can set in the past.'
  ),
  updatedAt: Instant(),
  statusSince: Instant('Since when the lead has its status.'),
  expanded: Type.Optional(ref(ExpandedLeadSchema, 'Only with `expand`.')),
  waiting: Type.Optional(
    Type.Array(ref(WaitingSchema), {
      description:
        'The open requests and offers of the lead. Only in the response of `GET /v1/leads/{id}` without ' +
        '`fields`. Absent: there are none.'
    })
  ),
  lastTouchAt: nullable(
    Instant(
      'When a user or key last worked on the lead: moved it to another status, linked, converted, qualified ' +
        'or offered it, or completed an activity. Corrections do not count: an unlink, a move to another ' +
        'client, a merge of clients or an undo.'
    )
  )
}

/** The lead that the contract shows: what becomes of the one that is posted. */
export const LEAD_EXAMPLE = presentLead(
  {
    id: EXAMPLE_IDS.lead,
    content: readLead(NEW_LEAD_EXAMPLE, 'PL'),
    source: { id: EXAMPLE_IDS.website, key: 'website', name: 'Website' },
    status: { id: EXAMPLE_IDS.statusNew, name: 'new', group: 'new' },
    assignee: null,
    queue: { id: EXAMPLE_IDS.defaultQueue, name: 'Default' },
    promoter: null,
    statusReason: null,
    statusReasonText: null,
    referralLink: null,
    client: null,
    duplicateOf: null,
    quarantineReason: null,
    temperature: null,
    temperatureBy: null,
    score: null,
    nextAction: null,
    version: 1,
    receivedAt: new Date('2026-11-21T17:03:12.345Z'),
    updatedAt: new Date('2026-11-21T17:03:12.345Z'),
    statusSince: new Date('2026-11-21T17:03:12.345Z'),
    lastTouchAt: null
  },
  'en'
)

export const LeadSchema = Type.Object(leadMembers, {
  $id: 'Lead',
  ...closed,
  examples: [LEAD_EXAMPLE]
})

/** The members that `fields` can name. */
export const LEAD_FIELDS = Object.keys(leadMembers).filter(
  (name) => name !== 'expanded' && name !== 'waiting'
)

export const SparseLeadSchema = sparseOf(LeadSchema, 'SparseLead')

const ListCheckSchema = reasonSchema('ListCheck', LIST_CHECKS, because('in_no_queue'))

export const LeadPageSchema = Type.Object(
  {
    ...changePageOf(LeadSchema).properties,
    checks: Type.Optional(
      Type.Array(ref(ListCheckSchema), {
        description: 'Why `GET /v1/leads` has no lead for you. Absent where it has leads.'
      })
    )
  },
  { $id: 'LeadPage', ...closed }
)

export const SparseLeadPageSchema = sparsePageOf(LeadPageSchema, SparseLeadSchema, 'SparseLeadPage')

export function presentListCheck(code: ListCheckCode, locale: Locale) {
  return presentReason(because(code), locale)
}

export const leadSchemas = [
  ExpandedLeadSchema,
  QuarantineReasonSchema,
  LeadStatusSchema,
  LeadStatusReasonSchema,
  LeadSourceSchema,
  NextActionSchema,
  WaitingSchema,
  LeadSchema,
  ListCheckSchema,
  LeadPageSchema,
  SparseLeadSchema,
  SparseLeadPageSchema
]

export function presentLead(lead: Lead, locale: Locale): Static<TObject<typeof leadMembers>> {
  const { content } = lead
  const receivedAt = lead.receivedAt.toISOString()
  return {
    id: lead.id,
    displayName: recognisableName(content.contact),
    source: lead.source,
    ...content,
    submittedAt: inUtc(content.submittedAt),
    consents: content.consents.map((one) => ({ ...one, givenAt: inUtc(one.givenAt) })),
    contact: presentContact(content.contact),
    vendor: presentParty(content.vendor),
    provider: presentParty(content.provider),
    status: lead.status,
    statusReason: presentStatusReason(lead),
    assignee: lead.assignee,
    queue: lead.queue,
    promoter: lead.promoter,
    referralLink: lead.referralLink,
    client: lead.client,
    duplicateOf: lead.duplicateOf,
    quarantined: lead.quarantineReason !== null,
    quarantineReason:
      lead.quarantineReason && presentReason(because(lead.quarantineReason), locale),
    temperature: lead.temperature,
    temperatureBy: lead.temperatureBy,
    score: lead.score,
    nextAction: presentNextAction(lead.nextAction),
    version: lead.version,
    receivedAt,
    createdAt: receivedAt,
    updatedAt: lead.updatedAt.toISOString(),
    statusSince: lead.statusSince.toISOString(),
    lastTouchAt: lead.lastTouchAt?.toISOString() ?? null
  }
}

function presentStatusReason({
  statusReason,
  statusReasonText
}: Lead): Static<typeof LeadStatusReasonSchema> | null {
  if (statusReason) return statusReason
  return statusReasonText === null ? null : { id: null, key: null, name: statusReasonText }
}

function presentParty(party: LeadContent['vendor']): Static<typeof PartySchema> | null {
  return party && { ...party, contact: party.contact && presentContact(party.contact) }
}

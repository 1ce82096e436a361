import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { Id, Instant, closed, nullable, oneOf, ref, requiredText, text } from '../shared.ts'
import { ContactInputSchema, readContact } from './contact.ts'
import { NEW_LEAD_EXAMPLE } from './lead-examples.ts'
import {
  ConsentInputSchema,
  PrequalificationInputSchema,
  TimeframeInputSchema,
  readConsent,
  readPrequalification,
  readTimeframe
} from './lead-parts.ts'
import { VehicleInputSchema, readVehicle } from './vehicle.ts'

const MAX_MESSAGE = 20_000

export const AttributionSchema = Type.Record(
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

export const leadInputSchemas = [
  AttributionSchema,
  CustomFieldsSchema,
  CreateLeadSchema,
  CreateReferredLeadSchema,
  PatchLeadSchema
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

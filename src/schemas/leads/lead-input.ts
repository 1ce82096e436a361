import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import { MAX_CONSENTS } from '../../domain/leads/consent-names.ts'
import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { EMPTY_LEAD } from '../../domain/leads/empty-lead.ts'
import { knownVehicles } from '../../domain/leads/known-vehicles.ts'
import { pointerTo } from '../../domain/text/json-pointer.ts'
import { plainProse } from '../../domain/leads/plain-prose.ts'
import type { LeadContent } from '../../domain/leads/lead.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { SentInstant, closed, nullable, oneOf, ref, requiredText, text } from '../shared.ts'
import { ContactInputSchema, readContact } from './contact.ts'
import {
  ConsentInputSchema,
  PrequalificationInputSchema,
  TimeframeInputSchema,
  readConsent,
  readPrequalification,
  readTimeframe
} from './lead-parts.ts'
import { VehicleInputSchema } from './vehicle.ts'
import { readVehicle } from './read-vehicle.ts'

export const AttributionSchema = Type.Record(
  Type.String({ pattern: /^[A-Za-z][A-Za-z0-9_]{0,63}$/u.source }),
  text(2000),
  {
    $id: 'Attribution',
    ...closed,
    maxProperties: 50,
    description:
      'The origin of the visit: UTM parameters, click ids, pages. Other fields are allowed. Senders ' +
      'that turn mails into leads add the headers that mark automatic mail, so that it gets no ' +
      'auto-response: `subject`, `autoSubmitted`, `precedence`, `xAutoResponseSuppress`, `xAutoreply`, ' +
      '`xAutorespond`, `listId`, `listUnsubscribe`, `returnPath` (`<>`), each as in the mail.'
  }
)

export const CustomFieldsSchema = Type.Record(
  Type.String({ pattern: /^.{1,100}$/u.source }),
  Type.Unknown(),
  {
    $id: 'CustomFields',
    maxProperties: 200,
    description:
      'The custom fields of the dealer or the sender. Fields without a definition are stored ' +
      'unchanged.'
  }
)

/** Members a sender gives, all but the contact's optional. */
const contentInput = {
  type: Type.Optional(oneOf(LEAD_TYPES, 'Default: inquiry.')),
  externalId: Type.Optional(
    nullable(
      requiredText(
        200,
        'The sender’s own id. A second request with the same id returns the same lead.'
      )
    )
  ),
  submittedAt: Type.Optional(
    nullable(SentInstant('The time when the person sent the request, by the sender’s clock.'))
  ),
  contact: ref(ContactInputSchema),
  message: Type.Optional(nullable(text(20_000))),
  vehicles: Type.Optional(Type.Array(ref(VehicleInputSchema), { maxItems: 20 })),
  timeframe: Type.Optional(nullable(ref(TimeframeInputSchema))),
  prequalification: Type.Optional(nullable(ref(PrequalificationInputSchema))),
  consents: Type.Optional(Type.Array(ref(ConsentInputSchema), { maxItems: MAX_CONSENTS })),
  attribution: Type.Optional(nullable(ref(AttributionSchema))),
  customFields: Type.Optional(nullable(ref(CustomFieldsSchema))),
  isTest: Type.Optional(
    Type.Boolean({
      description: '`true`: a test lead. Its notifications go only to the test address.'
    })
  )
}

/** Members that say where a lead goes, and are no part of it. */
const directions = {
  source: Type.Optional(
    requiredText(
      60,
      'The key of the source; another spelling of it, its name or its id is accepted. Optional when the ' +
        'API key is limited to one source. Default for users: the oldest active source of kind `walk_in`.'
    )
  ),
  referralCode: Type.Optional(nullable(requiredText(40))),
  assignee: Type.Optional(
    nullable(
      requiredText(
        200,
        'The user to assign, such as the one that the person wrote to. By id, e-mail address or name; ' +
          '`me` is the calling user. An object with an `id` or `email`, and the name `assigneeId`, are accepted. A text that names no user is kept in `unmapped`.'
      )
    )
  )
}

/** The member of a posted lead without which it can't be stored: the lead is refused where it is wrong. */
export const REQUIRED_DIRECTIONS = ['source'] as const satisfies (keyof typeof directions)[]

type LeadInput = Static<TObject<typeof contentInput & typeof directions>>

/** The lead that the contract shows being posted. */
export const NEW_LEAD_EXAMPLE: LeadInput = {
  type: 'inquiry',
  source: 'website',
  externalId: 'form-20261121-0042',
  submittedAt: '2026-11-21T18:03:11+01:00',
  contact: {
    firstName: 'Łukasz',
    lastName: 'Żółć',
    email: 'Lukasz@Example.pl',
    phone: '601 234 567',
    otherPhones: [{ number: '+48 22 123 45 67', type: 'work' }],
    preferredChannel: 'phone',
    preferredTime: 'evening',
    language: 'pl',
    address: {
      street: ['ul. Długa 7'],
      city: 'Kraków',
      postalCode: '31-146',
      country: 'PL'
    }
  },
  message: 'Is the blue one still there?',
  vehicles: [
    {
      interest: 'buy',
      condition: 'used',
      year: 2022,
      make: 'Kia',
      model: 'Ceed',
      trim: 'GT Line',
      stockNumber: 'U1234',
      odometer: { value: 41000, unit: 'km' },
      price: { amount: '79900.00', currency: 'PLN' }
    }
  ],
  consents: [
    {
      purpose: 'marketing',
      channel: 'email',
      granted: true,
      text: 'Yes, write to me',
      language: 'en'
    }
  ],
  attribution: { landingPage: 'https://dealer.example/ceed', utmSource: 'google' },
  customFields: {},
  isTest: false
}

export const CreateLeadSchema = Type.Object(
  { ...contentInput, ...directions },
  { $id: 'CreateLead', ...closed, examples: [NEW_LEAD_EXAMPLE] }
)

const {
  externalId: _externalId,
  submittedAt: _submittedAt,
  customFields: _customFields,
  isTest: _isTest,
  ...referredInput
} = contentInput

/** The lead that a landing page may send without credentials: its source is the link's. */
export const CreateReferredLeadSchema = Type.Object(referredInput, {
  $id: 'CreateReferredLead',
  ...closed,
  examples: [
    {
      contact: { fullName: 'Ewa Lis', email: 'ewa.lis@example.pl' },
      message: 'My neighbour sent me. Do you have an estate car?'
    }
  ]
})

const { type: _type, consents: _consents, ...patchedInput } = referredInput

export const PatchLeadSchema = Type.Object(
  {
    ...patchedInput,
    contact: Type.Optional(patchedInput.contact),
    customFields: contentInput.customFields,
    temperature: Type.Optional(
      nullable(
        oneOf(
          TEMPERATURES,
          'Sets the temperature for `temperatureHoldDays` of the dealer; after that it ' +
            'drops by one step. Null: the score sets the temperature again.'
        )
      )
    )
  },
  {
    $id: 'PatchLead',
    ...closed,
    description:
      'RFC 7396 merge patch: objects are merged, null removes a value, and arrays are ' +
      'replaced as a whole.',
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

/** A posted lead in the domain's words, normalised by the dealer's country. */
export function readLead(input: LeadInput, country: string): LeadContent {
  const { source: _source, referralCode: _code, assignee: _assignee, ...content } = input
  const { contact, repairs } = readContact(content.contact, country)
  const given = content.vehicles ?? []
  // What could not be read was taken out before.
  const isSilent = (index: number) => Object.keys(given[index] ?? {}).length === 0
  const known = knownVehicles(given.map(readVehicle), '/vehicles', isSilent)
  const read: LeadContent = {
    ...EMPTY_LEAD,
    ...content,
    contact,
    unmapped: [...repairs, ...known.repairs],
    vehicles: known.vehicles,
    timeframe: readTimeframe(content.timeframe),
    prequalification: readPrequalification(content.prequalification),
    consents: (content.consents ?? []).map(readConsent),
    attribution: content.attribution ?? {},
    customFields: content.customFields ?? {}
  }
  return plainProse(read, pointerTo)
}

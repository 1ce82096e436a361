import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import type { Client, ClientContent } from '../../domain/clients/client.ts'
import { knownVehicles } from '../../domain/leads/known-vehicles.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { ContactInputSchema, ContactSchema, presentContact, readContact } from '../leads/contact.ts'
import { NEW_LEAD_EXAMPLE } from '../leads/lead-input.ts'
import { patchContact } from '../leads/lead-patch.ts'
import { ConsentInputSchema, ConsentSchema, readConsent } from '../leads/lead-parts.ts'
import { CustomFieldsSchema } from '../leads/lead-input.ts'
import { LEAD_EXAMPLE, LeadSourceSchema } from '../leads/lead.ts'
import { presentWarnings, warnings } from '../leads/warning.ts'
import { mergePatch } from '../merge-patch.ts'
import { Named } from '../named.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  changePageOf,
  ref,
  text
} from '../shared.ts'
import { sparseOf, sparsePageOf } from '../sparse.ts'
import { VehicleInputSchema, VehicleSchema } from '../leads/vehicle.ts'
import { readVehicle } from '../leads/read-vehicle.ts'
import { EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

const MAX_DESCRIPTION = 20_000

const CLIENT_EXAMPLE = {
  id: EXAMPLE_IDS.client,
  name: 'Łukasz Żółć',
  contact: LEAD_EXAMPLE.contact,
  description: LEAD_EXAMPLE.message,
  vehicleInterests: LEAD_EXAMPLE.vehicles,
  consents: LEAD_EXAMPLE.consents,
  customFields: {},
  source: LEAD_EXAMPLE.source,
  responsibleUser: EXAMPLE_USER,
  account: { id: EXAMPLE_IDS.account, name: 'Auto Żółć sp. z o.o.' },
  createdFromLead: LEAD_EXAMPLE.id,
  version: 1,
  createdAt: '2026-11-21T17:20:00.000Z',
  updatedAt: '2026-11-21T17:20:00.000Z'
} as const

/** By name: the schemas of these records import this one. */
const recordOf = (name: string) => Type.Unsafe<object>({ $ref: `${name}#` })

const ExpandedClientSchema = Type.Object(
  {
    responsibleUser: Type.Optional(nullable(recordOf('User'))),
    account: Type.Optional(nullable(recordOf('Account'))),
    createdFromLead: Type.Optional(nullable(recordOf('Lead')))
  },
  {
    $id: 'ExpandedClient',
    ...closed,
    description:
      'The records that `expand` names. Null: there is none, or the caller does not see it.',
    examples: [{ responsibleUser: null, account: null }]
  }
)

export const ClientSchema = Type.Object(
  {
    id: Id(),
    name: Type.String({
      description: 'The display name: the name, otherwise an e-mail address or a phone number.'
    }),
    contact: ref(ContactSchema),
    description: nullable(Type.String()),
    vehicleInterests: Type.Array(ref(VehicleSchema)),
    consents: Type.Array(ref(ConsentSchema)),
    customFields: ref(CustomFieldsSchema),
    source: nullable(ref(LeadSourceSchema)),
    responsibleUser: nullable(ref(ReferenceSchema)),
    account: nullable(ref(ReferenceSchema, 'The account that the client belongs to.')),
    createdFromLead: nullable(
      Id(
        'The lead whose conversion created the client. Null after that lead is unlinked or ' +
          'moved.'
      )
    ),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant(),
    expanded: Type.Optional(ref(ExpandedClientSchema, 'Only with `expand`.'))
  },
  { $id: 'Client', ...closed, examples: [CLIENT_EXAMPLE] }
)

export const CreateClientSchema = Type.Object(
  {
    contact: ref(ContactInputSchema),
    description: Type.Optional(nullable(text(MAX_DESCRIPTION))),
    vehicleInterests: Type.Optional(Type.Array(ref(VehicleInputSchema), { maxItems: 20 })),
    consents: Type.Optional(Type.Array(ref(ConsentInputSchema), { maxItems: 20 })),
    customFields: Type.Optional(nullable(ref(CustomFieldsSchema))),
    source: Type.Optional(nullable(Named('source'))),
    responsibleUserId: Type.Optional(
      nullable(Named('user', 'Default: the calling member; null for an admin or a key.'))
    ),
    accountId: Type.Optional(nullable(Id('The account that the client belongs to.'))),
    allowDuplicate: Type.Optional(
      Type.Boolean({
        description: '`true` creates the client even if a client is surely the same person.'
      })
    )
  },
  {
    $id: 'CreateClient',
    ...closed,
    examples: [
      { contact: NEW_LEAD_EXAMPLE.contact, source: 'walk-in', description: 'Came by on Friday.' }
    ]
  }
)

export const PatchClientSchema = Type.Object(
  {
    contact: Type.Optional(ref(ContactInputSchema)),
    description: Type.Optional(nullable(text(MAX_DESCRIPTION))),
    vehicleInterests: Type.Optional(Type.Array(ref(VehicleInputSchema), { maxItems: 20 })),
    customFields: Type.Optional(nullable(ref(CustomFieldsSchema))),
    responsibleUserId: Type.Optional(
      nullable(
        Named(
          'user',
          'Members can give away only clients that they are responsible for; others are `forbidden`.'
        )
      )
    ),
    accountId: Type.Optional(nullable(Id()))
  },
  {
    $id: 'PatchClient',
    ...closed,
    description:
      'RFC 7396 merge patch: objects are merged, null removes a value, and arrays are ' +
      'replaced as a whole.',
    examples: [{ description: 'Prefers estates.', contact: { phone: '+48 601 234 567' } }]
  }
)

export const SavedClientSchema = Type.Object(
  { ...ClientSchema.properties, warnings },
  { $id: 'SavedClient', ...closed, examples: [{ ...CLIENT_EXAMPLE, warnings: [] }] }
)

export const ClientPageSchema = changePageOf(ClientSchema)

/** The members that `fields` can name. */
export const CLIENT_FIELDS = Object.keys(ClientSchema.properties).filter(
  (name) => name !== 'expanded'
)

export const SparseClientSchema = sparseOf(ClientSchema, 'SparseClient')

export const SparseClientPageSchema = sparsePageOf(
  ClientPageSchema,
  SparseClientSchema,
  'SparseClientPage'
)

export const clientSchemas = [
  ExpandedClientSchema,
  ClientSchema,
  SavedClientSchema,
  CreateClientSchema,
  PatchClientSchema,
  ClientPageSchema,
  SparseClientSchema,
  SparseClientPageSchema
]

/** A client as read from a request, and what was repaired in it. */
interface ReadClient {
  content: ClientContent
  repairs: UnmappedValue[]
}

/** A client as posted, normalised by the dealer's country. */
export function readClient(input: Static<typeof CreateClientSchema>, country: string): ReadClient {
  const { contact, repairs } = readContact(input.contact, country)
  const known = readInterests(input.vehicleInterests ?? [])
  return {
    content: {
      contact,
      description: input.description ?? null,
      vehicleInterests: known.vehicles,
      consents: (input.consents ?? []).map(readConsent),
      customFields: input.customFields ?? {}
    },
    repairs: [...repairs, ...known.repairs]
  }
}

function readInterests(interests: readonly Static<typeof VehicleInputSchema>[]) {
  return knownVehicles(interests.map(readVehicle), '/vehicleInterests')
}

/** The content with a merge patch applied, in the wire's words, and normalised again. */
export function patchClientContent(
  content: ClientContent,
  patch: Static<typeof PatchClientSchema>,
  country: string
): ReadClient {
  const { contact, description, vehicleInterests, customFields } = patch
  const person = contact ? patchContact(content.contact, contact, country) : null
  const known = vehicleInterests ? readInterests(vehicleInterests) : null
  const changed: ClientContent = {
    ...content,
    ...(person ? { contact: person.contact } : {}),
    ...(description === undefined ? {} : { description }),
    ...(known ? { vehicleInterests: known.vehicles } : {}),
    ...(customFields === undefined
      ? {}
      : {
          customFields: (mergePatch(content.customFields, customFields) ??
            {}) as ClientContent['customFields']
        })
  }
  return { content: changed, repairs: [...(person?.repairs ?? []), ...(known?.repairs ?? [])] }
}

/** A client that was written, with what was repaired in the request. */
export function presentSavedClient(
  client: Client,
  repairs: readonly UnmappedValue[],
  locale: Locale
): Static<typeof SavedClientSchema> {
  return { ...presentClient(client), warnings: presentWarnings(repairs, locale) }
}

export function presentClient(client: Client): Static<typeof ClientSchema> {
  const { contact, ...content } = client.content
  return {
    id: client.id,
    name: client.displayName,
    contact: presentContact(contact),
    ...content,
    source: client.source,
    responsibleUser: client.responsibleUser,
    account: client.account,
    createdFromLead: client.createdFromLeadId,
    version: client.version,
    createdAt: client.createdAt.toISOString(),
    updatedAt: client.updatedAt.toISOString()
  }
}

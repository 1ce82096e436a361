import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { MAX_OTHER_POINTS } from '../../domain/leads/contact.ts'
import { EMPTY_ADDRESS, EMPTY_CONTACT } from '../../domain/leads/empty-lead.ts'
import {
  ADDRESS_TYPES,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  PHONE_TYPES
} from '../../domain/leads/lead.ts'
import type { Contact, PostalAddress } from '../../domain/leads/lead.ts'
import { readEmail, readPhone } from './contact-point.ts'
import { closed, nullable, oneOf, ref, requiredText, text } from '../shared.ts'

export const AddressInputSchema = Type.Object(
  {
    street: Type.Optional(Type.Array(text(), { maxItems: 5, description: 'Line by line.' })),
    apartment: Type.Optional(nullable(text(50))),
    city: Type.Optional(nullable(text(100))),
    region: Type.Optional(nullable(text(100))),
    postalCode: Type.Optional(nullable(text(20))),
    country: Type.Optional(
      nullable(Type.String({ pattern: /^[A-Z]{2}$/u.source, description: 'ISO 3166-1 alpha-2.' }))
    ),
    type: Type.Optional(nullable(oneOf(ADDRESS_TYPES)))
  },
  { $id: 'AddressInput', ...closed }
)

export const AddressSchema = Type.Object(
  {
    street: Type.Array(Type.String()),
    apartment: nullable(Type.String()),
    city: nullable(Type.String()),
    region: nullable(Type.String()),
    postalCode: nullable(Type.String()),
    country: nullable(Type.String()),
    type: nullable(oneOf(ADDRESS_TYPES))
  },
  { $id: 'Address', ...closed }
)

const PhoneInputSchema = Type.Object(
  {
    number: requiredText(60, 'As the person wrote it.'),
    type: Type.Optional(oneOf(PHONE_TYPES)),
    time: Type.Optional(nullable(oneOf(CONTACT_TIMES)))
  },
  { $id: 'PhoneInput', ...closed }
)

export const ContactInputSchema = Type.Object(
  {
    firstName: Type.Optional(nullable(text())),
    middleName: Type.Optional(nullable(text())),
    lastName: Type.Optional(nullable(text())),
    nameSuffix: Type.Optional(nullable(text(50))),
    fullName: Type.Optional(nullable(text(400, 'The name whole, where its parts are not known.'))),
    companyName: Type.Optional(nullable(text())),
    email: Type.Optional(nullable(text(320))),
    otherEmails: Type.Optional(Type.Array(requiredText(320), { maxItems: MAX_OTHER_POINTS })),
    phone: Type.Optional(nullable(text(60, 'In any written form.'))),
    phoneType: Type.Optional(nullable(oneOf(PHONE_TYPES))),
    otherPhones: Type.Optional(Type.Array(ref(PhoneInputSchema), { maxItems: MAX_OTHER_POINTS })),
    preferredChannel: Type.Optional(nullable(oneOf(CONTACT_CHANNELS))),
    preferredTime: Type.Optional(nullable(oneOf(CONTACT_TIMES))),
    language: Type.Optional(
      nullable(
        Type.String({
          pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.source,
          description: 'BCP 47.'
        })
      )
    ),
    address: Type.Optional(nullable(ref(AddressInputSchema)))
  },
  { $id: 'ContactInput', ...closed }
)

const PhoneSchema = Type.Object(
  {
    number: Type.String({ description: 'E.164 where `valid`, else as given.' }),
    raw: Type.String({ description: 'As given.' }),
    valid: Type.Boolean(),
    type: oneOf(PHONE_TYPES),
    time: nullable(oneOf(CONTACT_TIMES))
  },
  { $id: 'Phone', ...closed }
)

export const ContactSchema = Type.Object(
  {
    firstName: nullable(Type.String()),
    middleName: nullable(Type.String()),
    lastName: nullable(Type.String()),
    nameSuffix: nullable(Type.String()),
    fullName: nullable(Type.String()),
    companyName: nullable(Type.String()),
    email: nullable(Type.String({ description: 'Normalised; as given where not `emailValid`.' })),
    emailValid: nullable(Type.Boolean()),
    otherEmails: Type.Array(Type.String()),
    phone: nullable(Type.String({ description: 'E.164; as given where not `phoneValid`.' })),
    phoneRaw: nullable(Type.String({ description: 'As given.' })),
    phoneValid: nullable(Type.Boolean()),
    phoneType: nullable(oneOf(PHONE_TYPES)),
    otherPhones: Type.Array(ref(PhoneSchema)),
    preferredChannel: nullable(oneOf(CONTACT_CHANNELS)),
    preferredTime: nullable(oneOf(CONTACT_TIMES)),
    language: nullable(Type.String()),
    address: nullable(ref(AddressSchema))
  },
  { $id: 'Contact', ...closed }
)

export const contactSchemas = [
  AddressInputSchema,
  AddressSchema,
  PhoneInputSchema,
  ContactInputSchema,
  PhoneSchema,
  ContactSchema
]

/** The contact as sent, normalised by the dealer's country (ISO 3166-1 alpha-2). */
export function readContact(input: Static<typeof ContactInputSchema>, country: string): Contact {
  const { email, otherEmails = [], phone, phoneType, otherPhones = [], address, ...given } = input
  const emails = [email, ...otherEmails]
  const phones = [
    { number: phone, type: phoneType ?? undefined, time: given.preferredTime },
    ...otherPhones
  ]
  return {
    ...EMPTY_CONTACT,
    ...withoutBlanks(given),
    emails: emails.flatMap((text) => (isBlank(text) ? [] : [readEmail(text)])),
    phones: phones.flatMap(({ number, type, time }) =>
      isBlank(number) ? [] : [readPhone(number, country, type, time ?? null)]
    ),
    address: address ? readAddress(address) : null
  }
}

export function readAddress(input: Static<typeof AddressInputSchema>): PostalAddress {
  return { ...EMPTY_ADDRESS, ...withoutBlanks(input) }
}

export function presentContact(contact: Contact): Static<typeof ContactSchema> {
  const [email, ...otherEmails] = contact.emails
  const [phone, ...otherPhones] = contact.phones
  return {
    firstName: contact.firstName,
    middleName: contact.middleName,
    lastName: contact.lastName,
    nameSuffix: contact.nameSuffix,
    fullName: contact.fullName,
    companyName: contact.companyName,
    email: email?.address ?? null,
    emailValid: email?.valid ?? null,
    otherEmails: otherEmails.map(({ address }) => address),
    phone: phone?.number ?? null,
    phoneRaw: phone?.raw ?? null,
    phoneValid: phone?.valid ?? null,
    phoneType: phone?.type ?? null,
    otherPhones,
    preferredChannel: contact.preferredChannel,
    preferredTime: contact.preferredTime,
    language: contact.language,
    address: contact.address
  }
}

function isBlank(value: string | null | undefined): value is null | undefined | '' {
  return value === null || value === undefined || value.trim() === ''
}

/** Texts are trimmed; a blank one says nothing. */
function withoutBlanks<Members extends object>(members: Members): Members {
  const entries = Object.entries(members).map(([name, value]: [string, unknown]) => {
    return [name, typeof value === 'string' ? value.trim() || null : value]
  })
  return Object.fromEntries(entries) as Members
}

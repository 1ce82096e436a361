import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { readGivenAddress, readGivenContact } from '../../domain/contacts/given-contact.ts'
import { MAX_OTHER_POINTS } from '../../domain/leads/contact.ts'
import {
  ADDRESS_TYPES,
  CONTACT_CHANNELS,
  CONTACT_TIMES,
  PHONE_TYPES
} from '../../domain/leads/lead.ts'
import type { Contact, PostalAddress } from '../../domain/leads/lead.ts'
import { contactReading } from './contact-point.ts'
import {
  COUNTRY_PATTERN,
  LANGUAGE_PATTERN,
  closed,
  nullable,
  oneOf,
  ref,
  requiredText,
  text
} from '../shared.ts'

/** How long the text of one field may be; it may hold several addresses or numbers. */
const MAX_POINT_TEXT = 320

export const AddressInputSchema = Type.Object(
  {
    street: Type.Optional(
      Type.Array(text(), { maxItems: 5, description: 'The lines of the street address.' })
    ),
    apartment: Type.Optional(nullable(text(50))),
    city: Type.Optional(nullable(text(100))),
    region: Type.Optional(nullable(text(100))),
    postalCode: Type.Optional(nullable(text(20))),
    country: Type.Optional(
      nullable(Type.String({ pattern: COUNTRY_PATTERN.source, description: 'ISO 3166-1 alpha-2.' }))
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
    number: requiredText(MAX_POINT_TEXT, 'The phone number as the person wrote it.'),
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
    fullName: Type.Optional(nullable(text(400, 'The whole name, when its parts are not known.'))),
    companyName: Type.Optional(nullable(text())),
    email: Type.Optional(nullable(text(MAX_POINT_TEXT))),
    otherEmails: Type.Optional(
      Type.Array(requiredText(MAX_POINT_TEXT), { maxItems: MAX_OTHER_POINTS })
    ),
    phone: Type.Optional(nullable(text(MAX_POINT_TEXT, 'A phone number in any common form.'))),
    phoneType: Type.Optional(nullable(oneOf(PHONE_TYPES))),
    otherPhones: Type.Optional(Type.Array(ref(PhoneInputSchema), { maxItems: MAX_OTHER_POINTS })),
    preferredChannel: Type.Optional(nullable(oneOf(CONTACT_CHANNELS))),
    preferredTime: Type.Optional(nullable(oneOf(CONTACT_TIMES))),
    language: Type.Optional(
      nullable(
        Type.String({
          pattern: LANGUAGE_PATTERN.source,
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
    number: Type.String({ description: 'In E.164 if `valid`, otherwise as given.' }),
    raw: Type.String({ description: 'As given in the request.' }),
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
    email: nullable(
      Type.String({ description: 'The normalised address. As given if `emailValid` is false.' })
    ),
    emailRaw: nullable(Type.String({ description: 'As given in the request.' })),
    emailValid: nullable(Type.Boolean()),
    otherEmails: Type.Array(Type.String()),
    phone: nullable(Type.String({ description: 'In E.164. As given if `phoneValid` is false.' })),
    phoneRaw: nullable(Type.String({ description: 'As given in the request.' })),
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

/**
 * The contact as sent, normalised by the dealer's country (ISO 3166-1 alpha-2), and what was repaired
 * in it, by JSON pointers.
 */
export function readContact(
  input: Static<typeof ContactInputSchema>,
  country: string
): ReturnType<typeof readGivenContact> {
  const { email, otherEmails = [], phone, phoneType, otherPhones = [], ...given } = input
  const path = '/contact'
  return readGivenContact(
    {
      ...given,
      path,
      emails: [
        { text: email, path: `${path}/email` },
        ...otherEmails.map((text, index) => ({ text, path: `${path}/otherEmails/${index}` }))
      ],
      phones: [
        { text: phone, type: phoneType, time: given.preferredTime, path: `${path}/phone` },
        ...otherPhones.map(({ number, ...phone }, index) => ({
          ...phone,
          text: number,
          path: `${path}/otherPhones/${index}/number`
        }))
      ]
    },
    contactReading(country)
  )
}

export function readAddress(input: Static<typeof AddressInputSchema>): PostalAddress {
  return readGivenAddress(input, '/address').address
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
    emailRaw: email?.raw ?? null,
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

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { AddressInputSchema, AddressSchema } from '../leads/contact.ts'
import {
  COUNTRY_PATTERN,
  CURRENCY_PATTERN,
  Id,
  Instant,
  closed,
  nullable,
  oneOf,
  pageOf,
  ref,
  requiredText,
  wordsText
} from '../shared.ts'
import { WorkingHoursSchema } from '../clock/working-hours.ts'
import {
  DealerSettingsSchema,
  InitialSettingsSchema,
  PatchDealerSettingsSchema,
  Url,
  dealerSettingsSchemas
} from './dealer-settings.ts'
import { Email, Password, Phone } from '../access/user.ts'
import { formed } from '../text-forms.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const Country = () =>
  formed(
    Type.String({
      pattern: COUNTRY_PATTERN.source,
      description: 'ISO 3166-1 alpha-2. Also the country of phone numbers without a prefix.'
    }),
    'country'
  )
const Currency = () =>
  formed(Type.String({ pattern: CURRENCY_PATTERN.source, description: 'ISO 4217.' }), 'currency')
const TimeZone = () =>
  formed(requiredText(60, 'An IANA time zone, such as `Europe/Warsaw`.'), 'time-zone')

const EXAMPLE = {
  id: EXAMPLE_IDS.dealer,
  name: 'Auto Kraków',
  slug: 'auto-krakow',
  locale: 'pl',
  timeZone: 'Europe/Warsaw',
  country: 'PL',
  currency: 'PLN',
  email: 'hello@example.pl',
  phone: '+48221234567',
  url: 'https://example.pl',
  address: null,
  settings: {
    duplicateWindowHours: 24,
    announceDuplicates: true,
    matchingPolicy: 'fuzzy',
    keepOwner: true,
    ownEnteredLeads: 'rules',
    matchesShowColleaguesClients: true,
    linkToColleaguesClient: 'at_once',
    statusReasons: 'required',
    referralCreditPercent: 50,
    leadAddress: 'leads@example.pl',
    adfAddress: null,
    adfPlacement: 'body',
    adfSubject: 'New lead for {dealer} from {source}',
    testAddress: null,
    mailPrequalification: false,
    replyToPerson: true,
    fallbackAssigneeId: null,
    leadUrl: 'https://desk.example.pl/leads/{id}',
    clientUrl: null,
    promoterUrl: null,
    landingPage: 'https://example.pl/welcome',
    invitationPage: null,
    promoterPage: 'https://example.pl/promoters',
    webOrigins: ['https://www.example.pl'],
    apiOrigins: ['https://desk.example.pl'],
    formThanksUrl: 'https://www.example.pl/thanks',
    formErrorUrl: null,
    responseLimitMinutes: 30,
    responseWarningMinutes: 20,
    offerMinutes: 120,
    temperatureHoldDays: 14
  },
  workingHours: null,
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

const members = {
  id: Id(),
  name: Type.String(),
  slug: Type.String({ description: 'The name of the dealer for sign-in.' }),
  locale: oneOf(
    LOCALES,
    'The language of mails and pages for readers without a language of their own.'
  ),
  timeZone: TimeZone(),
  country: Country(),
  currency: Currency(),
  email: nullable(Type.String()),
  phone: nullable(Type.String()),
  url: nullable(Type.String()),
  address: nullable(ref(AddressSchema)),
  settings: ref(DealerSettingsSchema),
  workingHours: nullable(
    ref(WorkingHoursSchema, 'Business hours; null: every minute is working time.')
  ),
  version: Type.Integer(),
  createdAt: Instant(),
  updatedAt: Instant()
}

export const DealerSchema = Type.Object(members, { $id: 'Dealer', ...closed, examples: [EXAMPLE] })

export const CreatedDealerSchema = Type.Object(
  {
    ...members,
    owner: Type.Object(
      {
        id: Id(),
        name: Type.String(),
        email: Type.String(),
        password: nullable(
          Type.String({
            description:
              'The generated password, if the request had none. The API key. Null in the ' +
              'response to a repeat.'
          })
        )
      },
      closed
    )
  },
  {
    $id: 'CreatedDealer',
    ...closed,
    examples: [
      {
        ...EXAMPLE,
        owner: {
          id: EXAMPLE_IDS.owner,
          name: 'Ola Zięba',
          email: 'ola@example.pl',
          password: null
        }
      }
    ]
  }
)

export const CreateDealerSchema = Type.Object(
  {
    name: wordsText(),
    slug: Type.String({
      pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/u.source,
      maxLength: 60,
      description: 'Lower-case letters, digits and hyphens. Unique among dealers. It can’t change.'
    }),
    locale: oneOf(LOCALES),
    timeZone: TimeZone(),
    country: Country(),
    currency: Currency(),
    email: Type.Optional(nullable(Email())),
    phone: Type.Optional(nullable(Phone())),
    url: Type.Optional(nullable(Url())),
    address: Type.Optional(nullable(ref(AddressInputSchema))),
    settings: Type.Optional(ref(InitialSettingsSchema)),
    owner: Type.Object(
      { name: wordsText(), email: Email(), password: Type.Optional(Password()) },
      closed
    )
  },
  {
    $id: 'CreateDealer',
    ...closed,
    examples: [
      {
        name: 'Auto Kraków',
        slug: 'auto-krakow',
        locale: 'pl',
        timeZone: 'Europe/Warsaw',
        country: 'PL',
        currency: 'PLN',
        owner: { name: 'Ola Zięba', email: 'ola@example.pl' }
      }
    ]
  }
)

export const PatchDealerSchema = Type.Object(
  {
    name: Type.Optional(wordsText()),
    locale: Type.Optional(oneOf(LOCALES)),
    timeZone: Type.Optional(TimeZone()),
    country: Type.Optional(Country()),
    currency: Type.Optional(Currency()),
    email: Type.Optional(nullable(Email())),
    phone: Type.Optional(nullable(Phone())),
    url: Type.Optional(nullable(Url())),
    address: Type.Optional(nullable(ref(AddressInputSchema))),
    settings: Type.Optional(ref(PatchDealerSettingsSchema)),
    workingHours: Type.Optional(nullable(ref(WorkingHoursSchema)))
  },
  {
    $id: 'PatchDealer',
    ...closed,
    description: 'RFC 7396 merge patch: fields of `settings` and `address` are merged.',
    examples: [{ settings: { leadAddress: 'leads@example.pl', keepOwner: false } }]
  }
)

export const RenameDealerSchema = Type.Object(
  { name: Type.Optional(wordsText()) },
  { $id: 'RenameDealer', ...closed, examples: [{ name: 'Auto Kraków Południe' }] }
)

export const DealerPageSchema = pageOf(DealerSchema)

export const dealerSchemas = [
  ...dealerSettingsSchemas,
  DealerSchema,
  CreatedDealerSchema,
  CreateDealerSchema,
  PatchDealerSchema,
  RenameDealerSchema,
  DealerPageSchema
]

export function presentDealer(dealer: Dealer): Static<typeof DealerSchema> {
  return {
    ...dealer,
    createdAt: dealer.createdAt.toISOString(),
    updatedAt: dealer.updatedAt.toISOString()
  }
}

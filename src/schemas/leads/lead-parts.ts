import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import {
  EMPTY_CONSENT,
  EMPTY_PREQUALIFICATION,
  EMPTY_TIMEFRAME
} from '../../domain/leads/empty-lead.ts'
import { INCOME_PERIODS } from '../../domain/leads/lead.ts'
import type { Consent, Prequalification, Timeframe } from '../../domain/leads/lead.ts'
import { REPAIR_CODES } from '../../domain/reasons/repair-reasons.ts'
import { ContactSchema } from './contact.ts'
import {
  DAY_OR_TIME_PATTERN,
  SentInstant,
  MoneySchema,
  closed,
  nullable,
  oneOf,
  ref,
  requiredText,
  text
} from '../shared.ts'
import { ExternalReferenceSchema } from './vehicle.ts'

function dayOrTime() {
  return Type.String({
    maxLength: 40,
    pattern: DAY_OR_TIME_PATTERN.source,
    description: 'ISO 8601: a date, or a time with offset.'
  })
}

export const TimeframeInputSchema = Type.Object(
  {
    description: Type.Optional(nullable(text())),
    earliest: Type.Optional(nullable(dayOrTime())),
    latest: Type.Optional(nullable(dayOrTime()))
  },
  { $id: 'TimeframeInput', ...closed }
)

export const TimeframeSchema = Type.Object(
  {
    description: nullable(Type.String()),
    earliest: nullable(Type.String()),
    latest: nullable(Type.String())
  },
  { $id: 'Timeframe', ...closed }
)

const money = () => Type.Optional(nullable(ref(MoneySchema)))

export const PrequalificationInputSchema = Type.Object(
  {
    employmentStatus: Type.Optional(nullable(text(60))),
    employer: Type.Optional(nullable(text())),
    jobTitle: Type.Optional(nullable(text())),
    employedSince: Type.Optional(nullable(text(40))),
    income: money(),
    incomePeriod: Type.Optional(nullable(oneOf(INCOME_PERIODS))),
    otherIncome: money(),
    housingStatus: Type.Optional(nullable(text(60))),
    housingCost: money(),
    creditEstimate: Type.Optional(nullable(text(60, 'The person’s own estimate.'))),
    downPayment: money(),
    monthlyBudget: money(),
    timeframe: Type.Optional(nullable(text(60))),
    hasTradeIn: Type.Optional(nullable(Type.Boolean())),
    creditCheckConsent: Type.Optional(
      nullable(Type.Boolean({ description: 'Whether the person agreed to a credit check.' }))
    )
  },
  { $id: 'PrequalificationInput', ...closed }
)

export const PrequalificationSchema = Type.Object(
  {
    employmentStatus: nullable(Type.String()),
    employer: nullable(Type.String()),
    jobTitle: nullable(Type.String()),
    employedSince: nullable(Type.String()),
    income: nullable(ref(MoneySchema)),
    incomePeriod: nullable(oneOf(INCOME_PERIODS)),
    otherIncome: nullable(ref(MoneySchema)),
    housingStatus: nullable(Type.String()),
    housingCost: nullable(ref(MoneySchema)),
    creditEstimate: nullable(Type.String()),
    downPayment: nullable(ref(MoneySchema)),
    monthlyBudget: nullable(ref(MoneySchema)),
    timeframe: nullable(Type.String()),
    hasTradeIn: nullable(Type.Boolean()),
    creditCheckConsent: nullable(Type.Boolean())
  },
  { $id: 'Prequalification', ...closed, description: 'Data for a finance desk.' }
)

export const ConsentInputSchema = Type.Object(
  {
    purpose: requiredText(60),
    channel: Type.Optional(nullable(text(40))),
    granted: Type.Boolean(),
    text: Type.Optional(nullable(text(4000, 'The exact text that the person agreed to.'))),
    textVersion: Type.Optional(nullable(text(60))),
    language: Type.Optional(nullable(text(35))),
    page: Type.Optional(nullable(text(2000))),
    ip: Type.Optional(nullable(text(45))),
    givenAt: Type.Optional(nullable(SentInstant())),
    proofUrl: Type.Optional(nullable(text(2000)))
  },
  {
    $id: 'ConsentInput',
    ...closed,
    examples: [
      {
        purpose: 'marketing',
        channel: 'email',
        granted: true,
        text: 'Yes, write to me',
        language: 'en'
      }
    ]
  }
)

export const ConsentSchema = Type.Object(
  {
    purpose: Type.String(),
    channel: nullable(Type.String()),
    granted: Type.Boolean(),
    text: nullable(Type.String()),
    textVersion: nullable(Type.String()),
    language: nullable(Type.String()),
    page: nullable(Type.String()),
    ip: nullable(Type.String()),
    givenAt: nullable(Type.String()),
    proofUrl: nullable(Type.String())
  },
  { $id: 'Consent', ...closed }
)

export const PartySchema = Type.Object(
  {
    references: Type.Array(ref(ExternalReferenceSchema)),
    name: nullable(Type.String()),
    service: nullable(Type.String()),
    url: nullable(Type.String()),
    email: nullable(Type.String()),
    phone: nullable(Type.String()),
    contact: nullable(ref(ContactSchema))
  },
  { $id: 'Party', ...closed, description: 'A business that an ADF document names.' }
)

export const UnmappedValueSchema = Type.Object(
  {
    path: Type.String({
      description: 'The path in the document, a JSON pointer, or the column of a file.'
    }),
    text: Type.String({ description: 'As given in the request.' }),
    code: Type.Optional(
      oneOf(REPAIR_CODES, 'The code of the repair. Null when the text has no field.')
    )
  },
  { $id: 'UnmappedValue', ...closed }
)

export const leadPartSchemas = [
  TimeframeInputSchema,
  TimeframeSchema,
  PrequalificationInputSchema,
  PrequalificationSchema,
  ConsentInputSchema,
  ConsentSchema,
  PartySchema,
  UnmappedValueSchema
]

export function readTimeframe(
  input: Static<typeof TimeframeInputSchema> | null | undefined
): Timeframe | null {
  return input ? { ...EMPTY_TIMEFRAME, ...input } : null
}

export function readPrequalification(
  input: Static<typeof PrequalificationInputSchema> | null | undefined
): Prequalification | null {
  return input ? { ...EMPTY_PREQUALIFICATION, ...input } : null
}

export function readConsent(input: Static<typeof ConsentInputSchema>): Consent {
  return { ...EMPTY_CONSENT, ...input }
}

/** A time as senders gave it, with any offset, like all other times. */
export function inUtc(given: string | null): string | null {
  const at = new Date(given ?? Number.NaN)
  return Number.isNaN(at.getTime()) ? given : at.toISOString()
}

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { CLOSED_STAGES, OPPORTUNITY_STAGES } from '../../domain/clients/opportunity.ts'
import type { ConversionContent } from '../../domain/clients/conversion-content.ts'
import { ActivitySchema } from '../activities/activity.ts'
import { Id, closed, nullable, oneOf, ref, text } from '../shared.ts'
import { AccountSchema, CreateAccountSchema, readAccountContent } from './account.ts'
import {
  CLIENT_EXAMPLE,
  OPERATION_ID,
  exampleOf,
  leadWith,
  linkedMembers,
  planActivity
} from './lead-link.ts'
import { CreateOpportunitySchema, OpportunitySchema, readProducts } from './opportunity.ts'

const { name: accountName, responsibleUserId: _, ...accountFields } = CreateAccountSchema.properties
const { name, amount, expectedClose, products, description } = CreateOpportunitySchema.properties

const openStages = OPPORTUNITY_STAGES.filter(
  (stage) => !CLOSED_STAGES.some((closedStage) => closedStage === stage)
)

const TargetAccountSchema = Type.Object(
  {
    id: Type.Optional(Id('An existing account. No other member is allowed with it.')),
    name: Type.Optional(accountName),
    ...accountFields
  },
  {
    $id: 'ConversionAccount',
    ...closed,
    description:
      'An account that is there, by its `id`, or a new one: named as said, else by the mapping, else ' +
      'after the lead’s `companyName`.',
    examples: [{ name: 'Auto Żółć sp. z o.o.' }]
  }
)

const TargetOpportunitySchema = Type.Object(
  {
    id: Type.Optional(
      Id('An open opportunity of the client `clientId`. No other member is allowed with it.')
    ),
    name: Type.Optional(name),
    stage: Type.Optional(oneOf(openStages, 'Default: `discovery`.')),
    amount,
    expectedClose,
    products,
    description
  },
  {
    $id: 'ConversionOpportunity',
    ...closed,
    description:
      'An opportunity that is there, by its `id`, or a new one: named as said, else by the mapping, ' +
      'else after the vehicle the lead asks for, else after the client. Its products are as said, else ' +
      'the vehicles the lead wants to buy or lease.',
    examples: [{ stage: 'discovery', expectedClose: '2026-12-15' }]
  }
)

export const ConvertLeadSchema = Type.Object(
  {
    clientId: Type.Optional(nullable(Id('A client that is there; default: a new one is made.'))),
    allowDuplicate: Type.Optional(
      Type.Boolean({ description: 'Convert even where a client surely is this person already.' })
    ),
    overwrite: Type.Optional(
      Type.Boolean({
        description:
          'Default: false: of what is there only empty fields are filled. True: it takes the lead’s ' +
          'values where it has its own. E-mails and phones are added either way, never removed; an ' +
          'account keeps its name.'
      })
    ),
    account: Type.Optional(nullable(ref(TargetAccountSchema, 'Default: none.'))),
    opportunity: Type.Optional(nullable(ref(TargetOpportunitySchema, 'Default: none.'))),
    statusId: Type.Optional(nullable(Id('Of group `converted`; default: the dealer’s first.'))),
    planActivity,
    responsibleUserId: Type.Optional(
      nullable(Id('Default: the lead’s assignee, else the user who asks.'))
    ),
    description: Type.Optional(
      nullable(text(20_000, 'Of the client. Default: by the mapping, else the lead’s message.'))
    )
  },
  {
    $id: 'ConvertLead',
    ...closed,
    examples: [{ account: { name: 'Auto Żółć sp. z o.o.' }, opportunity: {} }]
  }
)

export const ConvertedLeadSchema = Type.Object(
  {
    ...linkedMembers,
    activity: nullable(ref(ActivitySchema)),
    account: nullable(ref(AccountSchema)),
    opportunity: nullable(ref(OpportunitySchema)),
    conversionId: Id()
  },
  {
    $id: 'ConvertedLead',
    ...closed,
    examples: [
      {
        operationId: OPERATION_ID,
        conversionId: '01938f2e-0009-7000-8000-000000000009',
        lead: leadWith('converted'),
        client: CLIENT_EXAMPLE,
        account: exampleOf(AccountSchema),
        opportunity: exampleOf(OpportunitySchema),
        activity: exampleOf(ActivitySchema)
      }
    ]
  }
)

export const convertLeadSchemas = [
  TargetAccountSchema,
  TargetOpportunitySchema,
  ConvertLeadSchema,
  ConvertedLeadSchema
]

type ConvertLeadInput = Static<typeof ConvertLeadSchema>

/** What is wrong with a body that its schema can't say: an id stands alone. */
export function findConvertFaults({ account, opportunity }: ConvertLeadInput) {
  return Object.entries({ account, opportunity }).flatMap(([member, target]) => {
    if (target?.id === undefined) return []
    const others = Object.keys(target).filter((key) => key !== 'id')
    return others.map((key) => ({
      pointer: `/${member}/${key}`,
      message: 'can’t stand beside an id: what is there is filled from the lead'
    }))
  })
}

/** A conversion as asked for; e-mail and phone of an account are read before. */
export function readConvertLead(input: ConvertLeadInput): ConversionContent {
  const { account, opportunity } = input
  return {
    clientId: input.clientId ?? null,
    allowDuplicate: input.allowDuplicate ?? false,
    overwrite: input.overwrite ?? false,
    account: account ? readAccount(account) : null,
    opportunity: opportunity ? readOpportunity(opportunity) : null,
    responsibleUserId: input.responsibleUserId,
    description: input.description
  }
}

function readAccount(
  input: Static<typeof TargetAccountSchema>
): NonNullable<ConversionContent['account']> {
  const { id, name: given, allowDuplicate = false, ...fields } = input
  if (id !== undefined) return { id }
  const read = readAccountContent(fields)
  // Only what was said: the mapping fills the rest.
  const said = Object.entries(read).filter(([key]) => Object.hasOwn(fields, key))
  return {
    account: null,
    name: given?.trim() ?? null,
    given: Object.fromEntries(said),
    allowDuplicate
  }
}

function readOpportunity(
  input: Static<typeof TargetOpportunitySchema>
): NonNullable<ConversionContent['opportunity']> {
  const { id, stage = 'discovery', products: wanted, name: given, ...fields } = input
  if (id !== undefined) return { id }
  const said = { ...fields, name: given?.trim(), products: wanted && readProducts(wanted) }
  return { opportunity: null, stage, given: said }
}

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { CLOSED_STAGES, OPPORTUNITY_STAGES } from '../../domain/clients/opportunity.ts'
import type { ConversionContent } from '../../domain/clients/conversion-content.ts'
import { ActivitySchema } from '../activities/activity.ts'
import { Named } from '../named.ts'
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
import { EXAMPLE_IDS } from '../example-ids.ts'

const { name: accountName, responsibleUserId: _, ...accountFields } = CreateAccountSchema.properties
const { name, amount, expectedClose, products, description } = CreateOpportunitySchema.properties

const openStages = OPPORTUNITY_STAGES.filter(
  (stage) => !CLOSED_STAGES.some((closedStage) => closedStage === stage)
)

const TargetAccountSchema = Type.Object(
  {
    id: Type.Optional(Id('The id of an existing account. No other field is allowed with it.')),
    name: Type.Optional(accountName),
    ...accountFields
  },
  {
    $id: 'ConversionAccount',
    ...closed,
    description:
      'An existing account, by its `id`, or a new one. The name of a new account is, in ' +
      'this order: `name`, the value of the mapping, or `companyName` of the lead.',
    examples: [{ name: 'Auto Żółć sp. z o.o.' }]
  }
)

const TargetOpportunitySchema = Type.Object(
  {
    id: Type.Optional(
      Id(
        'The id of an open opportunity of the client `clientId`. No other field is allowed ' +
          'with it.'
      )
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
      'An existing opportunity, by its `id`, or a new one. The name of a new opportunity ' +
      'is, in this order: `name`, the value of the mapping, the requested vehicle, or the ' +
      'name of the client. Default of `products`: the vehicles that the lead wants to buy ' +
      'or lease.',
    examples: [{ stage: 'discovery', expectedClose: '2026-12-15' }]
  }
)

export const ConvertLeadSchema = Type.Object(
  {
    clientId: Type.Optional(
      nullable(Id('An existing client to fill. Default: a new client is created.'))
    ),
    allowDuplicate: Type.Optional(
      Type.Boolean({
        description: '`true` creates a client even if a client is surely the same person.'
      })
    ),
    overwrite: Type.Optional(
      Type.Boolean({
        description:
          'Default: `false`, only empty fields of existing records are filled. `true`: ' +
          'values of the lead replace existing values, except the name of an account. ' +
          'E-mails and phones are only added. The responsible user of an existing client ' +
          'stays, unless `responsibleUserId` names another.'
      })
    ),
    account: Type.Optional(nullable(ref(TargetAccountSchema, 'Default: none.'))),
    opportunity: Type.Optional(nullable(ref(TargetOpportunitySchema, 'Default: none.'))),
    statusId: Type.Optional(
      nullable(Named('status', 'A status of group `converted`. Default: the first of the dealer.'))
    ),
    planActivity,
    responsibleUserId: Type.Optional(
      nullable(
        Named(
          'user',
          'Default: the assignee of the lead, otherwise the calling user. An existing client ' +
            'gets another responsible user only with `overwrite`, from a caller who can give it away; ' +
            'without `overwrite` another user than its own is 422.'
        )
      )
    ),
    description: Type.Optional(
      nullable(
        text(
          20_000,
          'The description of the client. Default: the value of the mapping, otherwise the ' +
            'message of the lead.'
        )
      )
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
        conversionId: EXAMPLE_IDS.conversion,
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

/** The fault that the schema can't express: members beside an id, which stands alone. */
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

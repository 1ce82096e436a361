import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { OPPORTUNITY_STAGES } from '../../domain/clients/opportunity.ts'
import type { Opportunity, OpportunityProduct } from '../../domain/clients/opportunity.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { readVehicle } from '../leads/read-vehicle.ts'
import { Named } from '../named.ts'
import {
  Id,
  Instant,
  MoneySchema,
  ReferenceSchema,
  closed,
  nullable,
  oneOf,
  changePageOf,
  ref,
  text,
  wordsText
} from '../shared.ts'
import { AllowDuplicateSale } from '../sales/allow-duplicate.ts'
import { ProductInputSchema, ProductSchema } from './opportunity-product.ts'
import { EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

const MAX_PRODUCTS = 20

/** Whole cents, as they are stored: an amount with more decimals would be another one then. */
const AmountSchema = Type.Object(
  {
    amount: Type.String({ pattern: /^[0-9]{1,12}(\.[0-9]{1,2})?$/u.source }),
    currency: Type.String({ pattern: /^[A-Z]{3}$/u.source, description: 'ISO 4217.' })
  },
  { $id: 'Amount', ...closed, examples: [{ amount: '79900.00', currency: 'PLN' }] }
)

export const OpportunitySchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    clientId: Id(),
    accountId: nullable(Id()),
    leadId: nullable(Id('The lead that led to the opportunity.')),
    stage: oneOf(OPPORTUNITY_STAGES),
    amount: nullable(ref(MoneySchema)),
    expectedClose: nullable(Type.String({ format: 'date' })),
    products: Type.Array(ref(ProductSchema)),
    description: nullable(Type.String()),
    closeReason: nullable(
      Type.String({ description: 'The reason why the opportunity was won or lost.' })
    ),
    closedAt: nullable(Instant('The time when the opportunity was won or lost.')),
    responsibleUser: nullable(ref(ReferenceSchema)),
    saleId: nullable(Id('The sale of the won opportunity, which names it. Null: it has no lead.')),
    openLeadId: nullable(
      Id(
        'The lead, if the opportunity is lost and the lead is still open. To close the lead, ' +
          'send `closeLead`.'
      )
    ),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Opportunity',
    ...closed,
    description: 'A possible deal with a client.',
    examples: [
      {
        id: EXAMPLE_IDS.opportunity,
        name: 'Kia Ceed for Łukasz Żółć',
        clientId: EXAMPLE_IDS.client,
        accountId: null,
        leadId: LEAD_EXAMPLE.id,
        stage: 'test_drive',
        amount: { amount: '79900.00', currency: 'PLN' },
        expectedClose: '2026-12-15',
        products: [
          {
            vehicle: LEAD_EXAMPLE.vehicles[0],
            price: { amount: '79900.00', currency: 'PLN' },
            quantity: 1
          }
        ],
        description: null,
        closeReason: null,
        closedAt: null,
        responsibleUser: EXAMPLE_USER,
        saleId: null,
        openLeadId: null,
        version: 1,
        createdAt: '2026-11-21T17:20:00.000Z',
        updatedAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

const name = wordsText()

const content = {
  stage: Type.Optional(oneOf(OPPORTUNITY_STAGES)),
  closeReason: Type.Optional(
    nullable(
      text(
        500,
        'The reason why the opportunity was won or lost. Required for `lost`. Not allowed for ' +
          'an open opportunity.'
      )
    )
  ),
  amount: Type.Optional(
    nullable(
      ref(AmountSchema, 'Null: the sum of the products, where all prices have one currency.')
    )
  ),
  expectedClose: Type.Optional(
    nullable(
      Type.String({ format: 'date', pattern: /^(19|20|21)/u.source, description: 'A date.' })
    )
  ),
  products: Type.Optional(Type.Array(ref(ProductInputSchema), { maxItems: MAX_PRODUCTS })),
  description: Type.Optional(nullable(text(20_000))),
  allowDuplicate: AllowDuplicateSale
}

export const CreateOpportunitySchema = Type.Object(
  {
    name,
    clientId: Type.Optional(Id('Default: the client of the lead.')),
    leadId: Type.Optional(nullable(Id('The lead that led to the opportunity.'))),
    accountId: Type.Optional(nullable(Id('Default: the account of the client.'))),
    ...content,
    responsibleUserId: Type.Optional(
      nullable(Named('user', 'Default: the calling member; null for an admin or a key.'))
    )
  },
  {
    $id: 'CreateOpportunity',
    ...closed,
    examples: [
      {
        name: 'Kia Ceed for Łukasz Żółć',
        clientId: EXAMPLE_IDS.client,
        products: [
          {
            vehicle: { make: 'Kia', model: 'Ceed', condition: 'used' },
            price: { amount: '79900.00', currency: 'PLN' }
          }
        ]
      }
    ]
  }
)

export const PatchOpportunitySchema = Type.Object(
  {
    name: Type.Optional(name),
    accountId: Type.Optional(nullable(Id())),
    ...content,
    closeLead: Type.Optional(
      Type.Boolean({
        description:
          'Whether the lead of a lost opportunity moves to the first status of group `lost`, with ' +
          '`closeReason` as the reason. Default: no; the response names the lead in `openLeadId`.'
      })
    ),
    responsibleUserId: Type.Optional(nullable(Named('user')))
  },
  {
    $id: 'PatchOpportunity',
    ...closed,
    examples: [{ stage: 'lost', closeReason: 'Bought elsewhere.' }]
  }
)

export const OpportunityPageSchema = changePageOf(OpportunitySchema)

export const opportunitySchemas = [
  ProductSchema,
  ProductInputSchema,
  AmountSchema,
  OpportunitySchema,
  CreateOpportunitySchema,
  PatchOpportunitySchema,
  OpportunityPageSchema
]

/** Products as sent. */
export function readProducts(input: Static<typeof ProductInputSchema>[]): OpportunityProduct[] {
  return input.map(({ vehicle, price, quantity }) => ({
    vehicle: readVehicle(vehicle),
    price: price ?? null,
    quantity: quantity ?? 1
  }))
}

export function presentOpportunity(opportunity: Opportunity): Static<typeof OpportunitySchema> {
  return {
    ...opportunity,
    closedAt: opportunity.closedAt?.toISOString() ?? null,
    createdAt: opportunity.createdAt.toISOString(),
    updatedAt: opportunity.updatedAt.toISOString()
  }
}

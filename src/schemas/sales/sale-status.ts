import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { SALE_STATUS_GROUPS } from '../../domain/sales/sale.ts'
import type { SaleStatus } from '../../domain/sales/sale.ts'
import { Color, Position } from '../dealers/status.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, requiredText } from '../shared.ts'

const GROUP_MEANING =
  'What it means: `open` and `fulfilled` sales count, `cancelled` ones count for nothing.'

export const SaleStatusSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    group: oneOf(SALE_STATUS_GROUPS, GROUP_MEANING),
    color: nullable(Color()),
    position: Type.Integer(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'SaleStatus',
    ...closed,
    examples: [
      {
        id: '01938f2e-0031-7000-8000-000000000032',
        name: 'At the workshop',
        group: 'open',
        color: '#2f9e44',
        position: 4,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreateSaleStatusSchema = Type.Object(
  {
    name: requiredText(100),
    group: oneOf(SALE_STATUS_GROUPS, GROUP_MEANING),
    color: Type.Optional(nullable(Color())),
    position: Type.Optional(Position())
  },
  {
    $id: 'CreateSaleStatus',
    ...closed,
    description: 'Without a `position` it comes last.',
    examples: [{ name: 'At the workshop', group: 'open', color: '#2f9e44' }]
  }
)

export const PatchSaleStatusSchema = Type.Object(
  {
    name: Type.Optional(requiredText(100)),
    group: Type.Optional(oneOf(SALE_STATUS_GROUPS, GROUP_MEANING)),
    color: Type.Optional(nullable(Color())),
    position: Type.Optional(Position())
  },
  { $id: 'PatchSaleStatus', ...closed, examples: [{ name: 'Handed over', position: 5 }] }
)

export const SaleStatusPageSchema = pageOf(SaleStatusSchema)

export const saleStatusSchemas = [
  SaleStatusSchema,
  CreateSaleStatusSchema,
  PatchSaleStatusSchema,
  SaleStatusPageSchema
]

export function presentSaleStatus(status: SaleStatus): Static<typeof SaleStatusSchema> {
  return {
    ...status,
    createdAt: status.createdAt.toISOString(),
    updatedAt: status.updatedAt.toISOString()
  }
}

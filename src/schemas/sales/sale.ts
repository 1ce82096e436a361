import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Vehicle } from '../../domain/leads/vehicle.ts'
import { CREDIT_ROLES, creditsOf } from '../../domain/sales/credit.ts'
import { SALE_STATUS_GROUPS } from '../../domain/sales/sale.ts'
import type { Sale } from '../../domain/sales/sale.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { VehicleInputSchema, VehicleSchema } from '../leads/vehicle.ts'
import { readVehicle } from '../leads/read-vehicle.ts'
import { AllowDuplicateSale } from './allow-duplicate.ts'
import { mergePatch } from '../merge-patch.ts'
import { Named } from '../named.ts'
import {
  CURRENCY_PATTERN,
  Id,
  Instant,
  MoneySchema,
  closed,
  nullable,
  oneOf,
  changePageOf,
  ref
} from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const SaleSchema = Type.Object(
  {
    id: Id(),
    leadId: Id(),
    clientId: nullable(Id('The client of the lead. It changes with the lead.')),
    opportunityId: nullable(
      Id(
        'The open opportunity at the time of the sale. Null when there was none, or more than ' +
          'one.'
      )
    ),
    status: Type.Object(
      { id: Id(), name: Type.String(), group: oneOf(SALE_STATUS_GROUPS) },
      closed
    ),
    sourceId: Id(),
    amount: nullable(ref(MoneySchema)),
    vehicle: nullable(ref(VehicleSchema)),
    userId: nullable(Id('The credited user.')),
    promoterId: nullable(Id('The credited promoter, who referred the lead.')),
    referralLinkId: nullable(Id('The referral link of the lead.')),
    credits: Type.Array(
      Type.Object(
        {
          userId: Id(),
          role: oneOf(
            CREDIT_ROLES,
            '`seller`: the credited user. `referral`: the user of the referral link, or who signed ' +
              'its promoter up, at the time of the sale.'
          ),
          percent: Type.Integer({ minimum: 0, maximum: 100 })
        },
        closed
      ),
      {
        description:
          'The users who are credited, with their parts. A reassignment of the lead does not change ' +
          'the part of the user who brought it.'
      }
    ),
    operationId: Id('The operation to undo when the sale is a mistake.'),
    soldAt: Instant('The time when the lead first entered a status of group `sold`.'),
    undoneAt: nullable(
      Instant('The time when the sale was undone. An undone sale counts nowhere.')
    ),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Sale',
    ...closed,
    description: 'A sale, recorded when a lead first enters a status of group `sold`.',
    examples: [
      {
        id: EXAMPLE_IDS.sale,
        leadId: LEAD_EXAMPLE.id,
        clientId: EXAMPLE_IDS.client,
        opportunityId: null,
        status: { id: EXAMPLE_IDS.saleStatusNew, name: 'New', group: 'open' },
        sourceId: LEAD_EXAMPLE.source.id,
        amount: { amount: '79900.00', currency: 'PLN' },
        vehicle: LEAD_EXAMPLE.vehicles[0],
        userId: EXAMPLE_IDS.user,
        promoterId: EXAMPLE_IDS.promoter,
        referralLinkId: null,
        credits: [
          { userId: EXAMPLE_IDS.user, role: 'seller', percent: 50 },
          { userId: EXAMPLE_IDS.colleague, role: 'referral', percent: 50 }
        ],
        operationId: EXAMPLE_IDS.saleOperation,
        soldAt: '2026-11-28T10:15:00.000Z',
        undoneAt: null,
        version: 1,
        createdAt: '2026-11-28T10:15:00.000Z',
        updatedAt: '2026-11-28T10:15:00.000Z'
      }
    ]
  }
)

export const PatchSaleSchema = Type.Object(
  {
    allowDuplicate: AllowDuplicateSale,
    statusId: Type.Optional(Named('saleStatus')),
    amount: Type.Optional(
      nullable(
        Type.Object(
          {
            amount: Type.String({ pattern: /^[0-9]{1,12}(\.[0-9]{1,2})?$/u.source }),
            currency: Type.String({ pattern: CURRENCY_PATTERN.source, description: 'ISO 4217.' })
          },
          closed
        )
      )
    ),
    vehicle: Type.Optional(nullable(ref(VehicleInputSchema))),
    userId: Type.Optional(
      nullable(
        Named(
          'user',
          'The active user who is credited. Null: none. Only owners and admins change it.'
        )
      )
    )
  },
  {
    $id: 'PatchSale',
    ...closed,
    description: 'RFC 7396 merge patch: fields of `vehicle` are merged, and null removes a value.',
    examples: [{ amount: { amount: '78500.00', currency: 'PLN' } }]
  }
)

export const SalePageSchema = changePageOf(SaleSchema)

export const saleSchemas = [SaleSchema, PatchSaleSchema, SalePageSchema]

/** The sold vehicle with a merge patch applied. */
export function patchVehicle(
  vehicle: Vehicle | null,
  patch: Static<typeof VehicleInputSchema> | null
): Vehicle | null {
  if (patch === null) return null
  const merged = mergePatch(vehicle ?? {}, patch) as Static<typeof VehicleInputSchema>
  return { ...readVehicle(merged), references: vehicle?.references ?? [] }
}

export function presentSale(sale: Sale): Static<typeof SaleSchema> {
  const { referralUserId: _user, referralPercent: _percent, ...shown } = sale
  return {
    ...shown,
    credits: creditsOf(sale),
    soldAt: sale.soldAt.toISOString(),
    undoneAt: sale.undoneAt?.toISOString() ?? null,
    createdAt: sale.createdAt.toISOString(),
    updatedAt: sale.updatedAt.toISOString()
  }
}

import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { HANDOVER_STATES } from '../../domain/qualification/handover.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import { Named, NamedTeam } from '../named.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  oneOf,
  pageOf,
  ref,
  text,
  wordsText
} from '../shared.ts'
import { EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

export const OfferLeadSchema = Type.Object(
  {
    toUserId: Type.Optional(Named('user', 'An active user.')),
    toTeam: Type.Optional(NamedTeam('A team. Its first member to accept gets the lead.')),
    message: Type.Optional(nullable(text(2_000))),
    minutes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 43_200,
        description:
          'Minutes of working time until the offer expires. Default: the dealer’s `offerMinutes`.'
      })
    )
  },
  {
    $id: 'OfferLead',
    ...closed,
    description: 'Exactly one of `toUserId` and `toTeam`.',
    examples: [{ toTeam: 'online_sales', message: 'Ready to buy, wants figures today.' }]
  }
)

export const DeclineOfferSchema = Type.Object(
  { reason: wordsText(500) },
  { $id: 'DeclineOffer', ...closed, examples: [{ reason: 'Not our store' }] }
)

export const HandoverSchema = Type.Object(
  {
    id: Id(),
    lead: Type.Object(
      {
        id: Id(),
        name: nullable(Type.String({ description: 'The name of the person.' })),
        statusGroup: oneOf(STATUS_GROUPS),
        temperature: nullable(oneOf(TEMPERATURES))
      },
      closed
    ),
    state: oneOf(HANDOVER_STATES),
    from: nullable(ref(ReferenceSchema)),
    toUser: nullable(ref(ReferenceSchema)),
    toTeam: nullable(oneOf(TEAMS)),
    message: nullable(Type.String()),
    reason: nullable(Type.String({ description: 'The reason for the decline.' })),
    expiresAt: nullable(Instant('The time at which the offer expires. Null when it never does.')),
    endedAt: nullable(Instant('The time at which the offer ended.')),
    endedBy: nullable(ref(ReferenceSchema)),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Handover',
    ...closed,
    description: 'The offer of a lead to a user or a team.',
    examples: [
      {
        id: EXAMPLE_IDS.handover,
        lead: {
          id: LEAD_EXAMPLE.id,
          name: 'Łukasz Żółć',
          statusGroup: 'qualified',
          temperature: 'hot'
        },
        state: 'offered',
        from: EXAMPLE_USER,
        toUser: null,
        toTeam: 'online_sales',
        message: 'Ready to buy, wants figures today.',
        reason: null,
        expiresAt: '2026-11-23T10:00:00.000Z',
        endedAt: null,
        endedBy: null,
        version: 1,
        createdAt: '2026-11-21T17:20:00.000Z',
        updatedAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

export const HandoverPageSchema = pageOf(HandoverSchema)

export const handoverSchemas = [
  OfferLeadSchema,
  DeclineOfferSchema,
  HandoverSchema,
  HandoverPageSchema
]

export function presentHandover(handover: NamedHandover): Static<typeof HandoverSchema> {
  const { id, lead, state, toTeam, message, reason, version } = handover
  return {
    id,
    lead,
    state,
    from: handover.fromUser,
    toUser: handover.toUser,
    toTeam,
    message,
    reason,
    expiresAt: handover.expiresAt?.toISOString() ?? null,
    endedAt: handover.endedAt?.toISOString() ?? null,
    endedBy: handover.endedByUser,
    version,
    createdAt: handover.createdAt.toISOString(),
    updatedAt: handover.updatedAt.toISOString()
  }
}

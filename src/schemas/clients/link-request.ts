import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LINK_REQUEST_DAYS, LINK_REQUEST_STATES } from '../../domain/clients/link-request.ts'
import type { NamedLinkRequest } from '../../domain/clients/link-request.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { WITHDRAWAL_REASONS } from '../../domain/reasons/request-reasons.ts'
import { presentReason, reasonSchema } from '../reason.ts'
import { LEAD_EXAMPLE } from '../leads/lead.ts'
import {
  Id,
  Instant,
  ReferenceSchema,
  closed,
  nullable,
  oneOf,
  pageOf,
  ref,
  text
} from '../shared.ts'
import { CLIENT_EXAMPLE } from './lead-link.ts'
import { EXAMPLE_COLLEAGUE, EXAMPLE_IDS, EXAMPLE_USER } from '../example-ids.ts'

export const RequestLinkSchema = Type.Object(
  {
    clientId: Id('A client of a colleague, from the matches of the lead.'),
    message: Type.Optional(nullable(text(2_000)))
  },
  {
    $id: 'RequestLink',
    ...closed,
    examples: [{ clientId: CLIENT_EXAMPLE.id, message: 'She came to my desk today.' }]
  }
)

export const DeclineLinkRequestSchema = Type.Object(
  { reason: Type.Optional(nullable(text(500))) },
  { $id: 'DeclineLinkRequest', ...closed, examples: [{ reason: 'Another person of this name' }] }
)

const WithdrawalSchema = reasonSchema(
  'Withdrawal',
  WITHDRAWAL_REASONS,
  because('request_lead_reassigned')
)

export const LinkRequestSchema = Type.Object(
  {
    id: Id(),
    lead: Type.Object(
      { id: Id(), name: nullable(Type.String({ description: 'The name of the person.' })) },
      closed
    ),
    client: ref(ReferenceSchema),
    state: oneOf(
      LINK_REQUEST_STATES,
      '`withdrawn`: by a user, or by the service, because there was nothing left to ask for: `withdrawal` ' +
        'says why.'
    ),
    from: ref(ReferenceSchema, 'The user who asked.'),
    to: ref(ReferenceSchema, 'The responsible user of the client.'),
    message: nullable(Type.String()),
    reason: nullable(Type.String({ description: 'The reason for the decline.' })),
    withdrawal: nullable(
      ref(
        WithdrawalSchema,
        'Why the service withdrew it. Null: a user did, or it ended in another way.'
      )
    ),
    expiresAt: Instant(
      `The time at which it expires: ${LINK_REQUEST_DAYS} days after it was made.`
    ),
    endedAt: nullable(Instant()),
    endedBy: nullable(ref(ReferenceSchema)),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'LinkRequest',
    ...closed,
    description: 'The request of a member to link a lead to the client of a colleague.',
    examples: [
      {
        id: EXAMPLE_IDS.linkRequest,
        lead: { id: LEAD_EXAMPLE.id, name: 'Łukasz Żółć' },
        client: { id: CLIENT_EXAMPLE.id, name: 'Łukasz Żółć' },
        state: 'asked',
        from: EXAMPLE_USER,
        to: EXAMPLE_COLLEAGUE,
        message: 'She came to my desk today.',
        reason: null,
        withdrawal: null,
        expiresAt: '2026-11-28T17:20:00.000Z',
        endedAt: null,
        endedBy: null,
        version: 1,
        createdAt: '2026-11-21T17:20:00.000Z',
        updatedAt: '2026-11-21T17:20:00.000Z'
      }
    ]
  }
)

export const LinkRequestPageSchema = pageOf(LinkRequestSchema)

export const linkRequestSchemas = [
  WithdrawalSchema,
  RequestLinkSchema,
  DeclineLinkRequestSchema,
  LinkRequestSchema,
  LinkRequestPageSchema
]

export function presentLinkRequest(
  request: NamedLinkRequest,
  locale: Locale
): Static<typeof LinkRequestSchema> {
  const { id, lead, client, state, message, reason, withdrawalCode, version } = request
  return {
    id,
    lead,
    client,
    state,
    from: request.fromUser,
    to: request.toUser,
    message,
    reason,
    withdrawal: withdrawalCode && presentReason(because(withdrawalCode), locale),
    expiresAt: request.expiresAt.toISOString(),
    endedAt: request.endedAt?.toISOString() ?? null,
    endedBy: request.endedByUser,
    version,
    createdAt: request.createdAt.toISOString(),
    updatedAt: request.updatedAt.toISOString()
  }
}

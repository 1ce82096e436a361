import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import { PROMOTER_STATES } from '../../domain/promoters/promoter.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { Named } from '../named.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, wordsText } from '../shared.ts'
import { Email, Phone } from '../access/user.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const PromoterSchema = Type.Object(
  {
    id: Id(),
    name: Type.String(),
    email: nullable(
      Type.String({
        description: 'Mail about leads through the promoter’s links goes to this address.'
      })
    ),
    phone: nullable(
      Type.String({ description: 'In E.164 format if the number is valid, otherwise as sent.' })
    ),
    locale: nullable(
      oneOf(LOCALES, 'The language of mail to the promoter. Null for the dealer’s language.')
    ),
    userId: nullable(Id('The user who signed the promoter up. Null for the dealer itself.')),
    state: oneOf(
      PROMOTER_STATES,
      '`invited`: has not accepted the invitation yet. `pending`: signed up without an invitation and ' +
        'waits for approval. Neither gets mail about leads. `removed`: gets no more mail, but the links ' +
        'stay available, and leads through the links go to the user.'
    ),
    removedAt: nullable(Instant()),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Promoter',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.promoter,
        name: 'Piotr Lis',
        email: 'piotr.lis@example.pl',
        phone: '+48602345678',
        locale: 'pl',
        userId: EXAMPLE_IDS.user,
        state: 'active',
        removedAt: null,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const CreatePromoterSchema = Type.Object(
  {
    name: wordsText(),
    email: Type.Optional(nullable(Email())),
    phone: Type.Optional(nullable(Phone())),
    locale: Type.Optional(nullable(oneOf(LOCALES))),
    userId: Type.Optional(
      nullable(
        Named(
          'user',
          'The user of the promoter. Members can name only themselves. Default: the calling member, otherwise null.'
        )
      )
    )
  },
  {
    $id: 'CreatePromoter',
    ...closed,
    examples: [{ name: 'Piotr Lis', email: 'piotr.lis@example.pl', phone: '602 345 678' }]
  }
)

export const PatchPromoterSchema = Type.Object(
  {
    name: Type.Optional(wordsText()),
    email: Type.Optional(nullable(Email())),
    phone: Type.Optional(nullable(Phone())),
    locale: Type.Optional(nullable(oneOf(LOCALES))),
    state: Type.Optional(
      oneOf(['active', 'removed'], '`active` approves or restores the promoter.')
    )
  },
  { $id: 'PatchPromoter', ...closed, examples: [{ state: 'removed' }] }
)

export const SignUpPromoterSchema = Type.Object(
  {
    name: wordsText(),
    email: Email(),
    phone: Type.Optional(nullable(Phone())),
    locale: Type.Optional(nullable(oneOf(LOCALES)))
  },
  {
    $id: 'SignUpPromoter',
    ...closed,
    examples: [{ name: 'Maria Ruiz', email: 'maria.ruiz@example.es', locale: 'es' }]
  }
)

export const SignUpReceiptSchema = Type.Object(
  { received: Type.Boolean() },
  {
    $id: 'SignUpReceipt',
    ...closed,
    description: 'The response is the same for new and known people, so it reveals no promoter.',
    examples: [{ received: true }]
  }
)

export const PromoterPageSchema = pageOf(PromoterSchema)

export const promoterSchemas = [
  PromoterSchema,
  CreatePromoterSchema,
  PatchPromoterSchema,
  SignUpPromoterSchema,
  SignUpReceiptSchema,
  PromoterPageSchema
]

export function presentPromoter(promoter: Promoter): Static<typeof PromoterSchema> {
  return {
    ...promoter,
    removedAt: promoter.removedAt?.toISOString() ?? null,
    createdAt: promoter.createdAt.toISOString(),
    updatedAt: promoter.updatedAt.toISOString()
  }
}

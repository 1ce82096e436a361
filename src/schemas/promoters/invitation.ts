import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Invitation } from '../../domain/promoters/invitation.ts'
import { Email, Phone } from '../access/user.ts'
import { Named } from '../named.ts'
import { Instant, closed, nullable, oneOf, wordsText } from '../shared.ts'

export const InvitePromoterSchema = Type.Object(
  {
    email: Email(),
    name: Type.Optional(
      nullable(wordsText(200, 'The invited person can give or correct the name on acceptance.'))
    ),
    locale: Type.Optional(
      nullable(oneOf(LOCALES, 'The language of the mail. Null for the dealer’s language.'))
    ),
    message: Type.Optional(nullable(wordsText(500, 'Plain text that the mail includes.'))),
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
    $id: 'InvitePromoter',
    ...closed,
    examples: [
      { email: 'maria.ruiz@example.es', name: 'Maria Ruiz', message: 'As we spoke of on Friday.' }
    ]
  }
)

export const PromoterInvitationSchema = Type.Object(
  {
    dealer: Type.String({ description: 'The name of the dealer.' }),
    invitedBy: nullable(Type.String({ description: 'The name of the user who invites.' })),
    name: nullable(
      Type.String({
        description: 'The name of the invited person. Null when acceptance must give one.'
      })
    ),
    expiresAt: Instant('The invitation can’t be accepted from this time on.')
  },
  {
    $id: 'PromoterInvitation',
    ...closed,
    examples: [
      {
        dealer: 'Auto Kraków',
        invitedBy: 'Anna Nowak',
        name: 'Maria Ruiz',
        expiresAt: '2026-12-21T17:03:12.345Z'
      }
    ]
  }
)

export const AcceptInvitationSchema = Type.Object(
  {
    name: Type.Optional(wordsText()),
    phone: Type.Optional(nullable(Phone())),
    locale: Type.Optional(nullable(oneOf(LOCALES)))
  },
  { $id: 'AcceptInvitation', ...closed, examples: [{ name: 'María Ruiz', locale: 'es' }] }
)

export const AcceptedInvitationSchema = Type.Object(
  {
    pageUrl: Type.String({
      format: 'uri',
      description:
        'The address of the promoter’s page, shown once. Anyone with the address can read the page.'
    }),
    link: Type.Object(
      { code: Type.String(), url: Type.String({ description: 'The address for visitors.' }) },
      closed
    )
  },
  {
    $id: 'AcceptedInvitation',
    ...closed,
    examples: [
      {
        pageUrl:
          'https://leads.example/v1/promoter-page/lp_02Hr9cWbZ7kQ4tYxN1sVbPd8FgT5mLw3RjK6yC0uXeA7nZiSqD1hGvE2oMfB4',
        link: { code: 'k7Q2mXyz', url: 'https://leads.example/r/k7Q2mXyz' }
      }
    ]
  }
)

export const invitationSchemas = [
  InvitePromoterSchema,
  PromoterInvitationSchema,
  AcceptInvitationSchema,
  AcceptedInvitationSchema
]

export function presentInvitation(invitation: Invitation): Static<typeof PromoterInvitationSchema> {
  const { dealerName, invitedBy, name, expiresAt } = invitation
  return { dealer: dealerName, invitedBy, name, expiresAt: expiresAt.toISOString() }
}

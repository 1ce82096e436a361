import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LOCALES } from '../../domain/dealers/dealer.ts'
import type { Invitation } from '../../domain/promoters/invitation.ts'
import { Email, Phone } from '../access/user.ts'
import { Id, Instant, closed, nullable, oneOf, requiredText } from '../shared.ts'

export const InvitePromoterSchema = Type.Object(
  {
    email: Email(),
    name: Type.Optional(
      nullable(requiredText(200, 'They give it, or correct it, when they accept.'))
    ),
    locale: Type.Optional(nullable(oneOf(LOCALES, "Language of the mail; null: the dealer's."))),
    message: Type.Optional(nullable(requiredText(500, 'Stands in the mail, as text.'))),
    userId: Type.Optional(
      nullable(Id('Who invites them. Of a member: themselves, and nobody else. Default: nobody.'))
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
    dealer: Type.String({ description: 'Its name.' }),
    invitedBy: nullable(Type.String({ description: 'Name of a team member.' })),
    name: nullable(Type.String({ description: 'Of the one invited; null: they are to give it.' })),
    expiresAt: Instant('From then on it can’t be accepted.')
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
    name: Type.Optional(requiredText()),
    phone: Type.Optional(nullable(Phone())),
    locale: Type.Optional(nullable(oneOf(LOCALES)))
  },
  { $id: 'AcceptInvitation', ...closed, examples: [{ name: 'María Ruiz', locale: 'es' }] }
)

export const AcceptedInvitationSchema = Type.Object(
  {
    pageUrl: Type.String({
      format: 'uri',
      description: 'Of their own page, shown this once: whoever has it reads the page.'
    }),
    link: Type.Object(
      { code: Type.String(), url: Type.String({ description: 'What they hand out.' }) },
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

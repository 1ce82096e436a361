import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { Named } from '../named.ts'
import { Id, Instant, closed, nullable, pageOf, requiredText, wordsText } from '../shared.ts'
import { formed } from '../text-forms.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const ReferralLinkSchema = Type.Object(
  {
    id: Id(),
    code: Type.String(),
    url: Type.String({
      description: 'The address for visitors. It counts the visit and redirects to the target.'
    }),
    label: nullable(Type.String()),
    userId: nullable(Id('The user of the link. Null for the link of a promoter.')),
    promoterId: nullable(Id('The id of the credited promoter. Null for the link of a user.')),
    targetUrl: nullable(
      Type.String({
        description: 'The page that visitors see. Null for the dealer’s landing page.'
      })
    ),
    active: Type.Boolean({ description: 'An inactive link takes no visitors and no leads.' }),
    visits: Type.Integer(),
    lastVisitAt: nullable(Instant()),
    version: Type.Integer({ description: 'A visit does not change the version.' }),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'ReferralLink',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.referralLink,
        code: 'k7Q2mXyz',
        url: 'https://leads.example/r/k7Q2mXyz',
        label: 'Business card',
        userId: null,
        promoterId: EXAMPLE_IDS.promoter,
        targetUrl: 'https://dealer.example/welcome',
        active: true,
        visits: 12,
        lastVisitAt: '2026-11-21T17:03:12.345Z',
        version: 1,
        createdAt: '2026-11-20T09:00:00.000Z',
        updatedAt: '2026-11-20T09:00:00.000Z'
      }
    ]
  }
)

const TargetUrl = () => formed(requiredText(2000, 'An http or https address.'), 'web-address')

export const CreateReferralLinkSchema = Type.Object(
  {
    userId: Type.Optional(
      nullable(
        Named(
          'user',
          'An active user. Members can name only themselves. Default, without a ' +
            'promoter: the calling user.'
        )
      )
    ),
    promoterId: Type.Optional(nullable(Named('promoter', 'A promoter, instead of `userId`.'))),
    label: Type.Optional(nullable(wordsText())),
    targetUrl: Type.Optional(nullable(TargetUrl())),
    code: Type.Optional(
      Type.String({
        pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$/u.source,
        description: 'A code that no other link has. Default: a random code.'
      })
    )
  },
  {
    $id: 'CreateReferralLink',
    ...closed,
    examples: [{ promoterId: EXAMPLE_IDS.promoter, label: 'Business card' }]
  }
)

export const PatchReferralLinkSchema = Type.Object(
  {
    label: Type.Optional(nullable(wordsText())),
    targetUrl: Type.Optional(nullable(TargetUrl())),
    active: Type.Optional(Type.Boolean())
  },
  { $id: 'PatchReferralLink', ...closed, examples: [{ active: false }] }
)

export const ReferralLinkPageSchema = pageOf(ReferralLinkSchema)

export const ReferralTargetSchema = Type.Object(
  { target: Type.String({ format: 'uri' }) },
  {
    $id: 'ReferralTarget',
    ...closed,
    examples: [{ target: 'https://dealer.example/offers?ref=k7Q2mX' }]
  }
)

export const referralLinkSchemas = [
  ReferralTargetSchema,
  ReferralLinkSchema,
  CreateReferralLinkSchema,
  PatchReferralLinkSchema,
  ReferralLinkPageSchema
]

export function presentReferralLink(
  link: ReferralLink,
  publicUrl: string
): Static<typeof ReferralLinkSchema> {
  return {
    ...link,
    url: referralUrl(publicUrl, link.code),
    lastVisitAt: link.lastVisitAt?.toISOString() ?? null,
    createdAt: link.createdAt.toISOString(),
    updatedAt: link.updatedAt.toISOString()
  }
}

/** The address for visitors. It counts the visit and redirects to the target. */
export function referralUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/r/${code}`
}

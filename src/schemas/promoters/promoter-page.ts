import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LEAD_PROGRESSES } from '../../domain/leads/status-groups.ts'
import { COUNTED_MOST } from '../../domain/promoter-pages/promoter-page.ts'
import type { PromotedLead, PromoterPage } from '../../domain/promoter-pages/promoter-page.ts'
import { PROMOTER_STATES } from '../../domain/promoters/promoter.ts'
import { REWARD_STATES } from '../../domain/sales/reward.ts'
import { referralUrl } from './referral-link.ts'
import { Instant, closed, nullable, oneOf, pageOf } from '../shared.ts'

export const IssuedPageLinkSchema = Type.Object(
  {
    url: nullable(
      Type.String({
        format: 'uri',
        description: 'Anyone with this address can read the page. Null in the response to a repeat.'
      })
    )
  },
  {
    $id: 'IssuedPageLink',
    ...closed,
    description: 'The address of a promoter’s page, shown only once.',
    examples: [
      {
        url: 'https://leads.example/v1/promoter-page/lp_02Hr9cWbZ7kQ4tYxN1sVbPd8FgT5mLw3RjK6yC0uXeA7nZiSqD1hGvE2oMfB4'
      }
    ]
  }
)

const PageLinkSchema = Type.Object(
  {
    code: Type.String(),
    url: Type.String({ description: 'The address for visitors.' }),
    visits: Type.Integer(),
    active: Type.Boolean({ description: 'An inactive link takes no visitors and no leads.' })
  },
  closed
)

export const PromoterOwnPageSchema = Type.Object(
  {
    dealer: Type.String({ description: 'The name of the dealer.' }),
    name: Type.String({ description: 'The name of the promoter.' }),
    state: oneOf(PROMOTER_STATES, '`removed`: gets no more mail, but the links stay available.'),
    links: Type.Array(PageLinkSchema, { description: 'The newest 200 links, newest first.' }),
    totals: Type.Object(
      {
        leads: Type.Integer({
          description: `Leads of the promoter, counted up to ${COUNTED_MOST}.`
        }),
        sales: Type.Integer({
          description: `Sales of the promoter, counted up to ${COUNTED_MOST}.`
        }),
        rewards: Type.Object(
          {
            eligible: Type.Integer(),
            approved: Type.Integer(),
            paid: Type.Integer(),
            balance: Type.Integer({
              description: 'The points in the ledger that are not paid yet.'
            })
          },
          { ...closed, description: 'Rewards in points.' }
        )
      },
      closed
    )
  },
  {
    $id: 'PromoterOwnPage',
    ...closed,
    description: 'The page has no personal data of leads.',
    examples: [
      {
        dealer: 'Auto Kraków',
        name: 'Piotr Lis',
        state: 'active',
        links: [
          {
            code: 'k7Q2mXyz',
            url: 'https://leads.example/r/k7Q2mXyz',
            visits: 12,
            active: true
          }
        ],
        totals: {
          leads: 5,
          sales: 2,
          rewards: { eligible: 100, approved: 0, paid: 100, balance: 100 }
        }
      }
    ]
  }
)

const PromotedLeadSchema = Type.Object(
  {
    receivedAt: Instant(),
    state: oneOf(
      LEAD_PROGRESSES,
      '`in_progress`: the dealer works on the lead. `closed`: the lead led to no sale.'
    ),
    reward: nullable(Type.Object({ points: Type.Integer(), state: oneOf(REWARD_STATES) }, closed))
  },
  {
    $id: 'PromotedLead',
    ...closed,
    description: 'A lead as its promoter sees it.',
    examples: [
      {
        receivedAt: '2026-11-21T17:03:12.345Z',
        state: 'sold',
        reward: { points: 100, state: 'eligible' }
      }
    ]
  }
)

export const PromotedLeadPageSchema = pageOf(PromotedLeadSchema)

export const promoterPageSchemas = [
  IssuedPageLinkSchema,
  PromoterOwnPageSchema,
  PromotedLeadSchema,
  PromotedLeadPageSchema
]

export function presentPromoterPage(
  page: PromoterPage,
  publicUrl: string
): Static<typeof PromoterOwnPageSchema> {
  const { dealer, name, state, links, leads, sales, rewards } = page
  return {
    dealer: dealer.name,
    name,
    state,
    links: links.map((link) => ({ ...link, url: referralUrl(publicUrl, link.code) })),
    totals: { leads, sales, rewards }
  }
}

export function presentPromotedLead({
  receivedAt,
  progress,
  reward
}: PromotedLead): Static<typeof PromotedLeadSchema> {
  return { receivedAt: receivedAt.toISOString(), state: progress, reward }
}

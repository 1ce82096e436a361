import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import {
  MOST_REFERRAL_ROWS,
  REFERRAL_MEASURES,
  REWARD_STEPS
} from '../../domain/reports/referral-report.ts'
import type { ReferralRow, RewardPoints } from '../../domain/reports/referral-report.ts'
import type { ReportFilter } from '../../domain/reports/report.ts'
import { ReferenceSchema, Id, closed, nullable, ref } from '../shared.ts'
import { LeadsAddress, leadsAddress } from './leads-address.ts'
import { countMembers, exampleCounts } from './measures.ts'
import { EXAMPLE_HEAD, presentReportHead, reportHead } from './report-filter.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const Points = Type.Object(
  Object.fromEntries(
    REWARD_STEPS.map((state) => [
      state,
      Type.Integer({ description: `Points of rewards that are \`${state}\`.` })
    ])
  ) as Record<(typeof REWARD_STEPS)[number], ReturnType<typeof Type.Integer>>,
  { ...closed, description: 'Points of rewards for sales of these leads.' }
)

const numbers = {
  visits: Type.Integer({
    minimum: 0,
    description:
      'Visits of all time, independent of period and filters: single visits are not stored.'
  }),
  ...countMembers(REFERRAL_MEASURES),
  points: Points,
  leads: LeadsAddress
}

const EXAMPLE_POINTS: RewardPoints = { pending: 0, eligible: 500, approved: 500, paid: 1500 }
const EXAMPLE_PERSON = { id: EXAMPLE_IDS.promoter, name: 'Piotr Lis' }
const EXAMPLE_LEADS = '/v1/reports/leads?from=2026-11-01&to=2026-11-30'
const EXAMPLE_NUMBERS = {
  visits: 340,
  ...exampleCounts(REFERRAL_MEASURES),
  points: EXAMPLE_POINTS
}

const rowsNote = `At most ${MOST_REFERRAL_ROWS}, most leads first.`

export const PromotersReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        {
          promoter: ref(ReferenceSchema),
          user: nullable(ref(ReferenceSchema, 'Who signed them up.')),
          ...numbers
        },
        { ...closed }
      ),
      { description: `Active promoters, and promoters with leads. ${rowsNote}` }
    )
  },
  {
    $id: 'PromotersReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            promoter: EXAMPLE_PERSON,
            user: null,
            ...EXAMPLE_NUMBERS,
            leads: `${EXAMPLE_LEADS}&promoter=${EXAMPLE_PERSON.id}`
          }
        ]
      }
    ]
  }
)

export const ReferralLinksReportSchema = Type.Object(
  {
    ...reportHead,
    rows: Type.Array(
      Type.Object(
        {
          referralLink: Type.Object({ id: Id(), code: Type.String() }, { ...closed }),
          label: nullable(Type.String()),
          promoter: nullable(ref(ReferenceSchema, 'The user who does the activity.')),
          user: nullable(ref(ReferenceSchema, 'Whose it is, where it is no promoter’s.')),
          ...numbers
        },
        { ...closed }
      ),
      { description: `Active links, and links with leads. ${rowsNote}` }
    )
  },
  {
    $id: 'ReferralLinksReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        rows: [
          {
            referralLink: { id: EXAMPLE_IDS.referralLink, code: 'k7Q2mXyz' },
            label: 'Business card',
            promoter: EXAMPLE_PERSON,
            user: null,
            ...EXAMPLE_NUMBERS,
            leads: `${EXAMPLE_LEADS}&referralLink=${EXAMPLE_IDS.referralLink}`
          }
        ]
      }
    ]
  }
)

export const referralReportSchemas = [PromotersReportSchema, ReferralLinksReportSchema]

/** The report on promoters. */
export function presentPromoters(
  filter: ReportFilter,
  rows: readonly ReferralRow[]
): Static<typeof PromotersReportSchema> {
  return {
    ...presentReportHead(filter),
    rows: rows.map((row) => ({
      promoter: { id: row.id, name: row.name },
      user: row.user,
      ...presentNumbers(row),
      leads: leadsAddress(filter, { promoter: row.id })
    }))
  }
}

/** The report on referral links. */
export function presentReferralLinks(
  filter: ReportFilter,
  rows: readonly ReferralRow[]
): Static<typeof ReferralLinksReportSchema> {
  return {
    ...presentReportHead(filter),
    rows: rows.map((row) => ({
      referralLink: { id: row.id, code: row.name },
      label: row.label,
      promoter: row.promoter,
      user: row.user,
      ...presentNumbers(row),
      leads: leadsAddress(filter, { referralLink: row.id })
    }))
  }
}

function presentNumbers({ visits, counts, points }: ReferralRow) {
  return { visits, ...counts, points }
}

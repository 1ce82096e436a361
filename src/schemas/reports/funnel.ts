import { Type } from '@fastify/type-provider-typebox'

import { FUNNEL_STEPS, GROUPS, STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { STEP_MEANINGS } from '../../domain/reports/funnel.ts'
import { Id, closed, nullable, oneOf, ref } from '../shared.ts'
import { LeadsAddress } from './leads-address.ts'
import { EXAMPLE_HEAD, reportHead } from './report-filter.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

/** Where `listFunnelLeads` is. */
export const FUNNEL_LEADS_PATH = '/v1/reports/funnel/leads'

const meanings = <Word extends string>(words: readonly Word[], of: (word: Word) => string) =>
  words.map((word) => `\`${word}\`: ${of(word)}`).join(' ')

const Percent = (of: string) =>
  nullable(Type.Number({ description: `The percentage of ${of}. Null when there are none.` }))

const StaysSchema = Type.Object(
  {
    count: Type.Integer({
      minimum: 0,
      description: 'The number of stays. A lead that returned has two stays.'
    }),
    mean: nullable(Type.Number()),
    median: nullable(Type.Number()),
    p90: nullable(Type.Number({ description: 'The 90th percentile.' }))
  },
  {
    $id: 'Stays',
    ...closed,
    description:
      'Statistics of the stays of leads in a group or status, in seconds. Null when there ' +
      'are no stays.',
    examples: [{ count: 90, mean: 86400.5, median: 43200, p90: 259200 }]
  }
)

const placeMembers = {
  entered: Type.Integer({ minimum: 0, description: 'Leads that are or have been there.' }),
  ofReceived: Percent('all leads'),
  standing: Type.Integer({
    minimum: 0,
    description: 'Leads that are there now. To list them, add `&standing=true` to `leads`.'
  }),
  ended: ref(StaysSchema, 'Stays that are over.'),
  lasting: ref(StaysSchema, 'Stays of those that are there now, until now.'),
  leads: LeadsAddress
}

const EXAMPLE_STAYS = { count: 90, mean: 86400.5, median: 43200, p90: 259200 }
const EXAMPLE_LEADS = `${FUNNEL_LEADS_PATH}?from=2026-11-01&to=2026-11-30`
const EXAMPLE_PLACE = {
  entered: 90,
  ofReceived: 75,
  standing: 20,
  ended: EXAMPLE_STAYS,
  lasting: EXAMPLE_STAYS,
  leads: `${EXAMPLE_LEADS}&group=working`
}

export const FunnelReportSchema = Type.Object(
  {
    ...reportHead,
    steps: Type.Array(
      Type.Object(
        {
          step: oneOf(
            FUNNEL_STEPS,
            meanings(FUNNEL_STEPS, (step) => STEP_MEANINGS[step])
          ),
          entered: Type.Integer({ minimum: 0, description: 'Leads that reached this step.' }),
          ofReceived: Percent('all leads'),
          ofStepBefore: Percent('the leads of the previous step'),
          leads: LeadsAddress
        },
        { ...closed }
      )
    ),
    groups: Type.Array(
      Type.Object(
        {
          group: oneOf(
            STATUS_GROUPS,
            meanings(STATUS_GROUPS, (group) => GROUPS[group].meaning)
          ),
          ...placeMembers
        },
        { ...closed }
      )
    ),
    statuses: Type.Array(
      Type.Object(
        {
          status: Type.Object(
            {
              id: Id(),
              name: Type.String(),
              group: oneOf(STATUS_GROUPS),
              isDeleted: Type.Boolean({ description: 'Whether the status was deleted.' })
            },
            { ...closed }
          ),
          ...placeMembers
        },
        { ...closed }
      ),
      { description: 'Statuses that leads have been in, in the dealer’s order.' }
    )
  },
  {
    $id: 'FunnelReport',
    ...closed,
    examples: [
      {
        ...EXAMPLE_HEAD,
        steps: [
          {
            step: 'worked' as const,
            entered: 90,
            ofReceived: 75,
            ofStepBefore: 75,
            leads: `${EXAMPLE_LEADS}&step=worked`
          }
        ],
        groups: [{ group: 'working' as const, ...EXAMPLE_PLACE }],
        statuses: [
          {
            status: {
              id: EXAMPLE_IDS.statusCalled,
              name: 'Called',
              group: 'working' as const,
              isDeleted: false
            },
            ...EXAMPLE_PLACE
          }
        ]
      }
    ]
  }
)

export const funnelSchemas = [StaysSchema, FunnelReportSchema]

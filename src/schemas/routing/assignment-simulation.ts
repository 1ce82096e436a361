import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { ROUTING_REASONS } from '../../domain/reasons/decision-reasons.ts'
import { codesOf } from '../../domain/reasons/codes.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import type { SimulatedLead } from '../../domain/capture/simulation.ts'
import { PassedOverSchema, passedOverOf, presentPassedOver } from '../leads/decision.ts'
import { CreateLeadSchema } from '../leads/lead-input.ts'
import { presentReason, reasonMembers } from '../reason.ts'
import { Id, Instant, closed, nullable, ref } from '../shared.ts'
import { AssignmentRulesInputSchema } from './assignment-rules.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

export const SimulateAssignmentRulesSchema = Type.Object(
  {
    ruleSetId: Type.Optional(
      Id(
        'The version to simulate; it can be a draft. Default, without `rules`: the published ' +
          'version.'
      )
    ),
    rules: Type.Optional(ref(AssignmentRulesInputSchema, 'Rules that are not kept anywhere.')),
    lead: Type.Optional(ref(CreateLeadSchema, 'A lead as it could come now.')),
    period: Type.Optional(
      Type.Object(
        {
          from: Instant('Only leads received at this time or later.'),
          to: Instant('Only leads received before this time.')
        },
        { ...closed, description: 'Simulates the leads received in this period.' }
      )
    )
  },
  {
    $id: 'SimulateAssignmentRules',
    ...closed,
    description:
      'Exactly one of `lead` and `period` is required. At most one of `ruleSetId` and `rules` ' +
      'is allowed.',
    examples: [{ period: { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' } }]
  }
)

const count = (name: string) =>
  Type.Array(Type.Object({ [name]: Id(), count: Type.Integer() }, closed))

const place = { assigneeId: nullable(Id()), queueId: nullable(Id()) }

const SimulatedLeadSchema = Type.Object(
  {
    leadId: nullable(Id('The simulated lead. Null for the `lead` of the request.')),
    receivedAt: Instant(),
    ...place,
    entryId: nullable(Id('The entry that decided. Null when no entry decided.')),
    ...reasonMembers(ROUTING_REASONS),
    passedOver: Type.Array(ref(PassedOverSchema)),
    actual: nullable(
      Type.Object(place, {
        ...closed,
        description:
          'The actual assignment of the lead when it was received. Null when it was not ' +
          'assigned.'
      })
    ),
    same: nullable(
      Type.Boolean({ description: 'Whether the simulated and the actual assignment are the same.' })
    )
  },
  { $id: 'SimulatedLead', ...closed }
)

export const AssignmentSimulationSchema = Type.Object(
  {
    ruleSetId: nullable(
      Id(
        'The simulated version. Null when the request had its own rules, or when no version is ' +
          'published.'
      )
    ),
    summary: Type.Object(
      {
        leads: Type.Integer(),
        same: Type.Integer({
          description: 'Leads whose simulated assignment is the same as the actual one.'
        }),
        users: count('userId'),
        queues: count('queueId'),
        entries: count('entryId')
      },
      closed
    ),
    data: Type.Array(ref(SimulatedLeadSchema), {
      description: 'In the order in which the leads were received.'
    })
  },
  {
    $id: 'AssignmentSimulation',
    ...closed,
    examples: [
      {
        ruleSetId: EXAMPLE_IDS.assignmentRules,
        summary: {
          leads: 1,
          same: 0,
          users: [{ userId: EXAMPLE_IDS.user, count: 1 }],
          queues: [],
          entries: [{ entryId: EXAMPLE_IDS.assignmentEntry, count: 1 }]
        },
        data: [
          {
            leadId: EXAMPLE_IDS.lead,
            receivedAt: '2026-10-04T08:12:00.000Z',
            assigneeId: EXAMPLE_IDS.user,
            queueId: null,
            entryId: EXAMPLE_IDS.assignmentEntry,
            ...presentReason(because('rule_fits', { ruleName: 'New Kias to online sales' }), 'en'),
            passedOver: [],
            actual: { assigneeId: null, queueId: EXAMPLE_IDS.defaultQueue },
            same: false
          }
        ]
      }
    ]
  }
)

export const assignmentSimulationSchemas = [
  SimulateAssignmentRulesSchema,
  SimulatedLeadSchema,
  AssignmentSimulationSchema
]

type Simulation = Static<typeof AssignmentSimulationSchema>
type Presented = Static<typeof SimulatedLeadSchema>

export function presentSimulation(
  ruleSetId: string | null,
  leads: readonly SimulatedLead[],
  locale: Locale
): Simulation {
  const data = leads.map((lead) => presentSimulatedLead(lead, locale))
  return {
    ruleSetId,
    summary: {
      leads: data.length,
      same: data.filter(({ same }) => same).length,
      users: countBy(data, 'assigneeId', 'userId'),
      queues: countBy(data, 'queueId', 'queueId'),
      entries: countBy(data, 'entryId', 'entryId')
    },
    data
  }
}

function presentSimulatedLead(
  { leadId, receivedAt, plan, actual }: SimulatedLead,
  locale: Locale
): Presented {
  const routed = plan.decisions.find(({ step }) => step === 'routed')
  const reason = routed && plan.quarantineReason === null ? routed : null
  const { entryId } = (routed?.facts ?? {}) as Partial<Pick<Presented, 'entryId'>>
  const assigneeId = plan.assignee?.id ?? null
  const queueId = plan.queue?.id ?? null
  return {
    leadId,
    receivedAt: receivedAt.toISOString(),
    assigneeId,
    queueId,
    entryId: entryId ?? null,
    ...presentReason(routingReasonOf(reason), locale),
    passedOver: presentPassedOver((routed && passedOverOf(routed)) ?? [], locale),
    actual,
    same: actual ? actual.assigneeId === assigneeId && actual.queueId === queueId : null
  }
}

/** The reason of an assignment, with the facts that its sentence names; a lead without one is held back. */
function routingReasonOf(reason: Reason | null): Reason<keyof typeof ROUTING_REASONS> {
  const codes = codesOf(ROUTING_REASONS)
  const code = codes.find((one) => one === reason?.code) ?? 'quarantined'
  const facts: Record<string, unknown> = {}
  for (const name of ROUTING_REASONS[code]) facts[name] = reason?.facts[name]
  return { code, facts }
}

function countBy<Name extends string>(
  data: readonly Presented[],
  member: 'assigneeId' | 'queueId' | 'entryId',
  name: Name
) {
  const counts = new Map<string, number>()
  for (const { [member]: id } of data) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(
      ([id, found]) => ({ [name]: id, count: found }) as Record<Name, string> & { count: number }
    )
}

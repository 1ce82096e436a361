import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ROUTING_OCCASIONS, TURN_METHODS } from '../../domain/routing/assignment-rules.ts'
import type {
  AssignmentEntry,
  AssignmentRules,
  AssignmentTarget
} from '../../domain/routing/assignment-rules.ts'
import { ALWAYS } from '../../domain/rules/criteria.ts'
import { newId } from '../../ids.ts'
import { Named, NamedTeam } from '../named.ts'
import { Id, PartId, closed, oneOf, ref, wordsText } from '../shared.ts'
import { CriteriaSchema } from '../rules/criteria.ts'
import { listRuleSetSchemas, ruleSetSchemas } from '../rules/rule-set.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_ENTRIES = 200
const MAX_WEIGHT = 1000

const target = {
  type: oneOf(['user', 'queue', 'team'], 'The kind of target.'),
  userId: Type.Optional(Named('user', 'The user. Required for `user`.')),
  queueId: Type.Optional(Named('queue', 'The queue. Required for `queue`.')),
  team: Type.Optional(NamedTeam('The team. Required for `team`.')),
  by: Type.Optional(
    oneOf(
      TURN_METHODS,
      'For `team`: the choice of the member. `round_robin` (default): the members take ' +
        'turns. `weighted`: the members take turns in proportion to their weights. ' +
        '`least_busy`: the member with the fewest open leads.'
    )
  ),
  weights: Type.Optional(
    Type.Array(
      Type.Object(
        { userId: Named('user'), weight: Type.Integer({ minimum: 0, maximum: MAX_WEIGHT }) },
        closed
      ),
      { maxItems: 200, description: 'For `weighted`. Members without an entry have weight 1.' }
    )
  ),
  onShiftOnly: Type.Optional(
    Type.Boolean({
      description: 'For `team`: `true` chooses only members within their working hours.'
    })
  ),
  matchLanguage: Type.Optional(
    Type.Boolean({
      description:
        'For `team`: `true` chooses only members who speak the language of the lead, if the ' +
        'lead has one.'
    })
  )
}

const AssignmentTargetSchema = Type.Object(target, { $id: 'AssignmentTarget', ...closed })

const entry = {
  name: wordsText(200, 'The display name of the rule. Decisions quote it.'),
  on: oneOf(
    ROUTING_OCCASIONS,
    'The event that runs the rule. `captured`: a lead was received. `qualified`: a user ' +
      'qualified the lead. `overdue`: the dealer’s response limit passed without an action.'
  ),
  criteria: ref(CriteriaSchema),
  target: ref(AssignmentTargetSchema),
  asOffer: Type.Boolean({
    description:
      'With `qualified`: `true` offers the lead, and the recipient can decline. `false` ' +
      'assigns it.'
  })
}

const AssignmentEntrySchema = Type.Object(
  { id: Id('Permanent across versions, so that the round robin continues.'), ...entry },
  { $id: 'AssignmentEntry', ...closed }
)

const AssignmentEntryInputSchema = Type.Object(
  {
    ...entry,
    id: Type.Optional(
      PartId('The id of the same entry in an earlier version. Omitted for a new entry.')
    ),
    on: Type.Optional(entry.on),
    criteria: Type.Optional(ref(CriteriaSchema, 'Default: every lead.')),
    asOffer: Type.Optional(entry.asOffer)
  },
  { $id: 'AssignmentEntryInput', ...closed }
)

const AssignmentRulesSchema = Type.Object(
  { entries: Type.Array(ref(AssignmentEntrySchema)) },
  {
    $id: 'AssignmentRules',
    ...closed,
    description:
      'An ordered list of entries. The first matching entry whose target can take the lead ' +
      'decides; inactive and absent users, and users at their daily capacity, are passed ' +
      'over. If no entry decides, the lead waits in the default queue. Three assignments ' +
      'have priority over all entries: the user named by the sender, the user of the ' +
      'referral link, and the user who already has the person.'
  }
)

export const AssignmentRulesInputSchema = Type.Object(
  { entries: Type.Array(ref(AssignmentEntryInputSchema), { maxItems: MAX_ENTRIES }) },
  { $id: 'AssignmentRulesInput', ...closed }
)

const EXAMPLE = {
  entries: [
    {
      id: EXAMPLE_IDS.assignmentEntry,
      name: 'New Kias to online sales',
      on: 'captured',
      criteria: {
        all: [
          { field: 'vehicle.make', equals: 'Kia' },
          { field: 'vehicle.condition', equals: 'new' }
        ]
      },
      target: { type: 'team', team: 'online_sales', by: 'round_robin' },
      asOffer: false
    }
  ]
}

export const assignmentRuleSetSchemas = ruleSetSchemas('AssignmentRules', {
  content: AssignmentRulesSchema,
  input: AssignmentRulesInputSchema,
  example: EXAMPLE,
  id: EXAMPLE_IDS.assignmentRules,
  note: 'Evenings go to the call center'
})

export const assignmentRuleSchemas = [
  AssignmentTargetSchema,
  AssignmentEntrySchema,
  AssignmentEntryInputSchema,
  AssignmentRulesSchema,
  AssignmentRulesInputSchema,
  ...listRuleSetSchemas(assignmentRuleSetSchemas)
]

type Input = Static<typeof AssignmentRulesInputSchema>
type TargetInput = Static<typeof AssignmentTargetSchema>

/** Where a target lacks what its type asks for, or has what it does not: pointers below the rules. */
export function findTargetFaults({ entries }: Input): { pointer: string; message: string }[] {
  return entries.flatMap(({ target: sent }, index) => {
    const needed = { user: 'userId', queue: 'queueId', team: 'team' }[sent.type]
    const allowed = sent.type === 'team' ? TEAM_MEMBERS : ['type', needed]
    const pointer = `/entries/${index}/target`
    return [
      ...(needed in sent ? [] : [{ pointer: `${pointer}/${needed}`, message: 'is required' }]),
      ...Object.keys(sent)
        .filter((name) => !allowed.includes(name))
        .map((name) => ({ pointer: `${pointer}/${name}`, message: `is not for ${sent.type}` }))
    ]
  })
}

const TEAM_MEMBERS = ['type', 'team', 'by', 'weights', 'onShiftOnly', 'matchLanguage']

/** Rules as the domain holds them; their targets must have been checked. */
export function readAssignmentRules({ entries }: Input): AssignmentRules {
  return {
    entries: entries.map((sent): AssignmentEntry => ({
      id: sent.id ?? newId(),
      name: sent.name,
      on: sent.on ?? 'captured',
      criteria: sent.criteria ?? ALWAYS,
      target: readTarget(sent.target),
      asOffer: sent.asOffer ?? false
    }))
  }
}

function readTarget(sent: TargetInput): AssignmentTarget {
  switch (sent.type) {
    case 'user':
      return { type: 'user', userId: sent.userId ?? '' }
    case 'queue':
      return { type: 'queue', queueId: sent.queueId ?? '' }
    case 'team':
      return {
        type: 'team',
        team: sent.team ?? 'online_sales',
        by: sent.by ?? 'round_robin',
        weights: sent.weights ?? [],
        onShiftOnly: sent.onShiftOnly ?? false,
        matchLanguage: sent.matchLanguage ?? false
      }
  }
}

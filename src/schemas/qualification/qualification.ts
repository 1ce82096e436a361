import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ACTOR_TYPES } from '../../domain/events/event.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { QUALIFICATION_RESULTS } from '../../domain/qualification/form.ts'
import type { Qualification } from '../../domain/qualification/form.ts'
import { STATUS_KEPT_REASONS } from '../../domain/qualification/qualified-status.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { LEAD_EXAMPLE, LeadSchema, presentLead } from '../leads/lead.ts'
import type { QualifiedLead } from '../../domain/qualification/qualified-status.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref, text } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_FOUND = 1_000

export const QualifyLeadSchema = Type.Object(
  {
    clues: Type.Array(Type.Object({ questionId: Id(), clueId: Id() }, closed), {
      maxItems: MAX_FOUND,
      description: 'The clues that were found. An empty list is allowed.'
    }),
    result: Type.Optional(
      oneOf(QUALIFICATION_RESULTS, 'Overrules the result of the form. `note` is then required.')
    ),
    note: Type.Optional(nullable(text(2_000))),
    reason: Type.Optional(nullable(text(500, 'Required for the result `unqualified`.'))),
    temperature: Type.Optional(oneOf(TEMPERATURES, 'Sets the lead’s temperature for some time.')),
    followUpAt: Type.Optional(
      nullable(
        Instant('The time of the follow-up of a lead that is `not_yet`. Default: by the form.')
      )
    )
  },
  {
    $id: 'QualifyLead',
    ...closed,
    examples: [
      {
        clues: [
          {
            questionId: EXAMPLE_IDS.question,
            clueId: EXAMPLE_IDS.clue
          }
        ],
        temperature: 'hot',
        note: 'Wants to come on Saturday.'
      }
    ]
  }
)

const members = {
  id: Id(),
  leadId: Id(),
  result: oneOf(QUALIFICATION_RESULTS),
  total: Type.Number({ description: 'The total of the clues.' }),
  clues: Type.Array(
    Type.Object(
      { questionId: Id(), question: Type.String(), clueId: Id(), clue: Type.String() },
      closed
    ),
    { description: 'The clues that were found, with the texts of the form at that time.' }
  ),
  formVersion: Type.Integer(),
  note: nullable(Type.String()),
  reason: nullable(Type.String()),
  by: Type.Object({ type: oneOf(ACTOR_TYPES), id: nullable(Id()) }, closed),
  at: Instant(),
  followUpId: nullable(Id('The planned activity.'))
}

const example = {
  id: EXAMPLE_IDS.qualification,
  leadId: LEAD_EXAMPLE.id,
  result: 'qualified',
  total: 40,
  clues: [
    {
      questionId: EXAMPLE_IDS.question,
      question: 'When do they want to drive it?',
      clueId: EXAMPLE_IDS.clue,
      clue: 'Their lease ends within a month'
    }
  ],
  formVersion: 1,
  note: 'Wants to come on Saturday.',
  reason: null,
  by: { type: 'user', id: EXAMPLE_IDS.user },
  at: '2026-11-21T17:20:00.000Z',
  followUpId: null
} as const

const QualificationSchema = Type.Object(members, {
  $id: 'Qualification',
  ...closed,
  examples: [example]
})

export const QualifiedLeadSchema = Type.Object(
  {
    ...members,
    statusKept: nullable(
      oneOf(
        STATUS_KEPT_REASONS,
        'The reason why the lead kept its status. Null when it moved to the result’s group.'
      )
    ),
    lead: ref(LeadSchema, 'The changed lead.')
  },
  {
    $id: 'QualifiedLead',
    ...closed,
    examples: [{ ...example, statusKept: null, lead: LEAD_EXAMPLE }]
  }
)

export const QualificationPageSchema = pageOf(QualificationSchema)

export const qualificationSchemas = [
  QualifyLeadSchema,
  QualificationSchema,
  QualifiedLeadSchema,
  QualificationPageSchema
]

export function presentQualification(found: Qualification): Static<typeof QualificationSchema> {
  const { id, leadId, result, total, formVersion, note, reason, followUpId, actor } = found
  const questions = new Map(found.form.questions.map((question) => [question.id, question]))
  return {
    id,
    leadId,
    result,
    total,
    clues: found.clues.map(({ questionId, clueId }) => {
      const question = questions.get(questionId)
      const clue = question?.clues.find((clue) => clue.id === clueId)
      return { questionId, question: question?.text ?? '', clueId, clue: clue?.text ?? '' }
    }),
    formVersion,
    note,
    reason,
    by: actor,
    at: found.createdAt.toISOString(),
    followUpId
  }
}

export function presentQualifiedLead(
  { qualification, lead, statusKept }: QualifiedLead,
  locale: Locale
): Static<typeof QualifiedLeadSchema> {
  return { ...presentQualification(qualification), statusKept, lead: presentLead(lead, locale) }
}

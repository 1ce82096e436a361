import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { QUESTION_KINDS } from '../../domain/qualification/form.ts'
import type { FormContent, QualificationForm } from '../../domain/qualification/form.ts'
import { newId } from '../../ids.ts'
import { Id, PartId, Instant, closed, oneOf, ref, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const MAX_QUESTIONS = 50
const MAX_CLUES = 20
const MAX_WEIGHT = 1_000
const MAX_TOTAL = MAX_QUESTIONS * MAX_WEIGHT

const clue = {
  text: wordsText(500, 'An observation that points to the answer.'),
  strength: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'The share of the question’s weight that the clue adds.'
  })
}
const question = {
  kind: oneOf(QUESTION_KINDS, 'The subject of the question.'),
  text: wordsText(500),
  weight: Type.Number({ minimum: 0, maximum: MAX_WEIGHT })
}
const limits = {
  qualifiesFrom: Type.Number({
    minimum: 0,
    maximum: MAX_TOTAL,
    description: 'The lowest total of the result `qualified`.'
  }),
  notYetFrom: Type.Number({
    minimum: 0,
    maximum: MAX_TOTAL,
    description: 'The lowest total of the result `not_yet`. A lower total is `unqualified`.'
  }),
  followUpDays: Type.Integer({
    minimum: 1,
    maximum: 730,
    description:
      'Days until the follow-up of a lead that is `not_yet`, unless the request names a time.'
  }),
  routes: Type.Boolean({
    description: 'Whether the assignment rules on `qualified` run for leads with that result.'
  })
}

const partId = Type.Optional(PartId('Default: a new id. Keep it when you change the text.'))
const textList = (maxItems: number) => ({ minItems: 1, maxItems })

export const WriteFormSchema = Type.Object(
  {
    questions: Type.Array(
      Type.Object(
        {
          id: partId,
          ...question,
          clues: Type.Array(Type.Object({ id: partId, ...clue }, closed), textList(MAX_CLUES))
        },
        closed
      ),
      textList(MAX_QUESTIONS)
    ),
    ...limits
  },
  {
    $id: 'WriteQualificationForm',
    ...closed,
    examples: [
      {
        questions: [
          {
            kind: 'timing',
            text: 'When do they want to drive it?',
            weight: 40,
            clues: [
              { text: 'Their lease ends within a month', strength: 1 },
              { text: 'They ask what is in stock', strength: 0.5 }
            ]
          }
        ],
        qualifiesFrom: 30,
        notYetFrom: 10,
        followUpDays: 30,
        routes: true
      }
    ]
  }
)

const QUESTION_EXAMPLE = {
  id: EXAMPLE_IDS.question,
  kind: 'timing',
  text: 'When do they want to drive it?',
  weight: 40,
  clues: [
    {
      id: EXAMPLE_IDS.clue,
      text: 'Their lease ends within a month',
      strength: 1
    },
    { id: EXAMPLE_IDS.weakClue, text: 'They ask what is in stock', strength: 0.5 }
  ]
} as const

export const FormSchema = Type.Object(
  {
    leadType: oneOf(LEAD_TYPES, 'The type of the leads that the form qualifies.'),
    questions: Type.Array(
      Type.Object(
        { id: Id(), ...question, clues: Type.Array(Type.Object({ id: Id(), ...clue }, closed)) },
        closed
      )
    ),
    ...limits,
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'QualificationForm',
    ...closed,
    description:
      'Each question lists clues to listen for, because people rarely name their budget directly. ' +
      'The strongest clue found counts for the question.',
    examples: [
      {
        leadType: 'inquiry',
        questions: [QUESTION_EXAMPLE],
        qualifiesFrom: 30,
        notYetFrom: 10,
        followUpDays: 30,
        routes: true,
        version: 1,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-21T17:03:12.345Z'
      }
    ]
  }
)

export const FormListSchema = Type.Object(
  { data: Type.Array(ref(FormSchema)) },
  { $id: 'QualificationFormList', ...closed }
)

export const formSchemas = [WriteFormSchema, FormSchema, FormListSchema]

/** Reads a posted form. Questions and clues without an id get one. */
export function readForm({ questions, ...settings }: Static<typeof WriteFormSchema>): FormContent {
  return {
    ...settings,
    questions: questions.map(({ id, clues, ...rest }) => ({
      ...rest,
      id: id ?? newId(),
      clues: clues.map((clue) => ({ ...clue, id: clue.id ?? newId() }))
    }))
  }
}

export function presentForm(form: QualificationForm): Static<typeof FormSchema> {
  return {
    ...form,
    createdAt: form.createdAt.toISOString(),
    updatedAt: form.updatedAt.toISOString()
  }
}

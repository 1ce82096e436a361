import type { Actor } from '../events/event.ts'
import type { LeadType } from '../leads/lead.ts'

/** The subjects of questions. */
export const QUESTION_KINDS = ['need', 'authority', 'budget', 'timing', 'other'] as const
type QuestionKind = (typeof QUESTION_KINDS)[number]

export const QUALIFICATION_RESULTS = ['qualified', 'not_yet', 'unqualified'] as const
export type QualificationResult = (typeof QUALIFICATION_RESULTS)[number]

/** An observation that points to the answer of a question. */
interface Clue {
  id: string
  text: string
  /** The share of the question's weight that the clue adds, from 0 to 1. */
  strength: number
}

export interface Question {
  id: string
  kind: QuestionKind
  text: string
  weight: number
  clues: Clue[]
}

export interface FormContent {
  questions: Question[]
  /** The lowest total of the result `qualified`. */
  qualifiesFrom: number
  /** The lowest total of the result `not_yet`. A lower total is `unqualified`. */
  notYetFrom: number
  /** Days until the follow-up of a lead that is `not_yet`. */
  followUpDays: number
  /** Whether the assignment rules on `qualified` run for qualified leads. */
  routes: boolean
}

export interface QualificationForm extends FormContent {
  leadType: LeadType
  version: number
  createdAt: Date
  updatedAt: Date
}

export interface ClueFound {
  questionId: string
  clueId: string
}

/** The qualification of a lead, with a copy of the form at that time. */
export interface Qualification {
  id: string
  leadId: string
  result: QualificationResult
  /** The total of the clues. The caller's result may differ from it. */
  total: number
  clues: ClueFound[]
  form: FormContent
  formVersion: number
  note: string | null
  /** The reason for the result `unqualified`. */
  reason: string | null
  /** The planned activity. */
  followUpId: string | null
  actor: Actor
  createdAt: Date
}

import type { Actor } from '../events/event.ts'
import type { LeadType } from '../leads/lead.ts'

/** What a question is to find out. */
export const QUESTION_KINDS = ['need', 'authority', 'budget', 'timing', 'other'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

export const QUALIFICATION_RESULTS = ['qualified', 'not_yet', 'unqualified'] as const
export type QualificationResult = (typeof QUALIFICATION_RESULTS)[number]

/** Something to listen for; people rarely answer such questions outright. */
export interface Clue {
  id: string
  text: string
  /** How much of the question's weight it is worth, in 0..1. */
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
  /** From which total on a lead is qualified. */
  qualifiesFrom: number
  /** From which total on, below that, it is not yet. Beneath it is unqualified. */
  notYetFrom: number
  /** After how many days somebody asks again, where nobody says otherwise. */
  followUpDays: number
  /** Whether the assignment rules for qualified leads are asked afterwards. */
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

/** What somebody found out about a lead, by the form as it was then. */
export interface Qualification {
  id: string
  leadId: string
  result: QualificationResult
  /** What the clues come to; a person may have seen it otherwise. */
  total: number
  clues: ClueFound[]
  form: FormContent
  formVersion: number
  note: string | null
  /** Why it is not worth selling to. */
  reason: string | null
  /** The activity planned for asking again. */
  followUpId: string | null
  actor: Actor
  createdAt: Date
}

import type { ClueFound, FormContent, QualificationResult, Question } from './form.ts'

/** What the clues found come to. */
export interface Assessment {
  /** In hundredths of a point at the finest. */
  total: number
  result: QualificationResult
}

/**
 * What a form makes of the clues that somebody found: each question counts its weight by the
 * strongest of its clues, however many point the same way; a question without any counts nothing.
 */
export function assess(
  form: Pick<FormContent, 'questions' | 'qualifiesFrom' | 'notYetFrom'>,
  found: readonly ClueFound[]
): Assessment {
  const clueIds = new Set(found.map(({ clueId }) => clueId))
  const total = sumOf(form.questions, (clueId) => clueIds.has(clueId))
  return { total, result: resultOf(form, total) }
}

/** The most that a form's questions can come to: every question's strongest clue found. */
export function highestTotal(questions: readonly Question[]): number {
  return sumOf(questions, () => true)
}

/** The position of the first clue that is not of the form's question it is said to be of, or null. */
export function findUnknownClue(
  { questions }: Pick<FormContent, 'questions'>,
  found: readonly ClueFound[]
): number | null {
  const clueIds = new Map(questions.map(({ id, clues }) => [id, clues.map((clue) => clue.id)]))
  const index = found.findIndex(
    ({ questionId, clueId }) => clueIds.get(questionId)?.includes(clueId) !== true
  )
  return index < 0 ? null : index
}

function sumOf(questions: readonly Question[], isFound: (clueId: string) => boolean): number {
  const points = questions.map(({ weight, clues }) => {
    const strengths = clues.filter(({ id }) => isFound(id)).map(({ strength }) => strength)
    return weight * Math.max(0, ...strengths)
  })
  const total = points.reduce((sum, part) => sum + part, 0)
  // Sums of fractions miss what they should reach by a hair.
  return Math.round(total * 100) / 100
}

function resultOf(
  { qualifiesFrom, notYetFrom }: Pick<FormContent, 'qualifiesFrom' | 'notYetFrom'>,
  total: number
): QualificationResult {
  if (total >= qualifiesFrom) return 'qualified'
  return total >= notYetFrom ? 'not_yet' : 'unqualified'
}

import type { ClueFound, FormContent, QualificationResult, Question } from './form.ts'

/** The total of the clues that were found, and the result by the form. */
interface Assessment {
  /** Rounded to hundredths. */
  total: number
  result: QualificationResult
}

/**
 * Assesses a lead by the clues found. Each question adds its weight times the strength of its
 * strongest clue; a question without a clue adds nothing.
 */
export function assess(
  form: Pick<FormContent, 'questions' | 'qualifiesFrom' | 'notYetFrom'>,
  found: readonly ClueFound[]
): Assessment {
  const clueIds = new Set(found.map(({ clueId }) => clueId))
  const total = sumOf(form.questions, (clueId) => clueIds.has(clueId))
  return { total, result: resultOf(form, total) }
}

/** The highest total that the questions can reach. */
export function highestTotal(questions: readonly Question[]): number {
  return sumOf(questions, () => true)
}

/** The index of the first clue that does not belong to its question of the form, or null. */
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
  // Binary fractions: a sum may be slightly below its true value.
  return Math.round(total * 100) / 100
}

function resultOf(
  { qualifiesFrom, notYetFrom }: Pick<FormContent, 'qualifiesFrom' | 'notYetFrom'>,
  total: number
): QualificationResult {
  if (total >= qualifiesFrom) return 'qualified'
  return total >= notYetFrom ? 'not_yet' : 'unqualified'
}

import fc from 'fast-check'
import t from 'tap'

import { assess, findUnknownClue, highestTotal } from '../../../src/domain/qualification/assess.ts'
import { findFormFaults } from '../../../src/domain/qualification/form-faults.ts'
import type { FormContent, Question } from '../../../src/domain/qualification/form.ts'

/** A question whose clues are of these strengths; the clue at 0 of `q1` is `q1-0`. */
function question(id: string, weight: number, strengths: number[]): Question {
  const clues = strengths.map((strength, index) => ({ id: `${id}-${index}`, text: 'x', strength }))
  return { id, kind: 'other', text: 'x', weight, clues }
}

function form(words: Partial<FormContent> = {}): FormContent {
  return {
    questions: [question('q1', 40, [1, 0.5]), question('q2', 20, [1]), question('q3', 10, [0])],
    qualifiesFrom: 50,
    notYetFrom: 20,
    followUpDays: 30,
    routes: false,
    ...words
  }
}

const found = (...clueIds: string[]) =>
  clueIds.map((clueId) => ({ questionId: clueId.split('-')[0] ?? '', clueId }))

void t.test('the strongest clue of each question makes the total and the result', (t) => {
  const cases: [string, string[], number, string][] = [
    ['nothing found', [], 0, 'unqualified'],
    ['a clue that is worth nothing', ['q3-0'], 0, 'unqualified'],
    ['the weaker clue: just not yet', ['q1-1'], 20, 'not_yet'],
    ['the stronger of two counts, not both', ['q1-0', 'q1-1'], 40, 'not_yet'],
    ['in any order', ['q1-1', 'q1-0'], 40, 'not_yet'],
    ['the same clue twice', ['q2-0', 'q2-0'], 20, 'not_yet'],
    ['two questions add up', ['q1-0', 'q2-0'], 60, 'qualified'],
    ['everything', ['q1-0', 'q1-1', 'q2-0', 'q3-0'], 60, 'qualified']
  ]
  for (const [name, clueIds, total, result] of cases) {
    t.strictSame(assess(form(), found(...clueIds)), { total, result }, name)
  }
  const exact = form({ qualifiesFrom: 40, notYetFrom: 40 })
  t.equal(assess(exact, found('q1-0')).result, 'qualified', 'from that total on')
  t.equal(assess(exact, found('q1-1')).result, 'unqualified', 'no room for not yet')
  t.equal(assess(form({ qualifiesFrom: 0, notYetFrom: 0 }), []).result, 'qualified')
  t.end()
})

void t.test('a sum of fractions reaches its exact total', (t) => {
  const questions = [question('q1', 1, [0.1]), question('q2', 1, [0.2])]
  const fractions = form({ questions, qualifiesFrom: 0.3, notYetFrom: 0 })
  t.strictSame(assess(fractions, found('q1-0', 'q2-0')), { total: 0.3, result: 'qualified' })
  t.strictSame(findFormFaults(fractions), [], 'and the form is of use')
  t.end()
})

void t.test('a clue is of the question it is said to be of', (t) => {
  t.equal(findUnknownClue(form(), found('q1-0', 'q2-0')), null)
  t.equal(findUnknownClue(form(), found('q1-0', 'q9-0')), 1)
  t.equal(findUnknownClue(form(), [{ questionId: 'q2', clueId: 'q1-0' }]), 0)
  t.end()
})

const forms = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 0, max: 100 }),
      strengths: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 })
    }),
    { minLength: 1, maxLength: 6 }
  )
  .map((all) =>
    all.map(({ weight, strengths }, index) => ({
      // Strengths in tenths: the model below counts in whole numbers, which miss nothing.
      tenths: strengths.map((strength) => weight * strength),
      question: question(
        `q${index}`,
        weight,
        strengths.map((strength) => strength / 10)
      )
    }))
  )

/** Whether each clue of a form was heard: as many as a form here can have. */
const coinTosses = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })

/** As one would on paper: clue by clue, in tenths of a point. */
function totalOnPaper(all: { tenths: number[]; question: Question }[], clueIds: Set<string>) {
  let sum = 0
  for (const { tenths, question } of all) {
    let best = 0
    for (const [index, { id }] of question.clues.entries()) {
      const points = tenths[index] ?? 0
      if (clueIds.has(id) && points > best) best = points
    }
    sum += best
  }
  return sum / 10
}

void t.test(
  'property: the total and the result agree with paper, and more clues never harm',
  (t) => {
    const limit = fc.integer({ min: 0, max: 600 })
    const property = fc.property(forms, coinTosses, limit, limit, (all, coins, a, b) => {
      const questions = all.map(({ question }) => question)
      const [notYetFrom, qualifiesFrom] = [Math.min(a, b), Math.max(a, b)]
      const content = form({ questions, qualifiesFrom, notYetFrom })
      const clues = questions.flatMap((question) => question.clues.map(({ id }) => id))
      const heard = clues.filter((_, index) => coins[index])
      const { total, result } = assess(content, found(...heard))

      const expected = totalOnPaper(all, new Set(heard))
      if (total !== expected) throw new Error(`${total} is not ${expected}`)
      const isRight = {
        qualified: expected >= qualifiesFrom,
        not_yet: expected < qualifiesFrom && expected >= notYetFrom,
        unqualified: expected < notYetFrom
      }[result]
      const everything = assess(content, found(...clues)).total
      return isRight && total <= everything && everything === highestTotal(questions)
    })
    t.doesNotThrow(() => {
      fc.assert(property, { numRuns: 1_000 })
    })
    t.end()
  }
)

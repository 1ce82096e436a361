import { highestTotal } from './assess.ts'
import type { FormContent } from './form.ts'

/** What is wrong with a form, and where in it. */
export interface FormFault {
  /** RFC 6901. */
  pointer: string
  message: string
}

/** Everything that keeps a form from being of use: totals nobody can reach, ids that stand for two. */
export function findFormFaults(form: FormContent): FormFault[] {
  const { questions, qualifiesFrom, notYetFrom } = form
  const highest = highestTotal(questions)
  const unreachable = `is more than all questions come to (${highest})`
  return [
    ...(qualifiesFrom > highest ? [{ pointer: '/qualifiesFrom', message: unreachable }] : []),
    ...(notYetFrom > highest ? [{ pointer: '/notYetFrom', message: unreachable }] : []),
    ...(notYetFrom > qualifiesFrom
      ? [{ pointer: '/notYetFrom', message: 'is more than qualifiesFrom' }]
      : []),
    ...findRepeatedIds(form)
  ]
}

function findRepeatedIds({ questions }: FormContent): FormFault[] {
  const ids = questions.flatMap(({ id, clues }, question) => [
    { id, pointer: `/questions/${question}/id` },
    ...clues.map((clue, index) => ({
      id: clue.id,
      pointer: `/questions/${question}/clues/${index}/id`
    }))
  ])
  const seen = new Set<string>()
  return ids.flatMap(({ id, pointer }) => {
    const isRepeated = seen.has(id)
    seen.add(id)
    return isRepeated ? [{ pointer, message: 'is the id of another question or clue' }] : []
  })
}

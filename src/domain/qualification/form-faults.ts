import { highestTotal } from './assess.ts'
import type { FormContent } from './form.ts'

/** A wrong value of a form. */
interface FormFault {
  /** An RFC 6901 pointer into the form. */
  pointer: string
  message: string
}

/** Finds totals that can't be reached and ids that are used twice. */
export function findFormFaults(form: FormContent): FormFault[] {
  const { questions, qualifiesFrom, notYetFrom } = form
  const highest = highestTotal(questions)
  const unreachable = `is above the highest total of the questions (${highest})`
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

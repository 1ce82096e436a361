import { listOf } from '../schemas/leads/lead-filter.ts'
import { problems } from './problems.ts'
import type { FieldError } from './problems.ts'
import { queryPointer } from './request-parts.ts'

/** The words of a list in a query parameter, in the order of `known`. Throws a problem that names those. */
export function readQueryWords<Word extends string>(
  name: string,
  text: string | undefined,
  known: readonly Word[]
): readonly Word[] {
  const words = listOf(text) ?? []
  const unknown = words.find((word) => !known.some((one) => one === word))
  if (unknown === undefined) return known.filter((one) => words.includes(one))
  throw problems.validation([unknownWord(queryPointer(name), unknown, known)])
}

/** The fault of a word that names nothing, such as no `user`, with the words that name something. */
export function unknownWord(
  pointer: string,
  word: string,
  known: readonly string[],
  noun?: string
): FieldError {
  const fault = noun === undefined ? 'has an unknown value' : `names no ${noun}`
  const message = `${fault}: "${word.slice(0, 60)}". Known values: ${known.join(', ')}`
  return { pointer, message }
}

import { listOf } from '../schemas/leads/lead-filter.ts'
import { problems } from './problems.ts'
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
  const message = `has the unknown value "${unknown.slice(0, 60)}"; there are: ${known.join(', ')}`
  throw problems.validation([{ pointer: queryPointer(name), message }])
}

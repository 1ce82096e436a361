import { isDeepStrictEqual } from 'node:util'

import type { ProblemType } from '../../http/problems.ts'
import { exampleOfProblem } from './openapi-problems.ts'

interface Reference {
  $ref: string
}
interface ProblemAnswer {
  content?: Record<string, { examples?: Record<string, Reference> }>
}
interface Components {
  examples?: Record<string, unknown>
  responses?: Record<string, unknown>
}

/** The types an answer may have, as `operation()` noted them in the route's schema. */
export function problemTypesOf(response: unknown, status: string): ProblemType[] {
  const answers = response as Record<string, { 'x-problems'?: ProblemType[] }> | undefined
  return answers?.[status]?.['x-problems'] ?? []
}

/** Shows one example of each type, which stands once in the document. */
export function addProblemExamples(
  answer: ProblemAnswer,
  types: readonly ProblemType[],
  components: Components
): void {
  const media = answer.content?.['application/problem+json']
  if (!media) return
  media.examples = {}
  for (const type of types) {
    components.examples = { ...components.examples, [type]: exampleOfProblem(type) }
    media.examples[type] = { $ref: `#/components/examples/${type}` }
  }
}

/**
 * The reference to a problem answer that stands once, named by its types; or the answer itself, where
 * it is not what others with these types are. Whoever draws the document reads half as much of it.
 */
export function shareProblemAnswer<T extends ProblemAnswer>(
  answer: T,
  types: readonly ProblemType[],
  components: Components
): T | Reference {
  const name = types.join('.')
  components.responses = { [name]: answer, ...components.responses }
  return isDeepStrictEqual(components.responses[name], answer)
    ? { $ref: `#/components/responses/${name}` }
    : answer
}

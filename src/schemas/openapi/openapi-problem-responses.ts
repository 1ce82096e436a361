import { isDeepStrictEqual } from 'node:util'

import type { ProblemType } from '../../http/problems.ts'
import { exampleOfProblem } from './openapi-problems.ts'

interface Reference {
  $ref: string
}
interface ProblemResponse {
  content?: Record<string, { examples?: Record<string, Reference> }>
}
interface Components {
  examples?: Record<string, unknown>
  responses?: Record<string, unknown>
}

/** The types a response may have, as `operation()` noted them in the route's schema. */
export function problemTypesOf(response: unknown, status: string): ProblemType[] {
  const responses = response as Record<string, { 'x-problems'?: ProblemType[] }> | undefined
  return responses?.[status]?.['x-problems'] ?? []
}

/** Shows one example of each type, which stands once in the document. */
export function addProblemExamples(
  response: ProblemResponse,
  types: readonly ProblemType[],
  components: Components
): void {
  const media = response.content?.['application/problem+json']
  if (!media) return
  media.examples = {}
  for (const type of types) {
    components.examples = { ...components.examples, [type]: exampleOfProblem(type) }
    media.examples[type] = { $ref: `#/components/examples/${type}` }
  }
}

/**
 * A reference to a shared problem response, named by its types; or the response itself, where it
 * differs from others of these types. This halves the size of the document.
 */
export function shareProblemResponse<T extends ProblemResponse>(
  response: T,
  types: readonly ProblemType[],
  components: Components
): T | Reference {
  const name = types.join('.')
  components.responses = { [name]: response, ...components.responses }
  return isDeepStrictEqual(components.responses[name], response)
    ? { $ref: `#/components/responses/${name}` }
    : response
}

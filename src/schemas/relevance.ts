import { Type } from '@fastify/type-provider-typebox'

import { CHANGES_DESCRIPTION, CHANGE_SORTS, oneOf } from './shared.ts'

/** What is said of the order of a search. */
export const RELEVANCE_DESCRIPTION =
  '`-relevance` is for `q`: best first, which are the records that have most of its words whole.'

/** The same orders of a list that can be searched, and best first. */
export function newestChangedOrBestFirst(removed: string) {
  const description = `Default: newest first. ${RELEVANCE_DESCRIPTION} ${CHANGES_DESCRIPTION} ${removed}`
  return { sort: Type.Optional(oneOf([...CHANGE_SORTS, '-relevance'], description)) }
}

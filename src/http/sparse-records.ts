import { readQueryWords } from './query-words.ts'

/** Marks a response that has only some members: it is written by the schema of those. */
const SPARSE = Symbol('sparse')

/** The members that `fields` names, or null: all. Throws a problem that names those that there are. */
export function readFields(
  text: string | undefined,
  names: readonly string[]
): readonly string[] | null {
  return text === undefined ? null : readQueryWords('fields', text, names)
}

/** The record with the members that were asked for, its id, and the records that it was expanded with. */
export function withFields<Record extends { id: string }>(
  record: Record,
  fields: readonly string[] | null
): Record {
  if (fields === null) return record
  const kept = { isSparse: true, [SPARSE]: true } as unknown as Record
  for (const name of ['id', ...fields, 'expanded'] as (keyof Record)[]) {
    if (name in record) kept[name] = record[name]
  }
  return kept
}

/** The page, marked where its records are sparse. */
export function pageWithFields<Page extends object>(
  page: Page,
  fields: readonly string[] | null
): Page {
  return fields === null ? page : asSparse(page)
}

function asSparse<Response extends object>(response: Response): Response {
  return { isSparse: true, ...response, [SPARSE]: true }
}

export function isSparse(response: unknown): boolean {
  return typeof response === 'object' && response !== null && SPARSE in response
}

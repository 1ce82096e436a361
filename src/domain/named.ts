/** The records that a request names by id, or by a word that people know. */
export const NAMED_NOUNS = [
  'status',
  'saleStatus',
  'statusReason',
  'source',
  'queue',
  'team',
  'user',
  'promoter'
] as const
export type NamedNoun = (typeof NAMED_NOUNS)[number]

/** A record with the words that it is known by, the most exact first. */
export interface NamedRecord {
  id: string
  words: readonly (string | null)[]
}

/**
 * The ids of the records that a word names, by the most exact kind of word that fits. Case doesn't count,
 * unless one has the word exactly.
 */
export function idsNamedBy(word: string, records: readonly NamedRecord[]): string[] {
  const folded = word.toLowerCase()
  const most = Math.max(0, ...records.map(({ words }) => words.length))
  const ranks = [
    records.filter(({ id }) => id === folded),
    ...Array.from({ length: most }, (_, rank) => [
      records.filter(({ words }) => words[rank] === word),
      records.filter(({ words }) => words[rank]?.toLowerCase() === folded)
    ]).flat()
  ]
  const fitting = ranks.find((named) => named.length > 0) ?? []
  return [...new Set(fitting.map(({ id }) => id))]
}

/** The kinds of record that a match or a key can belong to. */
export const RECORD_TYPES = ['client', 'lead'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** A value that stands in for a blank one. */
export type MappedValue = string | number | boolean | string[]

/** Where one field of what a conversion makes comes from. */
export interface FieldMappingEntry {
  /** Such as `client.customFields.budget` or `account.name`. */
  to: string
  /** A field of the lead, or null: always the default. */
  from: string | null
  /** The value to use when the lead's field is empty. */
  default: MappedValue | null
}

/** How a dealer wants leads carried over, beside what every conversion carries over. */
export interface FieldMapping {
  entries: FieldMappingEntry[]
}

/** The mapping as it stands; version 0: the dealer has said nothing yet. */
export interface StoredFieldMapping extends FieldMapping {
  version: number
  updatedAt: Date | null
}

export const CUSTOM_FIELD_TARGETS = ['lead', 'client'] as const
export type CustomFieldTarget = (typeof CUSTOM_FIELD_TARGETS)[number]

/** `option`: one of a list; `options`: any number of it. A `date` is an ISO 8601 day. */
export const CUSTOM_FIELD_TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'option',
  'options',
  'url',
  'email',
  'phone'
] as const
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number]

/** What one of a dealer's custom fields holds. */
export interface CustomField {
  id: string
  target: CustomFieldTarget
  /** The member's name in `customFields`; never changes. */
  key: string
  label: string
  type: CustomFieldType
  options: string[]
  required: boolean
  searchable: boolean
  position: number
  version: number
  createdAt: Date
  updatedAt: Date
}

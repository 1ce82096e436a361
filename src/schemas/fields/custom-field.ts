import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { CUSTOM_FIELD_TARGETS, CUSTOM_FIELD_TYPES } from '../../domain/fields/custom-field.ts'
import type { CustomField, ValueParsers } from '../../domain/fields/custom-field.ts'
import { readEmail, readPhone } from '../leads/contact-point.ts'
import { Id, Instant, closed, oneOf, pageOf, wordsText } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const FIELD_EXAMPLE = {
  id: EXAMPLE_IDS.customField,
  target: 'lead',
  key: 'budget',
  label: 'Budget',
  type: 'option',
  options: ['up to 50,000', 'more'],
  required: false,
  searchable: true,
  position: 0,
  version: 1,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:12.345Z'
} as const

const TYPE_MEANING =
  '`option`: one of `options`. `options`: any number of `options`. `date`: an ISO 8601 ' +
  'date. `url`: an http or https URL.'

const SEARCHABLE_MEANING =
  'Whether `q` finds records by words in the value. After a change, existing records are ' +
  'found with a delay.'

export const CustomFieldSchema = Type.Object(
  {
    id: Id(),
    target: oneOf(CUSTOM_FIELD_TARGETS),
    key: Type.String({ description: 'The name of the field in `customFields`. It can’t change.' }),
    label: Type.String(),
    type: oneOf(CUSTOM_FIELD_TYPES, TYPE_MEANING),
    options: Type.Array(Type.String(), {
      description: 'The allowed values of the types `option` and `options`.'
    }),
    required: Type.Boolean(),
    searchable: Type.Boolean({ description: SEARCHABLE_MEANING }),
    position: Type.Integer(),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'CustomField',
    ...closed,
    description:
      'The definition of a custom field. Custom fields without a definition accept any value.',
    examples: [FIELD_EXAMPLE]
  }
)

const options = Type.Array(wordsText(100), { minItems: 1, maxItems: 200, uniqueItems: true })
const position = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'Default: the last position.'
})
const required = Type.Boolean({
  description:
    'Whether new records must have a value. Leads of ADF documents and referral links are ' +
    'accepted without one.'
})
const searchable = Type.Boolean({ description: SEARCHABLE_MEANING })

export const CreateCustomFieldSchema = Type.Object(
  {
    target: oneOf(CUSTOM_FIELD_TARGETS),
    key: Type.String({ pattern: /^[A-Za-z][A-Za-z0-9_]{0,59}$/u.source }),
    label: wordsText(),
    type: oneOf(CUSTOM_FIELD_TYPES, TYPE_MEANING),
    options: Type.Optional(options),
    required: Type.Optional(required),
    searchable: Type.Optional(searchable),
    position: Type.Optional(position)
  },
  {
    $id: 'CreateCustomField',
    ...closed,
    examples: [
      {
        target: 'lead',
        key: 'budget',
        label: 'Budget',
        type: 'option',
        options: ['up to 50,000', 'more'],
        searchable: true
      }
    ]
  }
)

export const PatchCustomFieldSchema = Type.Object(
  {
    label: Type.Optional(wordsText()),
    options: Type.Optional(options),
    required: Type.Optional(required),
    searchable: Type.Optional(searchable),
    position: Type.Optional(position)
  },
  { $id: 'PatchCustomField', ...closed, examples: [{ label: 'What it may cost', position: 1 }] }
)

export const CustomFieldPageSchema = pageOf(CustomFieldSchema)

export const customFieldSchemas = [
  CustomFieldSchema,
  CreateCustomFieldSchema,
  PatchCustomFieldSchema,
  CustomFieldPageSchema
]

/** How the dealer's own fields are read in this country. */
export function valueParsers(country: string): ValueParsers {
  return {
    country,
    isEmail: (text) => readEmail(text).valid,
    isPhone: (text) => readPhone(text, country).valid
  }
}

export function presentCustomField(field: CustomField): Static<typeof CustomFieldSchema> {
  return {
    ...field,
    createdAt: field.createdAt.toISOString(),
    updatedAt: field.updatedAt.toISOString()
  }
}

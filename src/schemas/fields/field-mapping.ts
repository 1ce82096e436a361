import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { MappedValue, StoredFieldMapping } from '../../domain/fields/field-mapping.ts'
import { MAPPING_TARGETS } from '../../domain/fields/mapping-target.ts'
import { Instant, closed, nullable, ref, wordsText } from '../shared.ts'

const MAX_ENTRIES = 100
const MAX_DEFAULT = 20_000

const names = (all: readonly string[]) => all.map((name) => `\`${name}\``).join(', ')

const DEFAULT_MEANING =
  'The value to use when the field of the lead is empty. Several values only for a target ' +
  'of type `options`.'

const DefaultInputSchema = Type.Unsafe<MappedValue | null>({
  type: ['string', 'number', 'boolean', 'array', 'null'],
  maxLength: MAX_DEFAULT,
  maxItems: 100,
  items: { type: 'string', maxLength: 200 },
  description: DEFAULT_MEANING
})

const FieldMappingEntrySchema = Type.Object(
  {
    to: wordsText(
      130,
      `The target field: one of ${names(MAPPING_TARGETS)}, or \`client.customFields.<key>\`.`
    ),
    from: nullable(
      wordsText(
        130,
        'A field of the lead, as in `Criteria`, such as `vehicle.make` or ' +
          '`customFields.budget`. Null: always the default. If the field has several values, ' +
          'the first is copied; a target of type `options` gets all.'
      )
    ),
    default: Type.Unsafe<MappedValue | null>({ description: DEFAULT_MEANING })
  },
  {
    $id: 'FieldMappingEntry',
    ...closed,
    examples: [{ to: 'client.customFields.budget', from: 'customFields.budget', default: 0 }]
  }
)

const EntryInputSchema = Type.Object(
  {
    to: FieldMappingEntrySchema.properties.to,
    from: Type.Optional(FieldMappingEntrySchema.properties.from),
    default: Type.Optional(DefaultInputSchema)
  },
  { $id: 'FieldMappingEntryInput', ...closed }
)

const ENTRIES_EXAMPLE = [
  { to: 'client.customFields.budget', from: 'customFields.budget', default: null },
  { to: 'account.name', from: 'contact.companyName', default: 'Private customers' },
  { to: 'opportunity.amount', from: 'vehicle.price', default: null }
]

export const FieldMappingSchema = Type.Object(
  {
    entries: Type.Array(ref(FieldMappingEntrySchema)),
    version: Type.Integer({ description: '0 before the first write.' }),
    updatedAt: nullable(Instant())
  },
  {
    $id: 'FieldMapping',
    ...closed,
    description:
      'The lead fields that a conversion copies in addition to name, e-mails, phones, ' +
      'address, source, vehicles, message, consents and custom fields with the same keys. ' +
      'An entry has priority over these.',
    examples: [{ entries: ENTRIES_EXAMPLE, version: 1, updatedAt: '2026-11-21T17:20:00.000Z' }]
  }
)

export const WriteFieldMappingSchema = Type.Object(
  { entries: Type.Array(ref(EntryInputSchema), { maxItems: MAX_ENTRIES }) },
  { $id: 'WriteFieldMapping', ...closed, examples: [{ entries: ENTRIES_EXAMPLE }] }
)

export const fieldMappingSchemas = [
  FieldMappingEntrySchema,
  EntryInputSchema,
  FieldMappingSchema,
  WriteFieldMappingSchema
]

export function readFieldMapping(input: Static<typeof WriteFieldMappingSchema>) {
  return {
    entries: input.entries.map(({ to, from, default: standIn }) => ({
      to,
      from: from ?? null,
      default: standIn ?? null
    }))
  }
}

export function presentFieldMapping({
  entries,
  version,
  updatedAt
}: StoredFieldMapping): Static<typeof FieldMappingSchema> {
  return { entries, version, updatedAt: updatedAt?.toISOString() ?? null }
}

import { boolean, jsonb, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'

import { CUSTOM_FIELD_TARGETS, CUSTOM_FIELD_TYPES } from '../../domain/fields/custom-field.ts'
import type { FieldMapping } from '../../domain/fields/field-mapping.ts'
import { createdAt, dealerId, updatedAt, version } from './columns.ts'
import { dealers } from './dealers/dealers.ts'
import { enumText, table } from './table.ts'

/** The definitions of a dealer's custom fields. Fields without a definition accept any value. */
export const customFields = table(
  'custom_fields',
  {
    dealerId: dealerId().references(() => dealers.id),
    id: uuid().notNull(),
    target: enumText(CUSTOM_FIELD_TARGETS).notNull(),
    key: text().notNull(),
    label: text().notNull(),
    type: enumText(CUSTOM_FIELD_TYPES).notNull(),
    /** Of types `option` and `options`: the values there are. */
    options: text().array().notNull(),
    required: boolean().notNull(),
    /** Whether `q` finds records by it. */
    searchable: boolean().notNull(),
    position: smallint().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('custom_fields_key_key').on(t.dealerId, t.target, t.key)
  ]
)

/** How a dealer wants leads carried over into clients, accounts and opportunities. */
export const fieldMappings = table(
  'field_mappings',
  {
    dealerId: dealerId().references(() => dealers.id),
    content: jsonb().$type<FieldMapping>().notNull(),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [primaryKey({ columns: [t.dealerId] })]
)

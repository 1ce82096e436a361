import { bigint, integer, json, primaryKey, unique, uuid } from 'drizzle-orm/pg-core'

import { RECORD_TYPES } from '../../domain/leads/record-type.ts'
import type { PersonForm } from '../../domain/matching/person-form.ts'
import { REKEYING_STATES } from '../../domain/matching/rekeying.ts'
import { createdAt, dealerId, instant, updatedAt } from './columns.ts'
import { enumText, table } from './table.ts'

/**
 * The person of each client and lead in the form people are compared in, with the version of the normaliser that
 * made it and the hashes of its blocking keys: those are removed by it.
 */
export const personForms = table(
  'person_forms',
  {
    dealerId: dealerId(),
    recordId: uuid().notNull(),
    recordType: enumText(RECORD_TYPES).notNull(),
    version: integer().notNull(),
    keys: bigint({ mode: 'number' }).array().notNull(),
    // As text: it is read whole.
    form: json().$type<PersonForm>().notNull()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.recordId] })]
)

/**
 * The records under each blocking key, by which people are found who share no e-mail or phone. Hashes, in one
 * index that is all there is to read and write; a look-up takes at most so many records of each.
 */
export const personKeys = table(
  'person_keys',
  {
    dealerId: dealerId(),
    key: bigint({ mode: 'number' }).notNull(),
    recordId: uuid().notNull()
  },
  (t) => [primaryKey({ columns: [t.dealerId, t.key, t.recordId] })]
)

/** One run over all clients and leads after the normaliser has changed; goes on where it stopped. */
export const rekeyings = table(
  'rekeyings',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    version: integer().notNull(),
    state: enumText(REKEYING_STATES).notNull(),
    total: integer().notNull(),
    done: integer().notNull(),
    /** The kind of record at which the run is: clients come first. */
    recordType: enumText(RECORD_TYPES).notNull(),
    lastRecordId: uuid(),
    startedAt: instant(),
    finishedAt: instant(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('rekeyings_version').on(t.dealerId, t.version)
  ]
)

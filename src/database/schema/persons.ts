import { sql } from 'drizzle-orm'
import { bigint, index, integer, json, jsonb, primaryKey, unique, uuid } from 'drizzle-orm/pg-core'

import { RECORD_TYPES } from '../../domain/leads/record-type.ts'
import { DUPLICATE_STATES } from '../../domain/matching/duplicate.ts'
import type { MatchReason } from '../../domain/matching/match-reason.ts'
import type { PersonForm } from '../../domain/matching/person-form.ts'
import { REKEYING_STATES } from '../../domain/matching/rekeying.ts'
import { users } from './access.ts'
import { createdAt, dealerId, instant, updatedAt, version } from './columns.ts'
import { enumText, indexOfGiven, reference, table } from './table.ts'

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
    form: json().$type<PersonForm>().notNull(),
    /** Of clients: the way in which it was compared with the other clients; 0: it is still to be. */
    compared: bigint({ mode: 'number' }).notNull().default(0)
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.recordId] }),
    index('person_forms_compared')
      .on(t.dealerId, t.compared, t.recordId)
      .where(sql`${t.recordType} = 'client'`)
  ]
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

/**
 * Pairs of clients who may be one person. The clients may be gone or merged meanwhile: no reference makes a
 * comparison wait for a change of a client.
 */
export const duplicates = table(
  'duplicates',
  {
    dealerId: dealerId(),
    id: uuid().notNull(),
    /** The lower id, and the higher one. */
    firstId: uuid().notNull(),
    secondId: uuid().notNull(),
    state: enumText(DUPLICATE_STATES).notNull(),
    /** In ten-thousandths: lists are in this order. */
    score: integer().notNull(),
    reasons: jsonb().$type<MatchReason[]>().notNull(),
    assigneeId: uuid(),
    decidedBy: uuid(),
    decidedAt: instant(),
    /** The merge by which it came into this state. */
    operationId: uuid(),
    /** The state before that merge; null: the merge made the pair. */
    stateBefore: enumText(DUPLICATE_STATES),
    version: version(),
    createdAt: createdAt(),
    updatedAt: updatedAt()
  },
  (t) => [
    primaryKey({ columns: [t.dealerId, t.id] }),
    unique('duplicates_pair').on(t.dealerId, t.firstId, t.secondId),
    index('duplicates_second').on(t.dealerId, t.secondId),
    index('duplicates_best').on(t.dealerId, t.state, t.score, t.id),
    indexOfGiven('duplicates_assignee', t, t.assigneeId),
    indexOfGiven('duplicates_operation', t, t.operationId),
    reference(t, t.assigneeId, users),
    reference(t, t.decidedBy, users)
  ]
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

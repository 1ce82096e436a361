import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { ParameterTypes, Values } from '../../database/statement.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import type { RecordType } from '../../domain/leads/record-type.ts'
import { storedPerson } from '../../domain/matching/stored-person.ts'

/**
 * What people like a record's person are found and compared by. It is written and removed together with the
 * keys of `match_keys`, in the same transaction.
 */

/** The parameters of `personInsert`, beside the record's id. */
export const PERSON_TYPES = {
  personVersion: 'integer',
  personKeys: 'bigint[]',
  personForm: 'text'
} as const satisfies ParameterTypes

/** Parts of a `with` that insert the person of one new record. */
export function personInsert({ id, type }: { id: string; type: RecordType }): string {
  return `person as (
  insert into person_forms (dealer_id, record_id, record_type, version, keys, form)
  values (:dealerId, ${id}, '${type}', :personVersion, :personKeys, :personForm::json)
), person_key as (
  insert into person_keys (dealer_id, key, record_id)
  select :dealerId, k, ${id} from unnest(:personKeys) k
)`
}

/** The values of these parameters. */
export function personValues(contact: Contact): Values<typeof PERSON_TYPES> {
  const { version, keys, form } = storedPerson(contact)
  return {
    personVersion: version,
    personKeys: keys.map(String),
    personForm: JSON.stringify(form)
  }
}

const INSERT = statement(
  'person-insert',
  { type: 'text', persons: 'jsonb' },
  `with given as materialized (
     select p.id, p.version, p.keys, p.form from jsonb_to_recordset(:persons)
       as p(id uuid, version integer, keys bigint[], form json)
   ), forms as (
     insert into person_forms (dealer_id, record_id, record_type, version, keys, form)
     select :dealerId, g.id, :type, g.version, g.keys, g.form from given g
   )
   insert into person_keys (dealer_id, key, record_id)
   select :dealerId, k, g.id from given g cross join lateral unnest(g.keys) k`
)

/** Lets the persons of new records of one type be found. */
export async function insertPersons(
  tx: Transaction,
  type: RecordType,
  records: readonly { id: string; contact: Contact }[]
): Promise<void> {
  if (records.length === 0) return
  const persons = records.map(({ id, contact }) => ({ id, ...storedPerson(contact) }))
  await tx.run(INSERT, { type, persons })
}

const REMOVE = statement(
  'person-remove',
  { ids: 'uuid[]' },
  `with gone as (
     delete from person_forms where dealer_id = :dealerId and record_id = any (:ids)
     returning record_id, keys
   )
   delete from person_keys k using gone g
   where k.dealer_id = :dealerId and k.key = any (g.keys) and k.record_id = g.record_id`
)

/** Makes the persons of these records unfindable. */
export async function removePersons(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.run(REMOVE, { ids })
}

/** Lets the persons of locked records of one type be found by what they are now. */
export async function replacePersons(
  tx: Transaction,
  type: RecordType,
  records: readonly { id: string; contact: Contact }[]
): Promise<void> {
  if (records.length === 0) return
  await removePersons(
    tx,
    records.map(({ id }) => id)
  )
  await insertPersons(tx, type, records)
}

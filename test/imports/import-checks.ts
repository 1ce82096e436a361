import type { Test } from 'tap'

import type { Desk } from './import-desk.ts'
import { badRows } from './many-rows.ts'

/** Where the columns of the list are guessed to go. */
export const FIELDS = [
  'externalId',
  'contact.fullName',
  'contact.email',
  'contact.phone',
  'vehicle.make',
  'vehicle.model',
  'vehicle.year',
  'message'
]

/** What becomes of a list of so many rows. */
export function countsOf(rows: number) {
  const bad = badRows(rows)
  return { created: rows - bad, updated: 0, skipped: 0, bad }
}

/** Where its columns go. */
export function guessed({ settings }: { settings: { mapping: { field: string | null }[] } }) {
  return settings.mapping.map(({ field }) => field)
}

/** How many leads there are, and how many different ids and people. */
export async function recordsOf(desk: Desk) {
  const [found] = await desk.query(`select count(*)::integer as leads,
    count(distinct external_id)::integer as ids,
    count(distinct content->'contact'->'emails'->0->>'address')::integer as emails from leads`)
  return found
}

/** The import is undone, and nothing is there that it made. */
export async function nothingLeft(t: Test, desk: Desk, id: string): Promise<void> {
  t.equal((await desk.call('GET', `/v1/imports/${id}`)).state, 'undone')
  const [left] = await desk.query(`select (select count(*) from leads) as leads,
    (select count(*) from match_keys) as keys, (select count(*) from decisions) as decisions`)
  t.strictSame(left, { leads: '0', keys: '0', decisions: '0' }, 'nothing is left')
}

import { readFileSync } from 'node:fs'

import type pg from 'pg'

import type { Contact } from '../../../src/domain/leads/lead.ts'

/** Two clients, as they were before a user said whether they are one person. */
export interface DecidedPair {
  isSame: boolean
  contacts: [Contact, Contact]
}

/**
 * What the users of a dealer decided. A survivor is taken as it was before the merge: after it, it has all that
 * the other had. A merge that was undone says nothing.
 */
export async function readDecisions(client: pg.Client, slug: string): Promise<DecidedPair[]> {
  const { rows } = await client.query<DecidedPair>(
    `select d.state = 'merged' as "isSame", json_build_array(
       coalesce(case d.first_id::text when o.recorded #>> '{survivor,id}'
         then o.recorded #> '{survivor,before,content,contact}' end, a.content->'contact'),
       coalesce(case d.second_id::text when o.recorded #>> '{survivor,id}'
         then o.recorded #> '{survivor,before,content,contact}' end, b.content->'contact')
     ) as contacts
     from duplicates d
     join dealers t on t.id = d.dealer_id and t.slug = $1
     join clients a on a.dealer_id = d.dealer_id and a.id = d.first_id
     join clients b on b.dealer_id = d.dealer_id and b.id = d.second_id
     left join operations o on d.state = 'merged' and o.dealer_id = d.dealer_id
       and o.id = d.operation_id
     where d.state = 'merged' or (d.state = 'different' and d.operation_id is null)
     order by d.id`,
    [slug]
  )
  return rows
}

/** The decisions that a file has, one a line. */
export function readDecidedPairs(path: string): DecidedPair[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as DecidedPair)
}

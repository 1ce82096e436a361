import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import { DealerMemory } from './dealer-memory.ts'

type KeyedReference = Reference & { key: string }
type Status = Reference & { group: StatusGroup }

interface NameRows {
  stamp: string
  statuses: Status[]
  statusReasons: KeyedReference[]
  sources: KeyedReference[]
  queues: Reference[]
  users: Reference[]
}

/** What leads belong to by an id: few records of a dealer, of which each list of leads names the same. */
export interface DealerNames {
  /** Another one after each change. */
  stamp: string
  statuses: ReadonlyMap<string, Status>
  statusReasons: ReadonlyMap<string, KeyedReference>
  sources: ReadonlyMap<string, KeyedReference>
  queues: ReadonlyMap<string, Reference>
  users: ReadonlyMap<string, Reference>
}

const STAMP = statement(
  'dealer-names-stamp',
  {},
  'select stamp from dealers where id = :dealerId'
).returning<{ stamp: string }>()

const NAMES = statement(
  'dealer-names',
  {},
  `select d.stamp,
     (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'group', s."group")), '[]')
       from statuses s where s.dealer_id = :dealerId) as statuses,
     (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'name', r.name)), '[]')
       from status_reasons r where r.dealer_id = :dealerId) as "statusReasons",
     (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name)), '[]')
       from sources s where s.dealer_id = :dealerId) as sources,
     (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name)), '[]')
       from queues q where q.dealer_id = :dealerId) as queues,
     (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name)), '[]')
       from users u where u.dealer_id = :dealerId) as users
   from dealers d where d.id = :dealerId`
).returning<NameRows>()

const remembered = new DealerMemory<DealerNames>()

/** What reads rest on already: one check of each is enough. */
const assumptions = new WeakMap<Transaction, DealerNames>()

/**
 * The names of the transaction's dealer. A repeatable read gets those that this process remembers, while
 * PostgreSQL is asked whether their stamp is the present one.
 */
export async function namesOf(tx: Transaction): Promise<DealerNames> {
  const assumed = assumptions.get(tx)
  if (assumed) return assumed
  const known = remembered.get(tx.dealerId)
  if (!known) return await readNames(tx)
  const isCurrent = checkStamp(tx, known)
  if (!tx.isRepeatable) return (await isCurrent) ? known : await readNames(tx)
  tx.assume(isCurrent)
  assumptions.set(tx, known)
  return known
}

/** Reads the names from PostgreSQL, and remembers them. */
export async function readNames(tx: Transaction): Promise<DealerNames> {
  const [row] = await tx.run(NAMES, {})
  if (!row) throw new Error('the dealer of a transaction was not found')
  const names = {
    stamp: row.stamp,
    statuses: byId(row.statuses),
    statusReasons: byId(row.statusReasons),
    sources: byId(row.sources),
    queues: byId(row.queues),
    users: byId(row.users)
  }
  remembered.set(tx.dealerId, names)
  return names
}

/** Forgets the names of a dealer: the next transaction reads them. */
export function forgetNames(dealerId: string): void {
  remembered.forget(dealerId)
}

async function checkStamp(tx: Transaction, { stamp }: DealerNames): Promise<boolean> {
  const [row] = await tx.run(STAMP, {})
  const isCurrent = row?.stamp === stamp
  if (!isCurrent) forgetNames(tx.dealerId)
  return isCurrent
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

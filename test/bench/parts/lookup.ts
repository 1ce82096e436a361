import type pg from 'pg'

import { newId } from '../../../src/ids.ts'
import { contactKeys } from '../../../src/domain/leads/contact.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'
import { storedPerson } from '../../../src/domain/matching/stored-person.ts'
import {
  findCandidates,
  findSimilarCandidates
} from '../../../src/repositories/leads/candidates.ts'
import { cpuOfPostgres } from '../cpu.ts'
import { readRows } from '../matching/labelled-leads.ts'
import { ownPopulation } from '../matching/own-population.ts'
import type { BenchOptions } from '../options.ts'
import { median, printTable, say } from '../result.ts'
import type { Result } from '../result.ts'
import { makeDealers, timed, withPostgres } from '../setup.ts'
import type { BenchPostgres } from '../setup.ts'

const FIRST_SIZE = 10_000
/** Persons of one seed, and how many clients a statement inserts. */
const CHUNK = 10_000
const BATCH = 1_000
/** Look-ups of one size: of persons who return, with errors, and of others. */
const LOOKUPS = 2_000
const WARM_UP = 500

/** What a look-up took in milliseconds, and brought. */
interface Looked {
  p50: number
  p99: number
  postgresMs: number
  candidates: number
  indexMb: number
}

/**
 * The look-up of everybody like one person among the clients of one dealer, as a capture makes it, from 10,000
 * clients tenfold up to `--clients`: by e-mail and phone, and by the blocking keys.
 */
export async function benchLookup(options: BenchOptions): Promise<Result> {
  const last = options.number('clients', 1_000_000)
  return await withPostgres(async (postgres) => {
    const [dealer] = await makeDealers(postgres, 1)
    if (!dealer) throw new Error('no dealer')
    const sizes: [number, Looked][] = []
    for (let size = FIRST_SIZE, loaded = 0; size <= last; loaded = size, size *= 10) {
      await timed(`adding clients up to ${size}`, () =>
        fill(postgres.owner, dealer.id, loaded, size)
      )
      sizes.push([size, await measure(postgres, dealer.id)])
    }
    return report(sizes)
  })
}

/** Invented persons, the same for a seed: each as first seen, and again with errors. */
function population(seed: number): { first: Contact[]; again: Contact[] } {
  const seen = new Set<string>()
  const [first, again]: [Contact[], Contact[]] = [[], []]
  for (const { contact, cluster } of readRows(ownPopulation(CHUNK, seed))) {
    const isKnown = seen.has(cluster)
    seen.add(cluster)
    if (isKnown) again.push(contact)
    else first.push(contact)
  }
  return { first: first.slice(0, CHUNK), again }
}

async function fill(owner: pg.Client, dealerId: string, loaded: number, size: number) {
  await owner.query(`set session_replication_role = replica`)
  for (let seed = loaded / CHUNK + 1; seed <= size / CHUNK; seed++) {
    const { first } = population(seed)
    for (let at = 0; at < first.length; at += BATCH) {
      await owner.query(INSERT, [
        dealerId,
        JSON.stringify(first.slice(at, at + BATCH).map(asClient))
      ])
    }
  }
  await owner.query(`set session_replication_role = origin`)
  await owner.query('vacuum (analyze)')
}

function asClient(contact: Contact) {
  const content = {
    contact,
    description: null,
    vehicleInterests: [],
    consents: [],
    customFields: {}
  }
  return { id: newId(), content, strong: contactKeys(contact), ...storedPerson(contact) }
}

const INSERT = `with given as materialized (
  select * from jsonb_to_recordset($2::jsonb)
    as p(id uuid, content jsonb, strong text[], version integer, keys bigint[], form json)
), client as (
  insert into clients (dealer_id, id, display_name, content, version, created_at, updated_at)
  select $1::uuid, id, 'Ann Lee', content, 1, now(), now() from given
), strong_key as (
  insert into match_keys (dealer_id, key, record_type, record_id)
  select $1::uuid, k, 'client', id from given cross join lateral unnest(strong) k
), forms as (
  insert into person_forms (dealer_id, record_id, record_type, version, keys, form)
  select $1::uuid, id, 'client', version, keys, form from given
)
insert into person_keys (dealer_id, key, record_id)
select $1::uuid, k, id from given cross join lateral unnest(keys) k`

async function measure({ db, owner, postmasterPid }: BenchPostgres, dealerId: string) {
  const contacts = [...population(1).again.slice(0, (LOOKUPS * 3) / 4), ...population(0).first]
  const asked = contacts.slice(0, LOOKUPS)
  const look = async (contact: Contact) =>
    await db.read(dealerId, async (tx) => {
      const start = performance.now()
      const types = ['client', 'lead'] as const
      const known = await findCandidates(tx, contact, types)
      const similar = await findSimilarCandidates(tx, { contact, policy: 'fuzzy' }, types)
      return { ms: performance.now() - start, found: known.length + similar.length }
    })
  for (const contact of asked.slice(0, WARM_UP)) await look(contact)
  const before = cpuOfPostgres(postmasterPid)
  const looked = []
  for (const contact of asked) looked.push(await look(contact))
  const postgresMs = (cpuOfPostgres(postmasterPid) - before) / looked.length
  const times = looked.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const { rows } = await owner.query<{ mb: number }>(
    `select (pg_total_relation_size('person_keys') + pg_total_relation_size('person_forms')) / 1e6 ::float8 as mb`
  )
  return {
    p50: median(times),
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
    postgresMs,
    candidates: looked.reduce((sum, { found }) => sum + found, 0) / looked.length,
    indexMb: rows[0]?.mb ?? 0
  }
}

function report(sizes: readonly [number, Looked][]): Result {
  say('\nlook-ups of one person, both statements')
  printTable(
    ['clients', 'p50 ms', 'p99 ms', 'CPU ms, PostgreSQL', 'candidates', 'keys and forms, MB'],
    sizes.map(([size, { p50, p99, postgresMs, candidates, indexMb }]) => [
      size,
      p50.toFixed(2),
      p99.toFixed(2),
      postgresMs.toFixed(2),
      candidates.toFixed(1),
      indexMb.toFixed(0)
    ])
  )
  const [[, baseline] = [0, null]] = sizes
  const [, ours] = sizes.at(-1) ?? [0, null]
  const ratios =
    ours && baseline ? { p50: ours.p50 / baseline.p50, p99: ours.p99 / baseline.p99 } : {}
  return { part: 'lookup', ours: ours ?? {}, baseline: baseline ?? {}, ratios }
}

import pg from 'pg'

import { MAX_NAMES } from '../../src/database/naming-statements.ts'

/** More names than any connection of the suite has: each is a plan that PostgreSQL keeps in memory. */
const MAX_OF_CONNECTION = MAX_NAMES / 2

/** What begins, ends or marks a transaction has no plan. */
const CONTROL = /^(?:begin|commit|rollback|savepoint|release savepoint)\b/

/** Statements that may go without a name, by their beginning, each with its reason. */
const ALLOWED = [
  // Asked once, when a process starts.
  /^select current_setting\('transaction_read_only'\)/,
  /^select to_regclass\('drizzle/,
  /^select hash from drizzle/,
  // One connection asks it every few seconds, and it has no plan.
  /^select 1$/
]

const faults = new Set<string>()

/**
 * Notes the statements of the application's connections that have no name, and connections with too many
 * names: either makes PostgreSQL plan again and again.
 */
export function watchStatements(): void {
  const { prototype } = pg.Client
  if (WATCHED in prototype) return
  Object.defineProperty(prototype, WATCHED, { value: true })
  const query = Reflect.get(prototype, 'query') as (...given: unknown[]) => unknown
  const names = new WeakMap<object, Set<string>>()
  Object.assign(prototype, {
    query(this: pg.Client, ...given: unknown[]): unknown {
      if (isApplications(this)) note(given[0], namesOf(names, this))
      return query.apply(this, given)
    }
  })
}

const WATCHED = Symbol.for('leadyard.watched')

/** What was noted since the last call. */
export function takeStatementFaults(): string[] {
  const found = [...faults]
  faults.clear()
  return found
}

function isApplications(client: pg.Client): boolean {
  const { connectionParameters } = client as unknown as {
    connectionParameters?: { application_name?: string }
  }
  return connectionParameters?.application_name === 'leadyard'
}

function namesOf(all: WeakMap<object, Set<string>>, client: pg.Client): Set<string> {
  const own = all.get(client) ?? new Set()
  all.set(client, own)
  return own
}

function note(asked: unknown, names: Set<string>): void {
  const { text, name, unnamed } = (typeof asked === 'string' ? { text: asked } : asked) as {
    text: string
    name?: string
    unnamed?: string
  }
  if (name !== undefined) names.add(name)
  if (names.size > MAX_OF_CONNECTION) faults.add(`${names.size} names on one connection`)
  const mayGoWithout = unnamed === 'filters' || unnamed === 'several rows'
  const isAllowed = mayGoWithout || CONTROL.test(text) || ALLOWED.some((one) => one.test(text))
  if (name === undefined && !isAllowed) faults.add(text)
}

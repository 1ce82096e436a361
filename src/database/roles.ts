import { createHash, createHmac } from 'node:crypto'

import type pg from 'pg'

import { StartError } from '../config/start-error.ts'
import { DATABASE_LIMITS } from './limits.ts'
import { findLoginFault } from './login-faults.ts'
import { scramVerifier } from './scram.ts'

/** The group roles of the migrations, and what of the program logs in as a member of each. */
export const GROUPS = { app: 'leadyard_app', worker: 'leadyard_worker' } as const

export type LoginKind = keyof typeof GROUPS

export const LOGIN_KINDS = Object.keys(GROUPS) as LoginKind[]

/** URLs by which the program's parts log in. */
type LoginUrls = Record<LoginKind, string>

/**
 * The login URLs for the API and the worker, derived from the owner's.
 *
 * Names hold a hash of the database's name, because roles belong to the whole cluster; passwords are
 * derived from the secret, so every process of an installation knows them and none is stored.
 */
export function loginUrls(ownerUrl: string, secret: string): LoginUrls {
  const url = (kind: LoginKind): string => {
    const login = new URL(ownerUrl)
    const user = loginName(kind, ownerUrl)
    const password = loginPassword(user, secret)
    // The driver prefers a login in the query. A URL without a host can have it nowhere else.
    if (login.hostname === '') {
      login.searchParams.set('user', user)
      login.searchParams.set('password', password)
    } else {
      login.searchParams.delete('user')
      login.searchParams.delete('password')
      Object.assign(login, { username: user, password })
    }
    return login.href
  }
  return { app: url('app'), worker: url('worker') }
}

/** Whether a URL names who logs in. Without a host, that may be the user of the system. */
export function namesLogin(url: string | null): boolean {
  if (url === null) return false
  const { username, hostname, searchParams } = new URL(url)
  return username !== '' || hostname === '' || searchParams.has('user')
}

/** A URL that names no login, with that of another URL. */
export function withLogin(url: string, login: string): string {
  const { username, password } = new URL(login)
  return Object.assign(new URL(url), { username, password }).href
}

/** The name of the role that the start makes for this kind of login. */
export function loginName(kind: LoginKind, ownerUrl: string): string {
  const database = new URL(ownerUrl).pathname
  return `${GROUPS[kind]}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`
}

/**
 * Makes the login roles that are missing; called under the migrations' lock. A role whose password is that of
 * another secret gets this one's, where no process uses the role.
 *
 * @throws StartError when processes with another secret run on this database.
 */
export async function ensureLogins(
  owner: pg.ClientBase,
  ownerUrl: string,
  secret: string,
  kinds: readonly LoginKind[] = LOGIN_KINDS
): Promise<void> {
  const urls = loginUrls(ownerUrl, secret)
  for (const kind of kinds) {
    const name = loginName(kind, ownerUrl)
    const { rows } = await owner.query<{ member: boolean }>(
      "select pg_has_role(oid, $2, 'member') as member from pg_roles where rolname = $1",
      [name, GROUPS[kind]]
    )
    const [role] = rows
    if (!role || (await isRefused(urls[kind]))) {
      if (role) await refuseOtherSecret(owner, name)
      const verifier = await scramVerifier(loginPassword(name, secret))
      await owner.query(`${role ? 'alter' : 'create'} role ${name} login password '${verifier}'`)
      if (kind === 'app') await owner.query(limitsOf(name))
    }
    if (role?.member !== true) await owner.query(`grant ${GROUPS[kind]} to ${name}`)
  }
}

/** The limits of the role's connections, also where a pooler opens them and does not pass ours on. */
function limitsOf(name: string): string {
  const { statementMs, lockMs, idleInTransactionMs } = DATABASE_LIMITS
  const limits = {
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs
  }
  return Object.entries(limits)
    .map(([setting, ms]) => `alter role ${name} set ${setting} = ${ms}`)
    .join(';')
}

async function isRefused(url: string): Promise<boolean> {
  const fault = await findLoginFault(url)
  if (fault !== null && fault !== 'refused') throw new StartError(fault)
  return fault === 'refused'
}

/** With another password for the role, processes that use it could open no more connections. */
async function refuseOtherSecret(owner: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await owner.query(
    'select from pg_stat_activity where usename = $1 and datname = current_database() limit 1',
    [name]
  )
  if (rowCount === 0) return
  throw new StartError(
    'other processes run on this database with another LEADYARD_SECRET: set theirs, or stop them first to change it'
  )
}

function loginPassword(name: string, secret: string): string {
  return createHmac('sha256', secret).update(`database login ${name}`).digest('hex')
}

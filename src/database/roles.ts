import { createHash, createHmac } from 'node:crypto'

import type pg from 'pg'

/** The group roles of the migrations, and what of the program logs in as a member of each. */
const GROUPS = { app: 'leadyard_app', worker: 'leadyard_worker' } as const

/** URLs by which the program's parts log in. */
interface LoginUrls {
  app: string
  worker: string
}

/**
 * The login URLs for the API and the worker, derived from the owner's.
 *
 * Names hold a hash of the database's name, because roles belong to the whole cluster; passwords are
 * derived from the secret, so every process of an installation knows them and none is stored.
 */
export function loginUrls(ownerUrl: string, secret: string): LoginUrls {
  const database = new URL(ownerUrl).pathname
  const url = (group: string): string => {
    const login = new URL(ownerUrl)
    const user = loginName(group, database)
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
  return { app: url(GROUPS.app), worker: url(GROUPS.worker) }
}

/** Makes the login roles, or sets their passwords again; called under the migrations' lock. */
export async function ensureLogins(
  owner: pg.ClientBase,
  ownerUrl: string,
  secret: string
): Promise<void> {
  const database = new URL(ownerUrl).pathname
  for (const group of Object.values(GROUPS)) {
    const name = loginName(group, database)
    const password = loginPassword(name, secret)
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [name])
    // Neither name nor password can hold a quote: both are hexadecimal.
    const verb = rowCount === 0 ? 'create' : 'alter'
    await owner.query(`${verb} role ${name} login nosuperuser password '${password}'`)
    if (rowCount === 0) await owner.query(`grant ${group} to ${name}`)
  }
}

function loginName(group: string, database: string): string {
  return `${group}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`
}

function loginPassword(name: string, secret: string): string {
  return createHmac('sha256', secret).update(`database login ${name}`).digest('hex')
}

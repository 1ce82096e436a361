import type pg from 'pg'

import { StartError } from '../config/start-error.ts'
import { driverError } from './failures.ts'
import { describeFailedLogin, startClient } from './login-faults.ts'
import { GROUPS, loginName } from './roles.ts'
import type { LoginKind } from './roles.ts'

/** What the owner's role may do and finds done; names are quoted where SQL asks for it. */
interface Rights {
  role: string
  database: string
  version: number
  makesRoles: boolean
  makesSchemas: boolean
  /** Null: no schema of the search path exists. */
  makesTables: boolean | null
  ownsTables: boolean
  roles: string[]
}

const RIGHTS = `
  select quote_ident(current_user) as role, quote_ident(current_database()) as database,
    current_setting('server_version_num')::integer as version,
    r.rolcreaterole or r.rolsuper as "makesRoles",
    has_database_privilege(current_database(), 'create') as "makesSchemas",
    has_schema_privilege(current_schema(), 'create') as "makesTables",
    not exists (select from pg_class c where c.relnamespace = to_regnamespace('drizzle')
      and not pg_has_role(c.relowner, 'usage')) as "ownsTables",
    array(select rolname::text from pg_roles where rolname = any ($1)) as roles
  from pg_roles r where r.rolname = current_user`

/**
 * Says what the role of DATABASE_URL has to be given before the start can go on.
 *
 * @param logins The logins that are to be made.
 */
export async function refuseMissingRights(
  owner: pg.ClientBase,
  ownerUrl: string,
  logins: readonly LoginKind[]
): Promise<void> {
  const needed = [...Object.values(GROUPS), ...logins.map((kind) => loginName(kind, ownerUrl))]
  const { rows } = await owner.query<Rights>(RIGHTS, [needed])
  for (const rights of rows) {
    const lack = findLack(rights, needed)
    if (lack !== null) throw new StartError(lack)
  }
}

function findLack(rights: Rights, needed: readonly string[]): string | null {
  const { role, database, version } = rights
  if (version < 150_000) {
    return `the database is PostgreSQL ${Math.floor(version / 10_000)}: 15 or newer is needed`
  }
  if (rights.makesTables === null) {
    return `no schema of the search path of ${role} exists: create one, or set another search path`
  }
  if (!rights.ownsTables) {
    return `the tables of the database belong to another role than ${role}: name their owner in DATABASE_URL`
  }
  if (!rights.makesSchemas || !rights.makesTables) {
    return `the role of DATABASE_URL does not own the database: alter database ${database} owner to ${role}`
  }
  const missing = needed.filter((name) => !rights.roles.includes(name))
  if (missing.length > 0 && !rights.makesRoles) {
    return (
      `the role of DATABASE_URL may not create roles, and ${missing.join(', ')} are missing: ` +
      `alter role ${role} createrole, or see "PostgreSQL" in docs/operating.md for roles of your own`
    )
  }
  return null
}

/** What a refusal of PostgreSQL for want of a right says, or null for any other error. */
export function rightError(error: unknown): StartError | null {
  const { code, message = '', detail } = driverError(error)
  if (code !== '42501') return null
  const reason = detail === undefined ? message : `${message}; ${detail}`
  return new StartError(`the role of DATABASE_URL lacks a right: ${reason}`, { cause: error })
}

const STANDING = `
  select r.rolsuper or r.rolbypassrls or pg_has_role(c.relowner, 'member') as "isAbove",
    pg_has_role($1, 'usage') as "isMember"
  from pg_roles r, pg_class c where r.rolname = current_user and c.oid = to_regclass('dealers')`

/**
 * Refuses a login of the operator's own that row security does not hold back: requests would see the rows of
 * all dealers.
 *
 * @param setting The setting that names it.
 */
export async function checkNamedLogin(
  url: string,
  kind: LoginKind,
  setting: string
): Promise<void> {
  const client = startClient(url, 'leadyard start')
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(describeFailedLogin(error, setting))
  }
  try {
    const { rows } = await client.query<{ isAbove: boolean; isMember: boolean }>(STANDING, [
      GROUPS[kind]
    ])
    const [standing] = rows
    if (standing?.isMember !== true) {
      throw new StartError(
        `the user of ${setting} is no member of ${GROUPS[kind]}: grant ${GROUPS[kind]} to it`
      )
    }
    if (standing.isAbove) {
      throw new StartError(
        `the user of ${setting} is a superuser, owns the tables or bypasses row security: name a role that does not`
      )
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

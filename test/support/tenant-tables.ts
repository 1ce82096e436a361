import type pg from 'pg'

/** Read and written by functions of the directory only. */
export const CLOSED_TABLES = [
  'directory.referral_codes',
  'directory.operator_keys',
  'directory.counted'
]

/** Tables of no tenant: the tenants themselves, and what must be known before a tenant is. */
export const REFERENCE_TABLES = ['dealers', ...CLOSED_TABLES]

/** No privilege for it. */
export const DENIED = { code: '42501', message: /^permission denied/ }

export interface TenantTable {
  name: string
  /** Without those that are generated. */
  columns: string[]
  privileges: string[]
}

/** Every table that holds a dealer's rows, from the catalog: a new one can't be forgotten. */
export async function tenantTables(client: pg.Client): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(
    `select c.oid::regclass::text as name,
       array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid
         and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
         where has_table_privilege('leadyard_app', c.oid, p)) as privileges
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'dealer_id' and not a.attisdropped
     where c.relkind in ('r', 'p', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
     order by 1`
  )
  return rows
}

import pg from 'pg'

import { driverError } from './failures.ts'

/** The database can't be used by this login: `refused`, or why no connection is possible. */
type LoginFault = 'refused' | (string & {})

/** Tries a login. Null: it is possible. */
export async function findLoginFault(url: string): Promise<LoginFault | null> {
  const client = startClient(url, 'leadyard start')
  try {
    await client.connect()
    return null
  } catch (error) {
    return isRefusal(error) ? 'refused' : describeFailedLogin(error, 'DATABASE_URL')
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A connection for the time of the start, which ends no process when it is lost. */
export function startClient(connectionString: string, name: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 5_000
  })
  client.on('error', () => undefined)
  return client
}

/** Why no login is possible, without the parts of the URL that the driver quotes. */
export function describeFailedLogin(error: unknown, setting: string): string {
  const { code, message } = error as { code?: string; message?: string }
  if (isRefusal(error)) return `the database refuses the user or password of ${setting}`
  if (code === '3D000') return `there is no database by the name in ${setting}`
  if (code === '42501') return `the user of ${setting} may not connect to the database`
  return `the database can't be reached: ${code ?? message ?? 'unknown error'}`
}

/** Whether the server knows no such user, or another password. */
export function isRefusal(error: unknown): boolean {
  const { code } = driverError(error)
  return code === '28P01' || code === '28000'
}

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Test } from 'tap'

import { unusedPort } from '../mail/smtp-peer.ts'
import { makeDirectory } from './program.ts'

const PROGRAM = process.env.PGBOUNCER ?? '/usr/sbin/pgbouncer'

/** PgBouncer keeps the plans of named statements since this version. */
const KEEPS_PLANS = [1, 21]

/** What is given to a test: whether it is skipped, and why. */
export const withPgBouncer = existsSync(PROGRAM)
  ? {}
  : { skip: 'skipped: no pgbouncer is installed' }

export interface PgBouncer {
  port: number
  /** Whether it can keep named statements: Debian 12 has an older version. */
  keepsPlans: boolean
}

export interface PgBouncerOptions {
  /** The PostgreSQL behind it, with the login by which PgBouncer asks for what it stores of others' passwords. */
  serverUrl: string
  /** Connections to PostgreSQL of one login to one database. */
  poolSize: number
}

/** Starts PgBouncer in transaction mode; stopped when the test is over. */
export async function startPgBouncer(
  t: Test,
  { serverUrl, poolSize }: PgBouncerOptions
): Promise<PgBouncer> {
  const directory = makeDirectory(t)
  const [, major, minor] = /PgBouncer (\d+)\.(\d+)/.exec(
    execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' })
  ) ?? ['', '0', '0']
  const [keepsMajor = 0, keepsMinor = 0] = KEEPS_PLANS
  const keepsPlans =
    Number(major) > keepsMajor || (Number(major) === keepsMajor && Number(minor) >= keepsMinor)
  const port = await unusedPort()
  const { hostname, port: serverPort, username, password } = new URL(serverUrl)
  const users = join(directory, 'users.txt')
  writeFileSync(users, `"${username}" "${password}"\n`)
  const config = join(directory, 'pgbouncer.ini')
  writeFileSync(
    config,
    [
      '[databases]',
      `* = host=${hostname} port=${serverPort}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      `auth_user = ${username}`,
      'auth_query = select usename, passwd from pg_shadow where usename = $1',
      'pool_mode = transaction',
      `default_pool_size = ${poolSize}`,
      'max_client_conn = 500',
      'ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout, extra_float_digits',
      ...(keepsPlans ? ['max_prepared_statements = 500'] : []),
      // It refuses to run as root.
      ...(process.getuid?.() === 0 ? ['user = nobody'] : [])
    ].join('\n')
  )
  const child = spawn(PROGRAM, [config], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${output}`)
    await wait(20)
  }
  return { port, keepsPlans }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

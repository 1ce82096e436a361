import { join } from 'node:path'

import { writePrivateFile } from '../../config/data-directory.ts'
import { handOver } from './account.ts'
import { SETTINGS_FILE } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { availableMemory, memorySettings } from './memory-settings.ts'

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',

  // An acknowledged lead survives a power cut.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  // The log tells of the server, never of what it holds. Errors of statements stay out of it: their
  // text quotes values ("invalid input syntax for type uuid: ..."). They reach our own log through
  // the driver instead, as SQLSTATE and names. `log` ranks above `error` in this one setting.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] '
}

/** Settings of ours, and over them those given. */
export async function writeSettings(
  { data, account }: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>
): Promise<void> {
  const path = join(data, SETTINGS_FILE)
  const ours = { ...SETTINGS, ...memorySettings(availableMemory()) }
  const lines = Object.entries({ ...ours, ...settings, port: String(port) }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`
  )
  await writePrivateFile(path, `# Written at every start.\n${lines.join('\n')}\n`)
  await handOver(path, account)
}

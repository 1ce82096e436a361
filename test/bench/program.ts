import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { issueSecret } from '../../src/security/credentials.ts'
import type { Database } from '../../src/database/client.ts'
import type { Scope } from '../../src/domain/access/permissions.ts'
import { newId } from '../../src/ids.ts'
import { insertApiKey } from '../../src/repositories/access/api-keys.ts'

/** What benchmarks have in common: the real program, credentials for it, and their options. */

export const SECRET = 'the benchmark’s secret, as long as a secret has to be'

export const METRICS_TOKEN = '5f2d1c9be04a7763a8d0c1e94b7f3a26'

const PORT = 3999
export const SERVER_URL = `http://127.0.0.1:${PORT}`

/** Starts the real program, serving only: a worker would measure mail. */
export async function startServer(
  databaseUrl: string
): Promise<{ pid: number; stop: () => Promise<void> }> {
  const program = fileURLToPath(new URL('../../dist/server.js', import.meta.url))
  const server = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      LEADYARD_SECRET: SECRET,
      LEADYARD_OPERATOR_TOKEN: 'b81e7c40d92f4a6685f3c20717ae9d54',
      LEADYARD_ROLE: 'api',
      METRICS_TOKEN,
      PORT: String(PORT),
      RATE_LIMIT_MAX: '10000000',
      // A busy machine is no reason to refuse: the load is what is measured.
      OVERLOAD_DELAY_MS: '0',
      LOG_LEVEL: 'warn'
    }
  })
  const stop = async () => {
    const gone = once(server, 'exit')
    server.kill('SIGTERM')
    await gone
  }
  for (let tries = 0; tries < 600; tries++) {
    await sleep(100)
    const response = await fetch(`${SERVER_URL}/readyz`).catch(() => null)
    if (response?.ok === true) return { pid: server.pid ?? 0, stop }
  }
  server.kill('SIGKILL')
  throw new Error('the server did not start')
}

/** Makes an API key of a dealer and returns its secret. */
export async function makeKey(db: Database, dealerId: string, scope: Scope): Promise<string> {
  const now = new Date()
  const secret = issueSecret('lk_live_', dealerId)
  await db.transaction(dealerId, (tx) =>
    insertApiKey(tx, {
      id: newId(),
      name: 'Benchmark',
      prefix: secret.prefix,
      keyHash: secret.hash,
      scopes: [scope],
      sourceId: null,
      lenient: false,
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
      createdBy: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    })
  )
  return secret.text
}

/** Reads `--name N` from a command line. */
export function optionReader(options: readonly string[]) {
  return (name: string, fallback: number): number => {
    const at = options.indexOf(`--${name}`)
    return at < 0 ? fallback : Number(options[at + 1])
  }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

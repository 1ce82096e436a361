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

/** A process of the program. */
interface Program {
  pid: number
  /** Ends when the process has. */
  stop: () => Promise<void>
}

/** Starts the real program, serving only: a worker would measure mail. */
export async function startServer(databaseUrl: string): Promise<Program> {
  return await start({ DATABASE_URL: databaseUrl, LEADYARD_ROLE: 'api', ...LIMITS })
}

/** Starts the real program, sending only. */
export async function startWorker(databaseUrl: string, smtpUrl: string): Promise<Program> {
  const concurrency = process.env.WORKER_CONCURRENCY
  return await start({
    DATABASE_URL: databaseUrl,
    LEADYARD_ROLE: 'worker',
    SMTP_URL: smtpUrl,
    PUBLIC_URL: SERVER_URL,
    ...(concurrency === undefined ? {} : { WORKER_CONCURRENCY: concurrency })
  })
}

/** A busy machine is no reason to refuse: the load is what is measured. */
const LIMITS = { RATE_LIMIT_MAX: '10000000', OVERLOAD_DELAY_MS: '0' }

async function start(settings: Record<string, string>): Promise<Program> {
  const program = fileURLToPath(new URL('../../dist/server.js', import.meta.url))
  const server = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      LEADYARD_SECRET: SECRET,
      LEADYARD_OPERATOR_TOKEN: 'b81e7c40d92f4a6685f3c20717ae9d54',
      METRICS_TOKEN,
      PORT: String(PORT),
      LOG_LEVEL: 'warn',
      ...settings
    }
  })
  const stop = async () => {
    const gone = once(server, 'exit')
    server.kill('SIGTERM')
    await gone
  }
  // It prints one line when it can work.
  await Promise.race([once(server.stdout, 'data'), sleep(60_000, undefined, { ref: false })])
  if (server.exitCode !== null) throw new Error('the program did not start')
  server.stdout.resume()
  return { pid: server.pid ?? 0, stop }
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

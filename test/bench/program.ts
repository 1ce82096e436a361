import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { issueSecret } from '../../src/security/credentials.ts'
import type { Database } from '../../src/database/client.ts'
import type { Scope } from '../../src/domain/access/permissions.ts'
import { newId } from '../../src/ids.ts'
import { insertApiKey } from '../../src/repositories/access/api-keys.ts'

/** What benchmarks have in common: the real program and the baseline as processes, and API keys. */

export const SECRET = 'the benchmark’s secret, as long as a secret has to be'

export const METRICS_TOKEN = '5f2d1c9be04a7763a8d0c1e94b7f3a26'

/** A process of the program. */
interface Program {
  pid: number
  /** Empty for a worker, which serves nobody. */
  url: string
  /** Ends when the process has. */
  stop: () => Promise<void>
}

/** Starts the real program, serving only: a worker would measure mail. */
export async function startServer(databaseUrl: string): Promise<Program> {
  return await start({ DATABASE_URL: databaseUrl, LEADYARD_ROLE: 'api', ...LIMITS })
}

/** Starts the real program, sending only. */
export async function startWorker(databaseUrl: string, smtpUrl: string): Promise<Program> {
  return await start({
    DATABASE_URL: databaseUrl,
    LEADYARD_ROLE: 'worker',
    SMTP_URL: smtpUrl,
    PUBLIC_URL: 'http://127.0.0.1'
  })
}

/** Starts the real program, serving and sending. */
export async function startAll(databaseUrl: string, smtpUrl: string): Promise<Program> {
  return await start({ DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, ...LIMITS })
}

/** A busy machine is no reason to refuse: the load is what is measured. */
const LIMITS = { RATE_LIMIT_MAX: '10000000', OVERLOAD_DELAY_MS: '0' }

/** Settings of the program that are taken from the environment, to measure what they change. */
const PASSED = ['WORKER_CONCURRENCY', 'DATABASE_POOL_MAX', 'NODE_OPTIONS']

async function start(settings: Record<string, string>): Promise<Program> {
  const passed = PASSED.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  const program = fileURLToPath(new URL('../../dist/server.js', import.meta.url))
  return await spawnReady(
    [program],
    {
      LEADYARD_SECRET: SECRET,
      LEADYARD_OPERATOR_TOKEN: 'b81e7c40d92f4a6685f3c20717ae9d54',
      METRICS_TOKEN,
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...settings,
      ...(Object.fromEntries(passed) as Record<string, string>)
    },
    /^Leadyard is ready: (?:(http[^\s,]+)|the worker)/m
  )
}

/** Starts a script of the baseline, bundled like the program, that prints its address. */
export async function startBare(name: 'serve', words: readonly string[]): Promise<Program> {
  return await spawnReady([await bundleBare(name), ...words], {}, /^(http\S+)$/m)
}

/** Makes one file of a script of the baseline, as of the program; returns its place. */
export async function bundleBare(name: 'serve' | 'send'): Promise<string> {
  const outfile = fileURLToPath(new URL(`../../.tests/bench/${name}.js`, import.meta.url))
  await build({
    entryPoints: [fileURLToPath(new URL(`./bare/${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning'
  })
  return outfile
}

/** Starts a script and waits until it prints that it is ready, and where. */
async function spawnReady(
  words: readonly string[],
  environment: Record<string, string>,
  sign: RegExp
): Promise<Program> {
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...environment }
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  let printed = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk)
    if (sign.test(printed)) break
  }
  const found = sign.exec(printed)
  if (found === null) throw new Error('the program did not start')
  child.stdout.resume()
  return { pid: child.pid ?? 0, url: found[1] ?? '', stop }
}

/** Makes an API key of a dealer and returns its secret. */
export async function makeKey(db: Database, dealerId: string, ...scopes: Scope[]): Promise<string> {
  const now = new Date()
  const secret = issueSecret('lk_live_', dealerId)
  await db.transaction(dealerId, (tx) =>
    insertApiKey(tx, {
      id: newId(),
      name: 'Benchmark',
      prefix: secret.prefix,
      keyHash: secret.hash,
      scopes,
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

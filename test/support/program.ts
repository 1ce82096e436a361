import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import type { DemoCredentials } from '../../src/use-cases/dealers/create-demo.ts'

export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

/** Longer than a first start on a loaded machine takes. */
const START_MS = 180_000

export interface ProgramOptions {
  /** Settings beside those given here. */
  environment?: Record<string, string>
  /** Where it keeps its data; a new directory unless said, so that the first start is seen. */
  dataDirectory?: string
  /** The program's checkout, where it isn't this one. */
  checkout?: string
  /** The user it runs as. */
  uid?: number
  /** One process, as `npm start` starts it, or several, as `npm run cluster` does. */
  kind?: 'server' | 'cluster'
}

/** The real program, in a process of its own. */
export interface Program {
  pid: number
  /** For a worker, where it tells how it is. */
  baseUrl: string
  dataDirectory: string
  /** Of the demo dealer; empty texts where none was made. */
  credentials: DemoCredentials
  /** What it has printed so far. */
  stdout: () => string
  stderr: () => string
  hasEnded: () => boolean
  /** Sends SIGTERM and returns the exit code. */
  stop: () => Promise<number | null>
  /** Ends it as a power cut would: SIGKILL. */
  kill: () => Promise<void>
}

/** How the program ended that did not get ready. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts the program and waits until it says that it is ready. */
export async function startProgram(t: Test, options: ProgramOptions = {}): Promise<Program> {
  return await startUntil(
    t,
    options,
    /^Leadyard is ready: (?:the worker runs, and )?(http\S+?)(?:,|\/readyz)/m
  )
}

/** Starts the program and waits until it listens, which is before it is ready. */
export async function startListening(t: Test, options: ProgramOptions = {}): Promise<Program> {
  return await startUntil(t, options, /"Server listening at (http[^"]+)"/)
}

async function startUntil(t: Test, options: ProgramOptions, sign: RegExp): Promise<Program> {
  const { child, output, dataDirectory } = launch(t, options)
  const deadline = Date.now() + START_MS
  while (!sign.test(output.stdout)) {
    if (hasEnded(child)) throw new Error(`the program ended: ${output.stderr}${output.stdout}`)
    if (Date.now() > deadline) throw new Error(`not ready in time: ${output.stdout}`)
    await sleep(20)
  }
  return {
    pid: child.pid ?? 0,
    baseUrl: sign.exec(output.stdout)?.[1] ?? '',
    dataDirectory,
    credentials: readCredentials(dataDirectory),
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    hasEnded: () => hasEnded(child),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL')
    }
  }
}

/** Starts the program and waits until it ends by itself. */
export async function runProgram(t: Test, options: ProgramOptions = {}): Promise<Ended> {
  const { child, output } = launch(t, options)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...output }
}

/** A directory of the test's own that others may enter; gone afterwards. */
export function makeDirectory(t: Test): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'leadyard-test-')))
  chmodSync(directory, 0o755)
  t.teardown(() => {
    rmSync(directory, { recursive: true, force: true })
  })
  return directory
}

function launch(t: Test, options: ProgramOptions) {
  const { environment = {}, checkout = CHECKOUT, uid, kind = 'server' } = options
  const dataDirectory = options.dataDirectory ?? join(makeDirectory(t), '.leadyard')
  const program = join(checkout, 'dist', `${kind}.js`)
  if (!existsSync(program)) throw new Error('dist/ is missing: run `npm run build` first')
  const settings = {
    PATH: process.env.PATH ?? '',
    TMPDIR: tmpdir(),
    PORT: '0',
    // Other tests keep the machine busy: none of what they ask is to be turned away for that.
    OVERLOAD_DELAY_MS: '0',
    LEADYARD_DATA_DIR: dataDirectory,
    ...environment
  }
  // Through `env`: tap adds hooks of its own to the environment of every Node it sees starting.
  const words = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const child = spawn('env', ['-i', ...words, process.execPath, program], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid })
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  t.teardown(async () => {
    await end(child, 'SIGKILL')
    await stopLeftover(dataDirectory)
  })
  return { child, output, dataDirectory }
}

/** The embedded server outlives a program that was killed: it is taken over, and stopped. */
async function stopLeftover(dataDirectory: string): Promise<void> {
  if (!existsSync(join(dataDirectory, 'leadyard.pid'))) return
  const server = await startEmbeddedPostgres({ directory: dataDirectory })
  await server.stop()
}

function readCredentials(dataDirectory: string): DemoCredentials {
  const path = join(dataDirectory, 'credentials.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as DemoCredentials
  const none = { baseUrl: '', dealer: '', apiKey: '' }
  return { ...none, adminEmail: '', adminPassword: '', operatorToken: '' }
}

interface Child {
  exitCode: number | null
  signalCode: NodeJS.Signals | null
  kill: (signal: NodeJS.Signals) => boolean
}

function hasEnded(child: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function end(
  child: Child & NodeJS.EventEmitter,
  signal: NodeJS.Signals
): Promise<number | null> {
  if (!hasEnded(child)) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}

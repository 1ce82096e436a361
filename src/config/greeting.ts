import { join } from 'node:path'

import type { Config } from './config.ts'
import { prepareDataDirectory, readIfThere, writePrivateFile } from './data-directory.ts'
import type { Database } from '../database/client.ts'
import type { PreparedDatabase } from '../database/prepare.ts'
import { createDemo } from '../use-cases/dealers/create-demo.ts'
import type { DemoCredentials } from '../use-cases/dealers/create-demo.ts'

/** Prints the service's address and, on the first start, how to sign in. */
export async function greet(
  config: Config,
  { isEmbedded, operatorToken }: PreparedDatabase,
  db: Database,
  baseUrl: string
): Promise<void> {
  if (config.role === 'worker') {
    say(`Leadyard is ready: the worker runs, and ${baseUrl}/readyz tells whether it does.`)
    return
  }
  if ((config.demo ?? isEmbedded) && operatorToken !== null) {
    await offerDemo(db, { directory: config.dataDirectory, baseUrl, operatorToken })
  }
  say(`Leadyard is ready: ${baseUrl}, and ${baseUrl}/docs to try it.`)
}

/** The credentials are shown once, when they are made. After that only their file has them. */
async function offerDemo(
  db: Database,
  {
    directory,
    baseUrl,
    operatorToken
  }: { directory: string; baseUrl: string; operatorToken: string }
): Promise<void> {
  const path = join(await prepareDataDirectory(directory), 'credentials.json')
  const keep = async (credentials: DemoCredentials): Promise<void> => {
    await writePrivateFile(path, textOf(credentials))
  }
  const made = await createDemo(db, { baseUrl, operatorToken, now: new Date(), keep })
  if (made) {
    say(`A demo dealer has been made. How to get in, also in ${path}:\n${textOf(made)}`)
    return
  }
  const kept = await readIfThere(path)
  if (kept === null) return
  const credentials = JSON.parse(kept) as DemoCredentials
  // Started on another port than before: the file goes on saying where it is.
  if (credentials.baseUrl !== baseUrl) await keep({ ...credentials, baseUrl })
  say(`How to get in is in ${path}.`)
}

function textOf(credentials: DemoCredentials): string {
  return `${JSON.stringify(credentials, null, 2)}\n`
}

function say(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

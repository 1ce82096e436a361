import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { must } from '../support/must.ts'

const run = promisify(execFile)

/** The commands of the README and then of the tutorial, block by block, as they are printed. */
async function shellBlocks(): Promise<string[]> {
  const pages = ['README.md', 'docs/tutorial.md'].map((page) => readFile(page, 'utf8'))
  const text = (await Promise.all(pages)).join('\n')
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map((match) => must(match[1]))
}

/** An environment as of a new terminal: tap's own settings would be taken over by every Node. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|TAP|_TAP|npm_)/.test(name))
)

// Runs what a newcomer would: in a copy of what git has, with an empty cache of nothing but npm's.
void t.test(
  'every command of the README and the tutorial does what it says',
  { timeout: 600_000 },
  async (t) => {
    const [start, ...later] = await shellBlocks()
    t.equal(start, 'npm ci\nnpm start\n', 'two commands')
    const port = await freePort(3000)
    const directory = await mkdtemp(join(tmpdir(), 'leadyard-readme-'))
    t.teardown(() => rm(directory, { recursive: true, force: true }))
    await copyCheckout(directory)

    // .ci/run has just run the first of the two commands in a fresh clone.
    if (environment.CI === undefined) {
      await run('npm', ['ci'], { cwd: directory, env: environment, maxBuffer: 2 ** 26 })
    } else await run('cp', ['-R', 'node_modules', directory])
    const server = spawn('npm', ['start'], {
      cwd: directory,
      env: port === 3000 ? environment : { ...environment, PORT: String(port) },
      detached: true
    })
    t.teardown(async () => {
      if (server.exitCode !== null) return
      // Closed when the last that writes there has gone: npm goes before the program it started.
      const gone = once(server, 'close')
      process.kill(-must(server.pid), 'SIGTERM')
      await gone
    })
    let said = ''
    server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    for (let waited = 0; !said.includes('Leadyard is ready'); waited++) {
      if (waited > 1_800 || server.exitCode !== null) throw new Error(`it did not start: ${said}`)
      await sleep(100)
    }
    t.match(said, '"apiKey": "lk_live_')

    const script = later
      .map((block) => `${block}\necho; echo ----\n`)
      .join('')
      .replaceAll('localhost:3000', `localhost:${port}`)
    const { stdout } = await run('timeout', ['180', 'bash', '-euo', 'pipefail', '-c', script], {
      cwd: directory,
      env: environment
    })
    const [post, mails, records, link, answers, rules, portal, list, numbers] =
      stdout.split('\n----\n')
    t.match(post, '<make>Kia</make>')
    const lead = JSON.parse(await readFile(join(directory, '.leadyard/lead.json'), 'utf8'))
    t.hasStrict(lead, { outcome: 'created', contact: { phone: '+48601234567' } })
    t.match(mails, 'Is the blue one still there?')
    t.match(mails, '<adf>')
    t.match(mails, 'To: adf@demo.example')
    t.match(records, '"step":"routed"')
    t.match(records, '"state":"sent"')
    t.match(link, '"operationId"')
    t.match(link, '"group":"linked"')
    t.match(answers, '"state":"published"')
    t.match(rules, '"code":"rule_of_empty_team"', 'nobody is in the team yet')
    t.match(rules, '"state":"published"')
    t.match(portal, '"fullName":"Ewa Lis"')
    t.match(portal, '"externalId":"Portal:77"')
    t.match(list, '"state":"done"')
    t.match(list, /^2,3,bad,,unreachable,[^\r]+,Zofia Lis,,/m)
    t.match(numbers, /^trade-fair,Trade fair,1,/m)
    const drawing = await readFile(join(directory, '.leadyard/sources.svg'), 'utf8')
    t.match(drawing, /^<svg/)
  }
)

/** This port, or another where something listens on it here. */
async function freePort(wanted: number): Promise<number> {
  const server = createServer()
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
  await listen(wanted).catch(() => listen(0))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What git would give somebody who cloned this, with changes that are not committed yet. */
async function copyCheckout(directory: string): Promise<void> {
  const { stdout } = await run('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard'
  ])
  for (const path of stdout.split('\0').filter((path) => path !== '')) {
    if (dirname(path).startsWith('test')) continue
    await cp(path, join(directory, path)).catch((error: unknown) => {
      // Listed by git and deleted in the working tree.
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    })
  }
}

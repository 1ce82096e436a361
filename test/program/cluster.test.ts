import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import t from 'tap'

import { isAlive, logLines, pidsOf, settingsOf, startCluster } from '../support/cluster.ts'
import { asClient, createEmptyDatabase } from '../support/database.ts'
import { must } from '../support/must.ts'
import { makeDirectory, runProgram, startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { RetryingClient } from '../support/retrying-client.ts'
import type { Answer } from '../support/retrying-client.ts'
import { until } from '../support/worker.ts'

// Several real processes behind one port, on real PostgreSQL.

/** Sends as many requests at once, each on a connection of its own, and returns how many got each status. */
async function statuses(
  count: number,
  ask: (client: RetryingClient, at: number) => Promise<Answer>,
  to: Program
) {
  const found: Record<number, number> = {}
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const client = new RetryingClient(to.baseUrl)
      const { status } = await ask(client, at)
      client.close()
      found[status] = (found[status] ?? 0) + 1
    })
  )
  return found
}

async function countOf(url: string, from: string): Promise<number> {
  return await asClient(url, async (client) => {
    const { rows } = await client.query<{ count: number }>(`select count(*)::integer from ${from}`)
    return must(rows[0]).count
  })
}

/** Requests of a client, one after the other, until told to stop. */
async function load(
  client: RetryingClient,
  name: string,
  isOver: () => boolean
): Promise<{ leadIds: string[]; failed: Answer[] }> {
  const leadIds: string[] = []
  const failed: Answer[] = []
  for (let at = 0; !isOver(); at += 1) {
    const contact = { fullName: 'Jan Nowak', email: `load-${name}-${at}@example.pl` }
    const headers = { 'idempotency-key': `load-${name}-${at}` }
    const body = { source: 'website', contact, externalId: `${name}-${at}` }
    const posted = await client.ask('/v1/leads', { method: 'POST', headers, body })
    // 200: the process that stored it was killed before its response, and the repeat got the lead.
    if ([200, 201].includes(posted.status)) leadIds.push((posted.body as { id: string }).id)
    else failed.push(posted)
    for (let n = 0; n < 4; n += 1) {
      const read = await client.ask(`/v1/leads/${leadIds.at(-1) ?? ''}`)
      if (read.status !== 200) failed.push(read)
    }
  }
  return { leadIds, failed }
}

void t.test('four processes serve as one', async (t) => {
  const url = await createEmptyDatabase(t)
  const program = await startCluster(t, url, {
    API_PROCESSES: '4',
    WORKER_PROCESSES: '2',
    RATE_LIMIT_MAX: '1000000',
    RATE_LIMIT_PUBLIC_MAX: '40',
    RATE_LIMIT_WINDOW_SECONDS: '3600'
  })
  const { credentials } = program
  const bearer = { authorization: `Bearer ${credentials.apiKey}` }
  t.strictSame(await statuses(1, (client) => client.ask('/readyz'), program), { 200: 1 })

  await t.test('a limit is one limit', async (t) => {
    // Each process opens a connection to PostgreSQL first: where that takes too long, it would count alone.
    const read = (client: RetryingClient) => client.ask('/v1/sources', { headers: bearer })
    t.strictSame(await statuses(24, read, program), { 200: 24 })
    const refused = await statuses(120, (client) => client.ask('/v1/leads'), program)
    // A process keeps what it has of a limit: what is left of that at the end is nobody's.
    const { 401: granted = 0, 429: rest = 0 } = refused
    t.equal(granted + rest, 120)
    t.ok(granted <= 40 && granted >= 40 - 4 * 2, `${granted} of 40`)
    const answering = logLines(program).filter(({ msg }) => msg === 'incoming request')
    t.ok(new Set(answering.map(({ pid }) => pid)).size >= 3, 'most processes had a part in it')
  })

  await t.test('failed sign-ins are counted together', async (t) => {
    const { dealer, adminEmail: email } = credentials
    const body = { dealer, email, password: 'not the right one, but long' }
    const signIn = (client: RetryingClient) =>
      client.ask('/v1/auth/token', { method: 'POST', body })
    t.strictSame(await statuses(24, signIn, program), { 401: 10, 429: 14 })
  })

  await t.test('what one changes the others show', async (t) => {
    const client = new RetryingClient(program.baseUrl, credentials.apiKey)
    const contact = { fullName: 'Ewa Lis', email: 'ewa.lis@example.pl' }
    const lead = await client.ask('/v1/leads', {
      method: 'POST',
      body: { source: 'website', contact }
    })
    const { id } = lead.body as { id: string }
    const sources = (await client.ask('/v1/sources')).body as {
      data: { id: string; key: string; version: number }[]
    }
    const source = must(sources.data.find(({ key }) => key === 'website'))
    /** The name of the source as many connections read it. */
    const names = async () => {
      const read = new Set<string>()
      await statuses(
        24,
        async (one) => {
          const answer = await one.ask(`/v1/leads/${id}`, { headers: bearer })
          read.add((answer.body as { source: { name: string } }).source.name)
          return answer
        },
        program
      )
      return [...read]
    }
    t.equal((await names()).length, 1)
    for (const name of ['Our website', 'Their website', 'The website']) {
      const { status } = await client.ask(`/v1/sources/${source.id}`, {
        method: 'PATCH',
        headers: { 'if-match': '*' },
        body: { name }
      })
      t.equal(status, 200)
      t.strictSame(await names(), [name])
    }
    client.close()
  })

  await t.test('a revoked key opens none of them after a second', async (t) => {
    const client = new RetryingClient(program.baseUrl, credentials.apiKey)
    const words = { name: 'For a while', scopes: ['read'] }
    const { body } = await client.ask('/v1/api-keys', { method: 'POST', body: words })
    const { id, key } = body as { id: string; key: string }
    const headers = { authorization: `Bearer ${key}` }
    const read = (one: RetryingClient) => one.ask('/v1/sources', { headers })
    t.strictSame(await statuses(24, read, program), { 200: 24 })
    t.equal((await client.ask(`/v1/api-keys/${id}/revoke`, { method: 'POST' })).status, 200)
    await wait(1_000)
    const refused = await statuses(24, read, program)
    // Without valid credentials the address has used up its limit, or nearly.
    t.strictSame(
      Object.keys(refused).filter((status) => !['401', '429'].includes(status)),
      []
    )
    client.close()
  })

  await t.test('the figures are those of all', async (t) => {
    const client = new RetryingClient(program.baseUrl)
    const { body } = await client.ask('/metrics')
    client.close()
    const text = String(body)
    const names = [...text.matchAll(/^process_cpu_seconds_total\{process="([^"]+)"\}/gm)]
    t.strictSame(names.map(([, name]) => name).toSorted(), [
      'api-1',
      'api-2',
      'api-3',
      'api-4',
      'supervisor',
      'worker-1',
      'worker-2'
    ])
    t.match(text, /^leadyard_processes_ready\{role="api"\} 4$/m)
    t.match(text, /^leadyard_processes_ready\{role="worker"\} 2$/m)
    t.match(text, /^leadyard_process_restarts_total\{process="api-1"\} 0$/m)
    t.equal(text.match(/^leadyard_deliveries_pending\{state="waiting"\} \d+$/gm)?.length, 1)
  })

  await t.test('a line of the log names its process', (t) => {
    const nameless = logLines(program).filter(
      ({ pid, process: name = '' }) => !(pid > 0 && /^(?:supervisor|(?:api|worker)-\d)$/.test(name))
    )
    t.strictSame(nameless, [])
    t.end()
  })

  await t.test('killed in turn under load: nothing fails, and nothing is lost', async (t) => {
    const before = await countOf(url, 'leads')
    let isOver = false
    const clients = Array.from(
      { length: 8 },
      () => new RetryingClient(program.baseUrl, program.credentials.apiKey)
    )
    const loads = clients.map((client, at) => load(client, String(at), () => isOver))

    for (const name of ['api-1', 'worker-1', 'api-2', 'api-3', 'worker-2', 'api-4']) {
      const named = new RegExp(`^${name}$`)
      const pid = must(pidsOf(program, named).at(-1))
      process.kill(pid, 'SIGKILL')
      await until(
        () => pidsOf(program, named),
        (pids) => pids.length === 2,
        { what: `another ${name}` }
      )
      t.equal(isAlive(pid), false, `${name} was killed, and there is another`)
    }
    isOver = true
    const done = await Promise.all(loads)
    for (const client of clients) client.close()

    t.strictSame(
      done.flatMap(({ failed }) => failed),
      [],
      'no request failed'
    )
    t.ok(
      clients.some(({ lost }) => lost > 0),
      'though connections were lost'
    )
    const leadIds = done.flatMap((one) => one.leadIds)
    t.ok(leadIds.length > 20, `${leadIds.length} leads`)
    t.equal(new Set(leadIds).size, leadIds.length)
    t.equal(await countOf(url, 'leads'), before + leadIds.length, 'each lead once, and no other')

    const count = async (state: string) => await countOf(url, `deliveries where state = '${state}'`)
    await until(
      () => count('pending'),
      (pending) => pending === 0,
      { seconds: 180, what: 'the end of deliveries' }
    )
    const sent = await count('sent')
    t.ok(sent >= leadIds.length)
    t.equal(await count('failed'), 0)
    const mails = readdirSync(join(program.dataDirectory, 'outbox'))
    t.equal(
      mails.filter((name) => name.endsWith('.eml')).length,
      sent,
      'each message is there once'
    )
  })

  await t.test('what keeps another cluster from starting is said once', async (t) => {
    const { port } = new URL(program.baseUrl)
    const settings = settingsOf(url)
    const taken = await runProgram(t, {
      kind: 'cluster',
      environment: { ...settings, PORT: port, API_PROCESSES: '2', WORKER_PROCESSES: '1' }
    })
    t.equal(taken.code, 1)
    t.equal(
      taken.stderr,
      `Leadyard can't start: port ${port} is taken: stop what listens there, or set PORT\n`
    )
    const many = await runProgram(t, {
      kind: 'cluster',
      environment: { ...settings, API_PROCESSES: '200', WORKER_PROCESSES: '20' }
    })
    t.equal(many.code, 1)
    t.match(
      many.stderr,
      /Leadyard can't start: PostgreSQL takes \d+ connections, and 200 API and 20/
    )
  })

  const pids = pidsOf(program, /./)
  t.equal(await program.stop(), 0, 'SIGTERM ends it with 0')
  t.strictSame(pids.filter(isAlive), [], 'and all its processes')
})

void t.test('a cluster with a database of its own', async (t) => {
  const dataDirectory = join(makeDirectory(t), '.leadyard')
  const environment = { API_PROCESSES: '2', WORKER_PROCESSES: '1' }
  const start = async () => await startProgram(t, { kind: 'cluster', dataDirectory, environment })
  const first = await start()

  await t.test('SIGTERM finishes what is in flight, and ends all', async (t) => {
    const text = JSON.stringify({ source: 'website', contact: { phone: '601 234 567' } })
    const { hostname, port } = new URL(first.baseUrl)
    const socket = connect(Number(port), hostname)
    let response = ''
    socket.setEncoding('utf8').on('data', (part: string) => (response += part))
    const closed = once(socket, 'close')
    const head = [
      'POST /v1/leads HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${first.credentials.apiKey}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${text.slice(0, 10)}`)
    await until(
      () => logLines(first).filter(({ msg }) => msg === 'incoming request').length,
      (count) => count > 0
    )
    const pids = pidsOf(first, /./)
    const stopped = first.stop()
    await until(
      () =>
        fetch(`${first.baseUrl}/healthz`).then(
          () => true,
          () => false
        ),
      (isOpen) => !isOpen,
      { what: 'the end of new connections' }
    )
    socket.write(text.slice(10))
    await closed
    t.match(response, /^HTTP\/1\.1 201 /)
    t.equal(await stopped, 0)
    t.strictSame(pids.filter(isAlive), [])
  })

  await t.test(
    'the next one finds what it left, and follows a supervisor that is killed',
    async (t) => {
      const second = await start()
      const again = new RetryingClient(second.baseUrl, first.credentials.apiKey)
      const { body } = await again.ask('/v1/leads')
      t.equal((body as { data: unknown[] }).data.length, 1)
      again.close()
      const pids = pidsOf(second, /./)
      await second.kill()
      await until(
        () => pids.filter(isAlive),
        (left) => left.length === 0,
        { what: 'the end of the processes' }
      )
    }
  )
})

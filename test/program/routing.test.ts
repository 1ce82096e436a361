import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'

import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { must } from '../support/must.ts'

// The real program, killed and started again: whose turn it is, PostgreSQL knows.

const CONNECTIONS = 20

type Answer = { id: string; assignee: { id: string } | null } & Record<string, unknown>

async function call(
  { baseUrl, credentials }: Pick<Program, 'baseUrl' | 'credentials'>,
  method: string,
  path: string,
  body?: object,
  token = credentials.apiKey
): Promise<Answer> {
  const answer = await fetch(baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {})
    },
    ...(body ? { body: JSON.stringify(body) } : {})
  })
  const text = await answer.text()
  // What was not done in time was not done: on a busy machine twenty at once may have to come again.
  if (answer.status === 503) {
    await sleep(Number(answer.headers.get('retry-after')) * 1000)
    return await call({ baseUrl, credentials }, method, path, body, token)
  }
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? ({} as Answer) : (JSON.parse(text) as Answer)
}

async function signIn(program: Program): Promise<string> {
  const { dealer, adminEmail: email, adminPassword: password } = program.credentials
  const answer = await call(program, 'POST', '/v1/auth/token', { dealer, email, password }, '')
  return answer.accessToken as string
}

let people = 0

/** Posts so many leads of different people over twenty connections, and counts who got them. */
async function post(program: Program, count: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let left = count
  const connection = async () => {
    while (left > 0) {
      left -= 1
      people += 1
      const contact = { fullName: `Person ${people}`, email: `p${people}@example.test` }
      const lead = await call(program, 'POST', '/v1/leads', { source: 'website', contact })
      const whose = lead.assignee?.id ?? 'nobody'
      counts[whose] = (counts[whose] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  return counts
}

function add(...all: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const counts of all) {
    for (const [id, count] of Object.entries(counts)) sum[id] = (sum[id] ?? 0) + count
  }
  return sum
}

void t.test('1,000 leads over 20 connections and a kill: 250 each', async (t) => {
  const environment = { RATE_LIMIT_MAX: '1000000', LOG_LEVEL: 'warn' }
  const first = await startProgram(t, { environment })
  const token = await signIn(first)
  const ids: string[] = []
  for (const name of ['Ann', 'Ben', 'Cid', 'Dora']) {
    const words = { name, email: `${name}@turns.test`, role: 'member', team: 'call_center' }
    ids.push((await call(first, 'POST', '/v1/users', words, token)).id)
  }
  // Never to be given any: inactive, and with a day that holds nothing.
  const never = await Promise.all(
    ['Eve', 'Fay'].map((name) =>
      call(
        first,
        'POST',
        '/v1/users',
        {
          name,
          email: `${name}@turns.test`,
          role: 'member',
          team: 'call_center',
          ...(name === 'Fay' ? { capacityPerDay: 0 } : {})
        },
        token
      )
    )
  )
  await call(first, 'PATCH', `/v1/users/${must(never[0]).id}`, { active: false }, token)
  const target = { type: 'team', team: 'call_center', by: 'round_robin' }
  const rules = { entries: [{ name: 'In turn', target }] }
  const draft = await call(first, 'POST', '/v1/assignment-rules', { rules }, token)
  await call(first, 'POST', `/v1/assignment-rules/${draft.id}/publish`, undefined, token)

  const before = await post(first, 437)
  await first.kill()
  const second = await startProgram(t, { environment, dataDirectory: first.dataDirectory })
  const after = await post(second, 563)
  t.strictSame(add(before, after), Object.fromEntries(ids.map((id) => [id, 250])))

  const admin = await signIn(second)
  const absent = `/v1/users/${must(ids[1])}` as const
  const absences = [{ from: '2020-01-01T00:00:00Z', until: null }]
  await call(second, 'PATCH', absent, { absences }, admin)
  const without = await post(second, 300)
  t.strictSame(
    without,
    Object.fromEntries(ids.filter((id) => id !== ids[1]).map((id) => [id, 100])),
    'the others share evenly while one is away'
  )
  await call(second, 'PATCH', absent, { absences: [] }, admin)
  t.strictSame(
    await post(second, 200),
    Object.fromEntries(ids.map((id) => [id, 50])),
    'and all of them once they are back'
  )
})

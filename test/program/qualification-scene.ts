import type { Test } from 'tap'

import type { Team } from '../../src/domain/access/permissions.ts'
import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { until } from '../support/worker.ts'

/** The program on a database of its own, with the dealer's people, each to act over HTTP. */
export async function openDealer(t: Test, environment: Record<string, string> = {}) {
  const { app, createDealer, database } = await createTestApp(t)
  const dealer = await createDealer()
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: database.ownerUrl,
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN,
      ...environment
    }
  })
  const bearerOf = (userId: string) => `Bearer ${app.jwt.sign({ sub: userId, dealer: dealer.id })}`
  const actAs = (userId: string) => {
    const authorization = bearerOf(userId)
    return async (method: string, path: string, body?: object) => {
      const answer = await fetch(program.baseUrl + path, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) })
      })
      const text = await answer.text()
      const isJson = String(answer.headers.get('content-type')).includes('json')
      const json = isJson ? JSON.parse(text) : null
      return { status: answer.status, text, body: json, problem: json }
    }
  }
  const hire = async (name: string, team: Team) => {
    const { id, email } = await dealer.withUser({ name, team })
    return { id, email, call: actAs(id) }
  }
  const [anna, olek, sara, stefan] = [
    await hire('Anna', 'call_center'),
    await hire('Olek', 'online_sales'),
    await hire('Sara', 'store_sales'),
    await hire('Stefan', 'store_sales')
  ]
  const owner = actAs(dealer.ownerId)
  /** As the owner, what is no JSON; answers the JSON that comes back. */
  const upload = async (path: string, mediaType: string, body: string) => {
    const headers = { authorization: bearerOf(dealer.ownerId), 'content-type': mediaType }
    const answer = await fetch(program.baseUrl + path, { method: 'POST', headers, body })
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }
  /** As the owner, what is no JSON. */
  const download = async (path: string, mediaType: string) => {
    const headers = { authorization: bearerOf(dealer.ownerId), accept: mediaType }
    const answer = await fetch(program.baseUrl + path, { headers })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${text}`)
    return text
  }
  return { database, dealer, program, owner, upload, download, anna, olek, sara, stefan }
}

export type Scene = Awaited<ReturnType<typeof openDealer>>
export type Call = Scene['owner']

/** Asks for what must be granted, and answers it. */
export async function ask(call: Call, method: string, path: string, body?: object) {
  const answer = await call(method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.body
}

/** A lead that the call centre's Anna has. */
export async function capture({ owner, anna }: Scene, name: string): Promise<string> {
  const contact = { firstName: name, email: `${name}@example.test` }
  const lead = { source: 'website', contact, assignee: anna.id }
  return (await ask(owner, 'POST', '/v1/leads', lead)).id
}

/** Waits until the worker has sent so many mails of a purpose, and answers whom to. */
export async function mailed({ owner }: Scene, leadId: string, purpose: string, count: number) {
  const path = `/v1/leads/${leadId}/deliveries?purpose=${purpose}&sort=createdAt` as const
  const { data } = await until(
    () => ask(owner, 'GET', path),
    ({ data }) =>
      data.length === count && data.every(({ state }: { state: string }) => state === 'sent'),
    { seconds: 30, what: `${count} of ${purpose}` }
  )
  return data as { id: string; target: { address: string } }[]
}

/** As if the time for an answer were over. */
export async function letExpire({ database, dealer }: Scene, handoverId: string): Promise<void> {
  await asClient(database.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(`select set_config('app.tenant', $1, true)`, [dealer.id])
    const { rowCount } = await client.query(
      `update handovers set expires_at = now() - interval '1 second' where id = $1`,
      [handoverId]
    )
    await client.query('commit')
    if (rowCount !== 1) throw new Error('there is no such handover')
  })
}

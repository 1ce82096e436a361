import t from 'tap'

import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import type { TestApp, TestDealer } from '../support/app.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { must } from '../support/must.ts'
import type { BodyOf, Method } from '../support/response.ts'

/**
 * The real program, two dealers, and the same day's work at both. One of them calls everything by other
 * names, and swaps them while the work goes on: its `lost` leads are in a status named `new`. Both must
 * be answered alike, names left out.
 */

/** What a dealer was answered, one after the other. */
interface Answer {
  what: string
  status: number
  body: unknown
}

type Send = <const M extends Method, const U extends string>(
  token: string,
  method: M,
  path: U,
  body?: object
) => Promise<{ status: number; body: BodyOf<M, U> }>

interface Named {
  id?: string
  key?: string
  name: string
}

void t.test(
  'names of statuses, queues, teams and sources do not change any response',
  async (t) => {
    const test = await createTestApp(t)
    const program = await startProgram(t, {
      environment: {
        DATABASE_URL: test.database.ownerUrl,
        LEADYARD_SECRET: TEST_SECRET,
        LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN,
        RATE_LIMIT_MAX: '100000',
        // What a worker does comes when it comes, and nothing of it hangs on names.
        LEADYARD_ROLE: 'api'
      }
    })
    const send = senderOf(program)
    const answers: Answer[][] = []
    for (const isRenamed of [false, true]) {
      const dealer = await test.createDealer({ leadAddress: 'desk@dealer.test' })
      answers.push(await new Day(test, dealer, send, isRenamed).play())
    }
    const [plain, renamed] = answers
    t.ok(must(plain).length > 70, `${must(plain).length} answers`)
    t.notOk(must(plain).some(({ status }) => status >= 500))
    for (const [index, answer] of must(plain).entries()) {
      t.strictSame(must(renamed)[index], answer, `${index} ${answer.what}: ${answer.status}`)
    }
    t.equal(must(renamed).length, must(plain).length)
  }
)

/** Follows a script at one dealer, and keeps what it is answered. */
class Day {
  readonly #answers: Answer[] = []
  readonly #test: TestApp
  readonly #dealer: TestDealer
  readonly #send: Send
  readonly #isRenamed: boolean
  readonly #admin: string
  #known = new Map<string, string>()
  #people = 0

  constructor(test: TestApp, dealer: TestDealer, send: Send, isRenamed: boolean) {
    this.#test = test
    this.#dealer = dealer
    this.#send = send
    this.#isRenamed = isRenamed
    this.#admin = this.#tokenOf(dealer.ownerId)
  }

  async play(): Promise<Answer[]> {
    const [anna, ben] = [await this.#user(), await this.#user()]
    const vans = (await this.#do('POST', '/v1/queues', { name: 'Vans' })).body.id
    await this.#do('PUT', `/v1/queues/${this.#dealer.defaultQueueId}/members/${anna}`)
    await this.#do('PUT', `/v1/queues/${vans}/members/${ben}`)
    const extra = { name: 'Called back', group: 'working' }
    const called = (await this.#do('POST', '/v1/statuses', extra)).body.id
    await this.#rename(0)
    await this.#publishRules(vans)
    const statuses = await this.#statuses()

    const leads: string[] = []
    for (const words of [
      {},
      { vehicles: [{ interest: 'buy', condition: 'new', make: 'Kia' }] },
      { vehicles: [{ interest: 'buy', condition: 'used', make: 'Van' }] },
      { source: 'portal' },
      { source: 'phone', type: 'prequalification' },
      { isTest: true }
    ]) {
      leads.push((await this.#capture(words)).id)
    }
    const again = { fullName: 'Ewa Lis', email: 'ewa.lis@example.com' }
    leads.push((await this.#capture({ contact: again })).id)
    leads.push((await this.#capture({ contact: again })).id)
    await this.#look(leads)

    await this.#rename(1)
    const [first, second, third, fourth, fifth] = leads as [string, string, string, string, string]
    await this.#claims([first, fourth], { anna, ben })
    await this.#do('POST', '/v1/leads/assign', { leadIds: [first, second, third], queueId: vans })
    for (const group of ['working', 'nurturing', 'qualified', 'unqualified', 'linked', 'sold']) {
      await this.#do('POST', `/v1/leads/${second}/status`, { statusId: statuses[group] })
    }
    await this.#do('POST', `/v1/leads/${third}/status`, { statusId: statuses.lost })
    await this.#do('POST', `/v1/leads/${third}/status`, { statusId: statuses.lost, reason: 'Far' })
    await this.#do('POST', `/v1/leads/${third}/convert`, {})
    await this.#do('POST', `/v1/leads/${third}/status`, { statusId: statuses.new })

    const converted = await this.#do('POST', `/v1/leads/${third}/convert`, {})
    const clientId = converted.body.client.id
    await this.#do('POST', `/v1/leads/${fourth}/link`, { clientId })
    await this.#do('POST', `/v1/leads/${fifth}/link`, { clientId })
    await this.#rename(2)
    await this.#do('POST', `/v1/leads/${fourth}/unlink`)
    await this.#do('POST', `/v1/leads/${fourth}/convert`, { allowDuplicate: true })
    await this.#do('POST', `/v1/operations/${converted.body.operationId}/undo`)
    const deletion = { statusId: statuses.deleted, reason: 'Spam' }
    await this.#do('POST', `/v1/leads/${first}/status`, deletion)
    await this.#do('GET', '/v1/leads?statusGroup=deleted')
    await this.#do('POST', `/v1/leads/${first}/status`, { statusId: called })

    await this.#do('DELETE', `/v1/statuses/${called}`)
    await this.#do('DELETE', `/v1/statuses/${called}?replacementId=${must(statuses.working)}`)
    for (const group of ['new', 'linked', 'converted', 'deleted']) {
      await this.#do('DELETE', `/v1/statuses/${must(statuses[group])}`)
    }
    leads.push((await this.#capture({ contact: again })).id)
    await this.#look(leads)
    await this.#reports(statuses)
    return this.#answers
  }

  /** Gives everything another name: each that of the next of its kind, or, at the other dealer, its own. */
  async #rename(round: number): Promise<void> {
    for (const kind of ['statuses', 'queues', 'teams', 'sources']) {
      const { body } = await this.#send(this.#admin, 'GET', `/v1/${kind}`)
      const things = body.data as Named[]
      const names = things.map(({ name }) => name)
      const next = this.#isRenamed ? [...names.slice(1), must(names[0])] : names
      // By way of names that nobody has: no two may have the same at any moment.
      for (const [index, { id, key }] of things.entries()) {
        const url = `/v1/${kind}/${id ?? key ?? ''}` as const
        const between = this.#isRenamed
          ? `Umbenannt ${round} ${index}`
          : `Between ${round} ${index}`
        await this.#send(this.#admin, 'PATCH', url, { name: between })
      }
      for (const [index, { id, key }] of things.entries()) {
        const url = `/v1/${kind}/${id ?? key ?? ''}` as const
        await this.#send(this.#admin, 'PATCH', url, { name: next[index] })
      }
    }
  }

  async #publishRules(vans: string): Promise<void> {
    const entries = [
      {
        name: 'Vans',
        criteria: { field: 'vehicle.make', equals: 'van' },
        target: { type: 'queue', queueId: vans }
      },
      {
        name: 'By source and state',
        criteria: {
          all: [
            { field: 'source.key', oneOf: ['website', 'phone'] },
            { field: 'status.group', equals: 'new' }
          ]
        },
        target: { type: 'team', team: 'online_sales' }
      }
    ]
    const draft = await this.#do('POST', '/v1/assignment-rules', { rules: { entries } })
    await this.#do('POST', `/v1/assignment-rules/${draft.body.id}/publish`)
    const rules = {
      attributes: [
        { name: 'Site', criteria: { field: 'source.key', equals: 'website' }, points: 20 },
        { name: 'Vehicle', criteria: { field: 'vehicle.make', exists: true }, points: 10 }
      ],
      movement: [{ name: 'Soon', from: 'new', to: 'working', withinDays: 3, points: 30 }],
      thresholds: { hot: 50, warm: 20 }
    }
    const scoring = await this.#do('POST', '/v1/scoring-rules', { rules })
    await this.#do('POST', `/v1/scoring-rules/${scoring.body.id}/publish`)
  }

  async #statuses(): Promise<Record<string, string>> {
    const { body } = await this.#do('GET', '/v1/statuses')
    // The first of a group is the one that the system uses.
    return Object.fromEntries(body.data.toReversed().map(({ group, id }) => [group, id]))
  }

  async #capture(words: object): Promise<{ id: string }> {
    this.#people += 1
    const contact = { fullName: `Person ${this.#people}`, email: `p${this.#people}@example.com` }
    // The message differs, since the same lead within seconds is a double click.
    const lead = { source: 'website', contact, message: `Lead ${this.#people}`, ...words }
    return (await this.#do('POST', '/v1/leads', lead)).body
  }

  async #claims(leads: string[], users: Record<'anna' | 'ben', string>): Promise<void> {
    const [anna, ben] = [this.#tokenOf(users.anna), this.#tokenOf(users.ben)]
    for (const id of leads) {
      const { defaultQueueId } = this.#dealer
      await this.#do('POST', `/v1/leads/${id}/assign`, { queueId: defaultQueueId })
      await this.#do('POST', `/v1/leads/${id}/claim`, undefined, anna)
      await this.#do('POST', `/v1/leads/${id}/claim`, undefined, ben)
      await this.#do('POST', `/v1/leads/${id}/unclaim`, undefined, anna)
      await this.#do('GET', '/v1/leads', undefined, anna)
    }
  }

  /** Where leads stand, and why. */
  async #look(leads: readonly string[]): Promise<void> {
    for (const id of leads) {
      await this.#do('GET', `/v1/leads/${id}`)
      await this.#do('GET', `/v1/leads/${id}/decisions`)
      await this.#do('GET', `/v1/leads/${id}/history`)
    }
  }

  async #reports(statuses: Record<string, string>): Promise<void> {
    for (const [group, id] of Object.entries(statuses)) {
      await this.#do('GET', `/v1/leads?statusGroup=${group}`)
      await this.#do('GET', `/v1/leads?status=${id}`)
    }
    for (const list of ['events?limit=200', 'activities', 'clients', 'conversions', 'deliveries']) {
      await this.#do('GET', `/v1/${list}`)
    }
    await this.#do('GET', '/v1/leads?source=website')
    await this.#do('GET', '/v1/users?team=online_sales')
  }

  async #user(): Promise<string> {
    const words = { name: 'Una', role: 'member', team: 'online_sales' }
    const email = `u${this.#people}@${this.#dealer.slug}.test`
    this.#people += 1
    return (await this.#do('POST', '/v1/users', { email, ...words })).body.id
  }

  async #do<const M extends Method, const U extends string>(
    method: M,
    path: U,
    body?: object,
    token = this.#admin
  ) {
    const answer = await this.#send(token, method, path, body)
    const what = `${method} ${this.#comparable(path)}`
    const kept = JSON.parse(this.#comparable(JSON.stringify(withoutNames(answer.body)))) as unknown
    this.#answers.push({ what, status: answer.status, body: kept })
    return answer
  }

  /** Ids by the order in which they came up; no times, nor what only tells the dealers apart. */
  #comparable(text: string): string {
    return text
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
        const known = this.#known.get(id) ?? `id ${this.#known.size}`
        this.#known.set(id, known)
        return known
      })
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      .replaceAll(/"nextCursor":"[^"]+"/g, '"nextCursor":"more"')
      .replaceAll(this.#dealer.slug, 'dealer')
  }

  #tokenOf(userId: string): string {
    return this.#test.app.jwt.sign({ sub: userId, dealer: this.#dealer.id })
  }
}

/** Without what a dealer calls things, and how long something took. */
function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !['name', 'names', 'instance', 'stoodSeconds'].includes(name))
      .map(([name, member]) => [name, withoutNames(member)])
  )
}

function senderOf({ baseUrl }: Program): Send {
  return async (token, method, path, body) => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {})
      },
      ...(body ? { body: JSON.stringify(body) } : {})
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
  }
}

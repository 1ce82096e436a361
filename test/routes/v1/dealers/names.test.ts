import t from 'tap'

import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

interface Schema {
  $ref?: string
  pattern?: string
  type?: string | string[]
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

type Components = Record<string, Schema>

interface Contract {
  components: { schemas: Components }
  paths: Record<
    string,
    Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>
  >
}

/** The places of the members that a record is known by, with their schemas. */
function namesIn(node: Schema, components: Components, path = '', depth = 0): [string, Schema][] {
  if (depth > 6) return []
  const schema = node.$ref ? must(components[must(node.$ref.split('/').at(-1))]) : node
  const branches = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])]
  const members = Object.entries(schema.properties ?? {})
  return [
    ...members.flatMap(([name, member]): [string, Schema][] => {
      const isName = /^(?:name|label)$/.test(name) && [member.type].flat().includes('string')
      const at = `${path}/${name}`
      return isName && !member.enum ? [[at, member]] : namesIn(member, components, at, depth + 1)
    }),
    ...branches.flatMap((branch) => namesIn(branch, components, path, depth + 1))
  ]
}

void t.test('names', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { app } = await createTestApp(t)

  await t.test('have a word, by the contract, wherever a request gives one', (t) => {
    const { components, paths } = app.swagger() as unknown as Contract
    const found: string[] = []
    const bare: string[] = []
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, one]) => ({ name: `${method} ${path}`, ...one }))
    )
    for (const { name, requestBody } of operations) {
      const json = requestBody?.content?.['application/json']?.schema
      const names = json ? namesIn(json, components.schemas) : []
      for (const [pointer, schema] of names) {
        // What senders of leads give is read with repairs: a blank there is no value.
        if (/^\/(?:contact|vehicles|vendor|provider)\/|\/options\//.test(pointer)) continue
        found.push(`${name} ${pointer}`)
        if (schema.pattern === undefined) bare.push(`${name} ${pointer}`)
      }
    }
    t.ok(found.length > 20, `${found.length} names`)
    t.strictSame(bare, [])
    t.end()
  })

  await t.test('of blanks are refused at their place', async (t) => {
    const { admin, withUser } = await createDealer()
    const user = await withUser()
    const { data: statuses } = (await admin('GET', '/v1/statuses')).body
    const { data: queues } = (await admin('GET', '/v1/queues')).body
    const { data: sources } = (await admin('GET', '/v1/sources')).body
    const [status, queue, source] = [must(statuses[0]), must(queues[0]), must(sources[0])]
    const made = { name: '  ', group: 'working' }
    const refused = [
      await admin('POST', '/v1/users', {
        email: 'b@example.com',
        name: ' ',
        role: 'member'
      } as never),
      await admin('POST', '/v1/queues', { name: ' ' }),
      await admin('POST', '/v1/sources', { key: 'blank', name: '\t', kind: 'other' }),
      await admin('POST', '/v1/statuses', made as never),
      await admin('POST', '/v1/api-keys', { name: '   ', scopes: ['read'] }),
      await admin('POST', '/v1/promoters', { name: ' ', email: 'p@example.com' } as never),
      await user.call('PATCH', '/v1/me', { name: ' ' }),
      await admin('PATCH', '/v1/dealer', { name: ' ' }),
      await admin('PATCH', '/v1/teams/call_center', { name: ' ' }),
      await admin('PATCH', `/v1/statuses/${status.id}`, { name: ' ' }),
      await admin('PATCH', `/v1/queues/${queue.id}`, { name: ' ' }),
      await admin('PATCH', `/v1/sources/${source.id}`, { name: ' ' })
    ]
    for (const [index, { status: code, problem }] of refused.entries()) {
      t.equal(code, 422, `${index}`)
      t.ok(
        problem.errors?.some(({ pointer }) => pointer === '/name'),
        `${index}: ${JSON.stringify(problem)}`
      )
    }
  })

  await t.test('that differ only in blanks are one name', async (t) => {
    const { admin } = await createDealer()
    const fair = { key: 'fair', name: ' \tSpring   Fair\u00a0', kind: 'trade_fair' }
    const made = await admin('POST', '/v1/sources', fair)
    t.equal(made.body.name, 'Spring Fair', made.text)
    const again = { ...fair, key: 'again', name: 'spring  fair ' }
    t.equal((await admin('POST', '/v1/sources', again)).status, 409)
    const hall = (await admin('POST', '/v1/sources', { ...fair, key: 'hall', name: 'Hall' })).body
    const url = `/v1/sources/${hall.id}` as const
    t.equal((await admin('PATCH', url, { name: 'Spring \n Fair' })).status, 409)
    t.equal((await admin('PATCH', url, { name: '  Hall   B ' })).body.name, 'Hall B')
    t.equal((await admin('PATCH', url, { name: ' \u200b ' })).status, 422, 'nothing that is seen')
    const lead = await postLead(admin, { source: '  spring    FAIR ' })
    t.equal(lead.source.key, 'fair')

    t.equal((await admin('POST', '/v1/queues', { name: ' Used   cars ' })).body.name, 'Used cars')
    t.equal((await admin('POST', '/v1/queues', { name: 'Used  cars' })).status, 409)
    const group = 'working'
    t.equal((await admin('POST', '/v1/statuses', { name: ' To  call', group })).status, 201)
    t.equal((await admin('POST', '/v1/statuses', { name: 'To call ', group })).status, 409)
    const sale = { name: 'On  order', group: 'open' as const }
    t.equal((await admin('POST', '/v1/sale-statuses', sale)).status, 201)
    t.equal((await admin('POST', '/v1/sale-statuses', { ...sale, name: 'On order' })).status, 409)
    const reason = { key: 'late', name: 'Too  late', group: 'lost' as const }
    t.equal((await admin('POST', '/v1/status-reasons', reason)).status, 201)
    const same = { ...reason, key: 'too-late', name: ' too late' }
    t.equal((await admin('POST', '/v1/status-reasons', same)).status, 409)
    const { data: teams } = (await admin('GET', '/v1/teams')).body
    const [one, other] = [must(teams[0]), must(teams[1])]
    const name = ` ${other.name.replaceAll(' ', '  ')} `
    t.equal((await admin('PATCH', `/v1/teams/${one.key}`, { name })).status, 409)
  })

  await t.test('that differ only in case are one name', async (t) => {
    const { admin } = await createDealer()
    const { data: statuses } = (await admin('GET', '/v1/statuses')).body
    const [first, second] = [must(statuses[0]), must(statuses[1])]
    const upper = first.name.toUpperCase()
    const again = await admin('POST', '/v1/statuses', { name: upper, group: 'working' })
    t.equal(again.status, 409)
    t.equal((await admin('PATCH', `/v1/statuses/${second.id}`, { name: upper })).status, 409)
    t.equal(
      (await admin('PATCH', `/v1/statuses/${first.id}`, { name: upper })).status,
      200,
      'its own'
    )
    t.equal((await admin('POST', '/v1/queues', { name: 'Vans' })).status, 201)
    t.equal((await admin('POST', '/v1/queues', { name: 'VANS' })).status, 409)
    const { data: sales } = (await admin('GET', '/v1/sale-statuses')).body
    const sale = { name: must(sales[0]).name.toUpperCase(), group: must(sales[0]).group }
    t.equal((await admin('POST', '/v1/sale-statuses', sale)).status, 409)
    const { data: teams } = (await admin('GET', '/v1/teams')).body
    const [one, other] = [must(teams[0]), must(teams[1])]
    const renamed = await admin('PATCH', `/v1/teams/${one.key}`, { name: other.name.toUpperCase() })
    t.equal(renamed.status, 409)
    const reason = { key: 'too-far', name: 'PRICE TOO HIGH', group: 'lost' as const }
    t.equal((await admin('POST', '/v1/status-reasons', reason)).status, 409)
    const elsewhere = { ...reason, group: 'deleted' as const }
    t.equal((await admin('POST', '/v1/status-reasons', elsewhere)).status, 201, 'of another group')
  })
})

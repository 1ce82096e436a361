import t from 'tap'

import { createTestApp, sharedTestApp } from '../support/app.ts'
import { must } from '../support/must.ts'
import { listOperations } from '../support/operations.ts'

const NO_ONE = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

/** Bodies of settings, whose authors read what is refused. */
const SETTINGS = [
  /^\/v1\/(?:api-keys|auth|dealer|dealers|me|sources|statuses|status-reasons|queues|teams)(?:\/|$)/,
  /^\/v1\/(?:assignment-rules|scoring-rules|auto-responses|templates|custom-fields|imports)(?:\/|$)/,
  /^\/v1\/(?:field-mapping|qualification-forms|incentive-rates)(?:\/|$)|\/notifications$/
]

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  format?: string
  pattern?: string
  'x-named'?: string
  required?: string[]
  properties?: Record<string, Schema>
  anyOf?: Schema[]
}

type Components = Record<string, Schema>

interface Place {
  path: string[]
  isNullable: boolean
}

/** Optional members that a choice, a form or a record decides, as a reader of the document finds them. */
function optionalPlaces(schema: Schema, components: Components, path: string[] = []): Place[] {
  const { properties = {}, required = [] } = resolved(schema, components)
  return Object.entries(properties).flatMap(([name, member]) => {
    if (required.includes(name)) return []
    const at = [...path, name]
    const branches = [member, ...(member.anyOf ?? [])]
    const isNullable = branches.some(({ type }) => [type].flat().includes('null'))
    const form = branches.map((branch) => resolved(branch, components)).find(isFormed)
    const own = form ? [{ path: at, isNullable }] : []
    return [...own, ...branches.flatMap((branch) => optionalPlaces(branch, components, at))]
  })
}

function resolved(schema: Schema, components: Components): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : must(components[name])
}

function isFormed(schema: Schema): boolean {
  const isOther = [schema.type]
    .flat()
    .some((type) => /^(?:boolean|integer|number)$/.test(type ?? ''))
  // A pattern that asks for any word is that of a text which a record needs.
  const pattern = schema.pattern === '\\S' ? undefined : schema.pattern
  const words = [schema.enum, schema.format, pattern, schema['x-named']]
  return isOther || words.some((word) => word !== undefined)
}

function withValue(body: unknown, [name = '', ...rest]: string[], value: unknown): object {
  const given = typeof body === 'object' && body !== null ? body : {}
  const inner: unknown = Reflect.get(given, name)
  return { ...given, [name]: rest.length === 0 ? value : withValue(inner, rest, value) }
}

// Guards forms in browsers: each sends "" for what a person left empty.
void t.test('a blank is absent in each optional member of what people enter', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const dealer = await createDealer()
  const document = app.swagger() as unknown as {
    components: { schemas: Components }
    paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>
  }
  const components = document.components.schemas
  const bodies = new Map(
    Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId, requestBody }) => {
        const { content } = (requestBody ?? {}) as {
          content?: Record<string, { schema?: Schema }>
        }
        return [operationId, content?.['application/json']?.schema] as const
      })
    )
  )
  let count = 0
  for (const { id, method, path, body } of listOperations(app)) {
    const schema = bodies.get(id)
    if (!schema || SETTINGS.some((one) => one.test(path))) continue
    const url = path.replaceAll(/\{\w+\}/g, NO_ONE)
    for (const { path: names } of optionalPlaces(schema, components)) {
      for (const blank of ['', ' \t ']) {
        const given = withValue(body ?? {}, names, blank)
        const { problem } = await dealer.admin(method, url, given)
        const pointer = `/${names.join('/')}`
        const faults = (problem.errors ?? []).filter(
          (error) => error.pointer === pointer && !/required|one of/.test(error.message)
        )
        t.strictSame(faults, [], `${id} ${pointer}`)
        count += 1
      }
    }
  }
  t.ok(count > 200, `${count} members`)
})

void t.test(
  'a form with empty fields creates a client, and a change with them clears',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const created = await admin('POST', '/v1/clients', {
      contact: { firstName: 'Ewa', phone: '+48 662 400 210', phoneType: '', language: '' },
      source: '',
      accountId: ' ',
      responsibleUserId: '',
      vehicleInterests: [{ make: 'Skoda', condition: '', year: '' }]
    })
    t.equal(created.status, 201)
    const account = await admin('POST', '/v1/accounts', {
      name: 'Auto Ewa',
      email: '',
      website: ''
    })
    t.equal(account.status, 201)
    const client = `/v1/clients/${must(created.body).id}`
    await admin('PATCH', client, { accountId: must(account.body).id })
    const kept = await admin('PATCH', client, { contact: { phoneType: '' } })
    t.equal(must(must(kept.body).account).name, 'Auto Ewa')
    const cleared = await admin('PATCH', client, { accountId: '', contact: { language: '' } })
    t.equal(must(cleared.body).account, null)
  }
)

void t.test(
  'a blank in a required member is refused, also where a change would clear it',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const none = await admin('POST', '/v1/accounts', { name: '' })
    t.strictSame(
      must(none.problem).errors?.map(({ pointer }) => pointer),
      ['/name']
    )
    const account = await admin('POST', '/v1/accounts', { name: 'Auto Jan' })
    const emptied = await admin('PATCH', `/v1/accounts/${must(account.body).id}`, { name: '' })
    t.strictSame(
      must(emptied.problem).errors?.map(({ pointer }) => pointer),
      ['/name']
    )
  }
)

import { readFile } from 'node:fs/promises'

import t from 'tap'

interface Schema {
  $ref?: string
  anyOf?: Schema[]
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: unknown
}
interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >
  components: { schemas: Record<string, Schema> }
}

const { paths, components } = JSON.parse(await readFile('openapi/openapi.json', 'utf8')) as Document

/** The objects that a response can be. */
function armsOf(schema: Schema): Schema[] {
  if (schema.$ref !== undefined) {
    return armsOf(components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  }
  return schema.anyOf ? schema.anyOf.flatMap(armsOf) : [schema]
}

/** Whether TypeScript's `in` tells an arm from all others: it always has a member that they never have. */
function isTold(arm: Schema, all: readonly Schema[]): boolean {
  const others = all.filter((one) => one !== arm)
  return (arm.required ?? []).some((name) =>
    others.every((other) => other.properties?.[name] === undefined)
  )
}

void t.test('a response of several forms has a member by which each is told', (t) => {
  const found = new Set<string>()
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      for (const [status, { content = {} }] of Object.entries(responses)) {
        const schema = status.startsWith('2') ? content['application/json']?.schema : undefined
        const arms = schema ? armsOf(schema) : []
        if (arms.length < 2) continue
        const name = `${method.toUpperCase()} ${path}`
        found.add(name)
        t.ok(
          arms.every(({ additionalProperties }) => additionalProperties === false),
          `${name}: no other members`
        )
        const untold = arms.filter((arm) => !isTold(arm, arms))
        t.ok(untold.length < 2, `${name}: the one without is what is left`)
      }
    }
  }
  for (const name of [
    'GET /v1/leads/{id}',
    'GET /v1/leads',
    'GET /v1/clients/{id}',
    'POST /v1/leads'
  ]) {
    t.ok(found.has(name), name)
  }
  t.end()
})

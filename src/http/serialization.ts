import type { FastifySchemaCompiler } from 'fastify'
import fastJsonStringify from 'fast-json-stringify'
import type { Schema } from 'fast-json-stringify'

import { formsOf } from '../schemas/sparse.ts'
import { isSparse } from './sparse-records.ts'

type Serializer = (response: unknown) => string

/** A schema that others point at by its `$id`. */
interface SharedSchema {
  $id?: string
}

/**
 * Makes serializers of responses. Fastify's own makes one for each response of each operation, and looks at
 * every shared schema for each: with a thousand responses, most of them the same few problems, starting
 * took half a minute. Here equal responses share one, made with no more than the schemas it points at,
 * when the first of them is sent.
 */
export function createSerializerCompiler(
  shared: readonly SharedSchema[]
): (route: Parameters<FastifySchemaCompiler<unknown>>[0]) => Serializer {
  const byId = new Map(shared.map((schema) => [schema.$id ?? '', schema]))
  const made = new Map<string, Serializer>()
  const serializerOf = (schema: Schema): Serializer => {
    const text = JSON.stringify(schema)
    const before = made.get(text)
    if (before) return before
    let serialize: Serializer | undefined
    const whenNeeded: Serializer = (response) =>
      (serialize ??= makeSerializer(schema, text, byId))(response)
    made.set(text, whenNeeded)
    return whenNeeded
  }
  return ({ schema }) => {
    const forms = formsOf(schema)
    if (!forms) return serializerOf(schema as Schema)
    const [whole, sparse] = [serializerOf(forms.whole), serializerOf(forms.sparse)]
    return (response) => (isSparse(response) ? sparse : whole)(response)
  }
}

function makeSerializer(
  schema: Schema,
  text: string,
  byId: ReadonlyMap<string, SharedSchema>
): Serializer {
  const needed = new Map<string, SharedSchema>()
  collect(text, byId, needed)
  const shared = [...needed].flatMap(([id, one]) => {
    const plain = withNullables(one) as SharedSchema
    return [
      [id, plain],
      [nullableId(id), { ...plain, $id: nullableId(id), nullable: true }]
    ] as const
  })
  return fastJsonStringify(withNullables(schema) as Schema, {
    schema: Object.fromEntries(shared) as Record<string, Schema>
  })
}

const nullableId = (id: string) => `${id}OrNull`

/**
 * A schema in which `anyOf: [X, null]` is a nullable X. To choose between alternatives, a serializer
 * validates each value, which takes longer than all else it does.
 */
function withNullables(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNullables)
  if (typeof node !== 'object' || node === null) return node
  const [one, other, ...more] = (node as { anyOf?: { $ref?: string; type?: string }[] }).anyOf ?? []
  if (one?.$ref !== undefined && other?.type === 'null' && more.length === 0) {
    return { $ref: `${nullableId(one.$ref.replace(/#$/, ''))}#` }
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, member]) => [name, withNullables(member)])
  )
}

const REFERENCE = /"\$ref":"([^"#]+)#?"/g

/** Everything a schema's text points at, and what that points at in turn. */
function collect(
  text: string,
  byId: ReadonlyMap<string, SharedSchema>,
  needed: Map<string, SharedSchema>
): void {
  for (const [, id = ''] of text.matchAll(REFERENCE)) {
    const schema = byId.get(id)
    if (!schema || needed.has(id)) continue
    needed.set(id, schema)
    collect(JSON.stringify(schema), byId, needed)
  }
}

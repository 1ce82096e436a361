import type { FastifyInstance } from 'fastify'
import { must } from './must.ts'

/** An operation as the OpenAPI document has it: what generated tests go through. */
export interface DocumentedOperation {
  id: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  /** The document's example of a JSON body, or undefined. */
  body: object | undefined
  /** Media types of the body; none: there is no body. */
  mediaTypes: string[]
  /** Whether an empty body is as good as `{}`. */
  isBodyOptional: boolean
  /** Names of path parameters that are ids, in order; of others a word is in the path. */
  pathParameters: string[]
  /** Pointers of members that hold an id, in the JSON body. */
  bodyIds: string[]
  /** Names of query parameters that hold an id. */
  queryIds: string[]
  /** Names of query parameters. */
  filters: string[]
  /** By pointer (or `?name`), the nouns of records that the request names by id or word. */
  named: Record<string, string>
  /** Heeds `If-Match`. */
  conditional: boolean
  /** Takes an `Idempotency-Key`. */
  idempotent: boolean
}

interface Schema {
  $ref?: string
  format?: string
  'x-named'?: string
  enum?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
interface OperationObject {
  operationId: string
  parameters?: { name: string; in: string; schema: Schema; example?: string }[]
  requestBody?: {
    required?: boolean
    content: Record<string, { schema?: Schema; example?: object }>
  }
}
interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, Schema> }
}

/** Every operation there is, from the document that the app itself makes. */
export function listOperations(app: FastifyInstance): DocumentedOperation[] {
  const document = app.swagger() as unknown as OpenApiDocument
  return Object.entries(document.paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const json = operation.requestBody?.content['application/json']
      const path = withWords(template, operation)
      const bodyPlaces = json?.schema ? findPlaces(document, json.schema, '') : []
      const queryPlaces = (operation.parameters ?? []).flatMap(({ name, schema, in: part }) =>
        part === 'query' ? [{ pointer: `?${name}`, schema }] : []
      )
      return {
        id: operation.operationId,
        method: method.toUpperCase() as DocumentedOperation['method'],
        path,
        body: json?.example,
        mediaTypes: Object.keys(operation.requestBody?.content ?? {}),
        isBodyOptional: operation.requestBody?.required === false,
        pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => must(match[1])),
        bodyIds: bodyPlaces.filter(({ schema }) => holdsId(schema)).map(({ pointer }) => pointer),
        queryIds: (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'query' && holdsId(parameter.schema))
          .map(({ name }) => name),
        filters: queryPlaces.map(({ pointer }) => pointer.slice(1)),
        named: namesOf([...bodyPlaces, ...queryPlaces]),
        conditional: (operation.parameters ?? []).some(({ name }) => /^if-match$/i.test(name)),
        idempotent: (operation.parameters ?? []).some(({ name }) => /^idempotency-key$/i.test(name))
      }
    })
  )
}

/** The path with a word in place of each parameter that is no id: the first of a list, or an example. */
function withWords(template: string, { parameters = [] }: OperationObject): string {
  return parameters.reduce((path, { name, schema, example }) => {
    const word = schema.enum?.[0] ?? example
    return word === undefined ? path : path.replace(`{${name}}`, word)
  }, template)
}

/** Whether it is an id, or may be one of a record that has a word too. Teams have no ids. */
function holdsId(schema: Schema): boolean {
  const noun = schema['x-named']
  return schema.format === 'uuid' || (noun !== undefined && noun !== 'team')
}

interface Place {
  pointer: string
  schema: Schema
}

function namesOf(places: readonly Place[]): Record<string, string> {
  return Object.fromEntries(
    places.flatMap(({ pointer, schema }) => {
      const noun = schema['x-named']
      return noun === undefined ? [] : [[pointer, noun]]
    })
  )
}

/** The places of a body that hold an id or a word. */
function findPlaces(
  document: OpenApiDocument,
  schema: Schema,
  pointer: string,
  /** Names of the schemas on the way here: one that holds itself is looked into once. */
  above: readonly string[] = []
): Place[] {
  if (schema.$ref !== undefined) {
    const name = must(schema.$ref.split('/').at(-1))
    if (above.includes(name)) return []
    return findPlaces(document, must(document.components.schemas[name]), pointer, [...above, name])
  }
  if (holdsId(schema) || schema['x-named'] !== undefined) return [{ pointer, schema }]
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      findPlaces(document, member, `${pointer}/${name}`, above)
    ),
    ...(schema.items ? findPlaces(document, schema.items, `${pointer}/-`, above) : []),
    ...(schema.anyOf ?? []).flatMap((branch) => findPlaces(document, branch, pointer, above))
  ]
}

/** The example's body with an id in one place, and none in the others. */
export function bodyWith(operation: DocumentedOperation, pointer: string, id: string): object {
  const body = structuredClone(operation.body ?? {}) as Record<string, unknown>
  // Alternatives in the example would be looked at instead of, or before, the one this is about.
  for (const other of operation.bodyIds) {
    const [, first] = other.split('/')
    if (first !== undefined) Reflect.deleteProperty(body, first)
  }
  return withValue(body, pointer.split('/').slice(1), id) as object
}

/** `-` in a pointer is the only item of an array. */
function withValue(at: unknown, [part, ...rest]: string[], value: unknown): unknown {
  if (part === undefined) return value
  if (part === '-') return [withValue(undefined, rest, value)]
  const members = (at ?? {}) as Record<string, unknown>
  return { ...members, [part]: withValue(members[part], rest, value) }
}

/** What the id at this pointer is called: of `account: {id}`, it is `account`. */
export function nameIn(pointer: string): string {
  const names = pointer.split('/').filter((part) => part !== '-')
  const last = names.pop() ?? ''
  return last === 'id' ? (names.pop() ?? last) : last
}

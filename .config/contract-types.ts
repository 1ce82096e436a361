import { readFile } from 'node:fs/promises'

import { format, resolveConfig } from 'prettier'

/** Where the tests' types are, from the checkout. */
export const CONTRACT_TYPES = 'test/support/contract-types.ts'

const INTRODUCTION =
  '// Generated from openapi/openapi.json by `npm run openapi:write`: the JSON of successful responses.'

interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
}
interface Operation {
  operationId: string
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
/** Segments of paths, a parameter as \`*\`; where a path ends, the ids of its operations by method. */
interface Routes {
  [segment: string]: Routes | string
}

/** Writes the types of the committed OpenAPI document's responses, as text of TypeScript. */
export async function writeContractTypes(): Promise<string> {
  const document = JSON.parse(await readFile('openapi/openapi.json', 'utf8')) as OpenApiDocument
  const named = new Map<string, string>()
  const bodies: string[] = []
  const routes: Routes = {}
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      addRoute(routes, path, method.toUpperCase(), operation.operationId)
      const types = successes(operation).map((schema) => typeOf(schema, document, named))
      bodies.push(`${operation.operationId}: ${[...new Set(types)].join(' | ') || 'null'}`)
    }
  }
  typeOf({ $ref: '#/components/schemas/Problem' }, document, named)
  const text = `${INTRODUCTION}
    /** By operation: the JSON of its success, or null where it has none. */
    export interface Bodies { ${bodies.join('\n')} }

    /** Operations by the segments of their paths, \`*\` for a parameter, and their methods. */
    export interface Routes ${JSON.stringify(routes)}

    ${[...named].map(declarationOf).join('\n\n')}
  `
  return format(text, { ...(await resolveConfig(CONTRACT_TYPES)), filepath: CONTRACT_TYPES })
}

function declarationOf([name, type]: [string, string]): string {
  const isObject = type.startsWith('{') && type.endsWith('}')
  return isObject ? `export interface ${name} ${type}` : `export type ${name} = ${type}`
}

function addRoute(routes: Routes, path: string, method: string, operationId: string): void {
  let node = routes
  for (const segment of path.slice(1).split('/')) {
    const next = (node[segment.startsWith('{') ? '*' : segment] ??= {})
    if (typeof next === 'string') throw new Error(`${path}: a method is named like a segment`)
    node = next
  }
  node[method] = operationId
}

/** JSON schemas of an operation's 2xx responses. */
function successes({ responses }: Operation): Schema[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) => content['application/json']?.schema ?? [])
}

/** The TypeScript type of a schema; the components that it names are added to \`named\`. */
function typeOf(schema: Schema, document: OpenApiDocument, named: Map<string, string>): string {
  const inner = (one: Schema) => typeOf(one, document, named)
  if (schema.$ref !== undefined) return nameOf(schema.$ref, document, named)
  // With `fields` a response is sparse; the types are those of the response without it.
  if (schema.anyOf) {
    return schema.anyOf
      .filter((one) => !isSparse(one))
      .map(inner)
      .join(' | ')
  }
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const types = [schema.type ?? []].flat().map((type) => {
    if (type === 'array') return `(${inner(schema.items ?? {})})[]`
    if (type === 'object') return objectOf(schema, inner)
    return type === 'integer' ? 'number' : type
  })
  return types.join(' | ') || 'unknown'
}

function isSparse({ $ref = '' }: Schema): boolean {
  return $ref.split('/').at(-1)?.startsWith('Sparse') === true
}

function nameOf(ref: string, document: OpenApiDocument, named: Map<string, string>): string {
  const name = ref.split('/').at(-1) ?? ''
  const schema = document.components.schemas[name]
  if (!schema) throw new Error(`${ref} is not in the OpenAPI document`)
  if (!named.has(name)) {
    // First, so that a schema that names itself ends.
    named.set(name, '')
    named.set(name, typeOf(schema, document, named))
  }
  return name
}

function objectOf(schema: Schema, inner: (schema: Schema) => string): string {
  const { properties = {}, required = [], additionalProperties } = schema
  const members = Object.entries(properties).map(
    ([name, type]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${inner(type)}`
  )
  if (additionalProperties === false) return `{ ${members.join('\n')} }`
  const others = typeof additionalProperties === 'object' ? inner(additionalProperties) : 'unknown'
  const record = `Record<string, ${others}>`
  return members.length === 0 ? record : `{ ${members.join('\n')} } & ${record}`
}

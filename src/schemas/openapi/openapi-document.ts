import type { FastifyContextConfig } from 'fastify'

import { PROBLEM_BASE, PROBLEM_KINDS } from '../../http/problems.ts'
import { headerName } from '../../http/request-parts.ts'
import type { Access } from '../../domain/access/permissions.ts'
import { describeAccess } from './openapi-access.ts'
import { HEADERS, headersOf } from './openapi-headers.ts'
import {
  addProblemExamples,
  problemTypesOf,
  shareProblemResponse
} from './openapi-problem-responses.ts'
import { responseExample } from './openapi-examples.ts'
import { tagsOf } from './openapi-tags.ts'

/** The little of OpenAPI's types that is written here. */
interface Reference {
  $ref: string
}
interface MediaType {
  schema?: { $ref?: string; anyOf?: { $ref?: string }[]; type?: string; examples?: unknown[] }
  example?: unknown
  examples?: Record<string, Reference>
}
interface DocumentedResponse {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
}
interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, MediaType>; required?: boolean }
  responses?: Record<string, DocumentedResponse | Reference>
  'x-access'?: Access
}
interface Property {
  description?: string
  type?: string | string[]
  anyOf?: { type?: string }[]
  minItems?: number
  items?: { $ref?: string }
}
interface Component {
  $id?: string
  examples?: unknown[]
  properties?: Record<string, Property>
}
interface Components {
  schemas?: Record<string, Component>
  headers?: Record<string, unknown>
  examples?: Record<string, unknown>
  responses?: Record<string, unknown>
}
interface Document {
  paths?: Record<string, Record<string, Operation>>
  components?: Components
}

interface DocumentedRoute {
  url: string
  method: string | string[]
  config?: FastifyContextConfig
  schema?: { response?: unknown }
}

/**
 * Completes what the routes' schemas can't say: security by each route's access, headers, an example
 * for every body and response. What stands in many operations stands once, as a component.
 */
export function completeDocument<T extends object>(
  generated: T,
  routes: readonly DocumentedRoute[]
): T {
  const document = generated as Document
  const components = (document.components ??= {})
  components.examples = {}
  for (const route of routes) {
    for (const method of [route.method].flat()) {
      const operation = findOperation(document, route.url, method)
      if (!operation) continue
      completeOperation(operation, route, components)
      if (method !== 'GET') showResponses(operation, route, components.schemas ?? {})
    }
  }
  for (const schema of Object.values(components.schemas ?? {})) delete schema.$id
  describeProblemTypes(components.schemas?.Problem)
  components.headers = { ...HEADERS }
  components.schemas = sorted(components.schemas ?? {})
  components.examples = sorted(components.examples)
  components.responses = sorted(components.responses ?? {})
  document.paths = sorted(document.paths ?? {})
  Object.assign(
    document,
    tagsOf(
      Object.values(document.paths).flatMap((path) =>
        Object.values(path).flatMap(({ tags = [] }) => tags)
      )
    )
  )
  return generated
}

/** Names all types at the schema of problems: a method that a path does not have belongs to no operation. */
function describeProblemTypes(problem: Component | undefined): void {
  const type = problem?.properties?.type
  if (!type) throw new TypeError('the document has the schema of problems')
  const types = Object.entries(PROBLEM_KINDS).map(
    ([name, { status }]) => `\`${PROBLEM_BASE}${name}\` (${status})`
  )
  type.description =
    'The type of the problem. It does not change between versions; later versions can add types. ' +
    'Each path responds with `method-not-allowed` to methods that it does not have, and each operation ' +
    `to a request that can’t be read as HTTP with \`about:blank\`. All types: ${types.join(', ')}.`
}

function findOperation(document: Document, url: string, method: string): Operation | undefined {
  const path = url.replaceAll(/:(\w+)/g, '{$1}')
  return document.paths?.[path]?.[method.toLowerCase()]
}

function completeOperation(
  operation: Operation,
  route: DocumentedRoute,
  components: Components
): void {
  const { access, documented } = route.config ?? {}
  if (access) {
    operation.security = securityOf(access)
    operation['x-access'] = access
    operation.description = [
      ...(operation.description === operation.summary ? [] : [operation.description]),
      describeAccess(access)
    ].join('\n\n')
  }
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'header') parameter.name = headerName(parameter.name)
  }
  if (operation.requestBody && route.config?.isBodyOptional === true) {
    operation.requestBody.required = false
  }
  for (const media of Object.values(operation.requestBody?.content ?? {})) {
    addExample(media, components.schemas ?? {})
  }
  const responses = (operation.responses ??= {})
  for (const [status, response] of Object.entries(responses)) {
    if ('$ref' in response) continue
    const types = problemTypesOf(route.schema?.response, status)
    if (types.length > 0) addProblemExamples(response, types, components)
    for (const media of Object.values(response.content ?? {})) {
      addExample(media, components.schemas ?? {})
    }
    const isLimited = ['/v1', '/r/', '/u/'].some((start) => route.url.startsWith(start))
    response.headers = { ...response.headers, ...headersOf({ ...documented, isLimited }, status) }
    if (types.length > 0) responses[status] = shareProblemResponse(response, types, components)
  }
}

/** Gives each response to a write the example that is the response to the example of the request. */
function showResponses(
  operation: Operation,
  route: DocumentedRoute,
  schemas: Record<string, Component>
): void {
  const body = operation.requestBody?.content['application/json']
  const shows = route.config?.documented?.shows ?? {}
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    const media = '$ref' in response ? undefined : response.content?.['application/json']
    if (media?.example === undefined || !status.startsWith('2')) continue
    media.example = responseExample(media.example, {
      isNew: status === '201',
      request: body?.example,
      omissible: Object.keys(componentOf(body, schemas)?.properties ?? {}),
      properties: componentOf(media, schemas)?.properties ?? {},
      shows: shows[status]
    })
  }
}

/** The component of a body. Of two forms, the first is the usual one. */
function componentOf(
  media: MediaType | undefined,
  schemas: Record<string, Component>
): Component | undefined {
  const name = (media?.schema?.$ref ?? media?.schema?.anyOf?.[0]?.$ref)?.split('/').at(-1)
  return name === undefined ? undefined : schemas[name]
}

function securityOf(access: Access): Record<string, string[]>[] {
  switch (access.kind) {
    case 'public':
      return []
    case 'operator':
      return [{ operatorToken: [] }]
    case 'tenant':
      return [
        ...(access.scope === null ? [] : [{ apiKey: [] }, { apiKeyHeader: [] }]),
        ...(access.role === null ? [] : [{ accessToken: [] }])
      ]
  }
}

function addExample(media: MediaType, schemas: Record<string, Component>): void {
  if (media.example !== undefined || media.examples !== undefined) return
  // Of two forms, the first is the usual one.
  const name = (media.schema?.$ref ?? media.schema?.anyOf?.[0]?.$ref)?.split('/').at(-1)
  const example = name === undefined ? takeExample(media.schema) : exampleOf(name, schemas)
  if (example !== undefined) media.example = example
}

/** The example that a schema of its own carries with it, for the one place beside it. */
function takeExample(schema: MediaType['schema']): unknown {
  const [example] = schema?.examples ?? []
  delete schema?.examples
  return example
}

/** A schema's own example, or a page of its items'. */
function exampleOf(name: string, schemas: Record<string, Component>): unknown {
  const schema = schemas[name]
  if (schema?.examples) return schema.examples[0]
  const item = schema?.properties?.data?.items?.$ref?.split('/').at(-1)
  if (item === undefined) return undefined
  const page = { data: [exampleOf(item, schemas)] }
  return schema?.properties?.nextCursor ? { ...page, nextCursor: null } : page
}

/** In alphabetical order: a new route moves no other in the committed file. */
function sorted<T>(members: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

import type { FastifyContextConfig } from 'fastify'

import type { Access } from '../domain/permissions.ts'
import { PROBLEM_BASE, PROBLEM_KINDS } from '../problems.ts'
import type { ProblemType } from '../problems.ts'

/** The little of OpenAPI's types that is written here. */
interface MediaType {
  schema?: { $ref?: string; type?: string }
  example?: unknown
}
interface Answer {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
  'x-problems'?: ProblemType[]
}
interface Operation {
  operationId?: string
  security?: Record<string, string[]>[]
  requestBody?: { content: Record<string, MediaType>; required?: boolean }
  responses?: Record<string, Answer>
  'x-access'?: Access
}
interface Component {
  $id?: string
  examples?: unknown[]
  properties?: Record<string, { items?: { $ref?: string } }>
}
interface Document {
  paths?: Record<string, unknown>
  components?: { schemas?: Record<string, Component> }
  tags?: unknown[]
}

interface DocumentedRoute {
  url: string
  method: string | string[]
  config?: FastifyContextConfig
}

/** Tags in the order a newcomer meets them, each with a sentence. */
const TAGS: Record<string, string> = {
  Leads: 'Requests by people, from capture to conversion.',
  Clients: 'People and organisations that leads were verified to be.',
  Conversions: 'What became of converted leads.',
  Operations: 'Changes that can be taken back as one.',
  Activities: 'What was done, or is to be done, with a person.',
  Deliveries: 'Messages owed, each with its attempts.',
  Events: 'Everything that happened, append-only.',
  Promoters: 'People who bring leads.',
  'Referral links': 'Codes and URLs that name who gets the credit.',
  Public: 'For visitors without an account.',
  Sources: 'Where leads come from.',
  Statuses: "A dealer's own names for stages.",
  Queues: 'Where leads wait for somebody.',
  Users: 'Team members.',
  'API keys': 'Credentials of machines.',
  Authentication: 'Access and refresh tokens.',
  Dealer: 'The dealer whose credentials these are.',
  Operator: 'For whoever runs the installation.',
  Health: 'For monitors and balancers.'
}

/**
 * Completes what the routes' schemas can't say: security by each route's access, headers, an example
 * for every body and answer. Examples stand once, on the shared schemas.
 */
export function completeDocument<T extends object>(
  generated: T,
  routes: readonly DocumentedRoute[]
): T {
  const document = generated as Document
  const schemas = document.components?.schemas ?? {}
  for (const route of routes) {
    for (const method of [route.method].flat()) {
      const operation = findOperation(document, route.url, method)
      if (operation) completeOperation(operation, route.config ?? {}, schemas)
    }
  }
  for (const schema of Object.values(schemas)) delete schema.$id
  document.tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }))
  return generated
}

function findOperation(document: Document, url: string, method: string): Operation | undefined {
  const path = url.replaceAll(/:(\w+)/g, '{$1}')
  const item = document.paths?.[path] as Record<string, Operation> | undefined
  return item?.[method.toLowerCase()]
}

function completeOperation(
  operation: Operation,
  { access, documented }: FastifyContextConfig,
  schemas: Record<string, Component>
): void {
  if (access) {
    operation.security = securityOf(access)
    operation['x-access'] = access
  }
  for (const media of Object.values(operation.requestBody?.content ?? {})) {
    addExample(media, schemas)
  }
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    if (answer['x-problems']) {
      addProblemExamples(answer, Number(status))
      continue
    }
    for (const media of Object.values(answer.content ?? {})) addExample(media, schemas)
    answer.headers = { ...answer.headers, ...headersOf(documented, status) }
  }
}

function securityOf(access: Access): Record<string, string[]>[] {
  switch (access.kind) {
    case 'public':
      return []
    case 'operator':
      return [{ operatorToken: [] }]
    case 'tenant':
      return [
        ...(access.scope === null ? [] : [{ apiKey: [] }]),
        ...(access.role === null ? [] : [{ accessToken: [] }])
      ]
  }
}

function addExample(media: MediaType, schemas: Record<string, Component>): void {
  const name = media.schema?.$ref?.split('/').at(-1)
  if (name === undefined || media.example !== undefined) return
  const example = exampleOf(name, schemas)
  if (example !== undefined) media.example = example
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

function addProblemExamples(answer: Answer, status: number): void {
  const [type] = answer['x-problems'] ?? []
  delete answer['x-problems']
  const media = answer.content?.['application/problem+json']
  if (!media || type === undefined) return
  media.example = {
    type: `${PROBLEM_BASE}${type}`,
    title: PROBLEM_KINDS[type].title,
    status,
    detail: `${PROBLEM_KINDS[type].title}.`,
    instance: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'
  }
  if (status === 429 || status === 503) {
    answer.headers = { 'Retry-After': header('Seconds to wait before trying again.', 'integer') }
  }
}

function headersOf(
  documented: FastifyContextConfig['documented'],
  status: string
): Record<string, unknown> {
  return {
    'X-Request-Id': header('The id of this request: as sent, or made here.'),
    ...(documented?.versioned === true ? { ETag: header('The version, for `If-Match`.') } : {}),
    ...(status === '201' ? { Location: header('Where the new thing is.') } : {}),
    ...(documented?.paged === true
      ? { Link: header('RFC 8288: `rel="next"`, if there is one.') }
      : {}),
    ...(documented?.idempotent === true
      ? { 'Idempotent-Replayed': header('`true` when this answers a repeat.') }
      : {})
  }
}

function header(description: string, type = 'string') {
  return { description, schema: { type } }
}

import type { FastifyContextConfig, FastifySchema } from 'fastify'
import type { Static, TSchema } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Access, Grant, Role, Scope } from '../domain/access/permissions.ts'
import type { DocumentFormat } from '../inbound/format.ts'
import { IDEMPOTENCY_HOURS } from '../repositories/idempotency.ts'
import { PROBLEM_KINDS } from './problems.ts'
import type { ProblemType } from './problems.ts'
import { ProblemSchema, ref } from '../schemas/shared.ts'

/** The access rule of a route. */
export const access = {
  anyone: { kind: 'public' },
  operator: { kind: 'operator' },
  /** Users of at least this role, and keys with at least this scope. */
  tenant: (role: Role | null, scope: Scope | 'any' | null, grant: Grant | null = null): Access => ({
    kind: 'tenant',
    role,
    scope,
    grant
  })
} as const satisfies Record<string, Access | ((...options: never[]) => Access)>

/** A file of one media type, for the contract. */
interface FileForm {
  description: string
  example: string
}

interface Operation<
  Body extends TSchema,
  Query extends TSchema,
  Params extends TSchema,
  Responses extends Record<number, TSchema>
> {
  /** Stable: client libraries are generated from it. */
  id: string
  tag: string
  summary: string
  description?: string
  access: Access
  body?: Body
  /** The formats of documents that the body may have. */
  formats?: readonly DocumentFormat[]
  /** Media types of files: then the body is one, read as it comes in. */
  files?: Readonly<Record<string, FileForm>>
  query?: Query
  params?: Params
  responses: Responses
  /**
   * By status, the fields of the example of a response that follow neither from the record’s own example nor
   * from the example of the request, such as the state after the action.
   */
  shows?: Readonly<Partial<Record<keyof Responses & number, object>>>
  /** Problems of this operation's own, beyond those its shape implies. */
  problems?: readonly ProblemType[]
  /** A POST that creates: reads `Idempotency-Key`. */
  idempotent?: boolean
  /** Responds with `ETag`; a change heeds `If-Match`. */
  versioned?: boolean
  /** A list: has `Link` headers. */
  paged?: boolean
  /** Browsers get pages, also for problems. */
  pages?: boolean
  /** Changes what has a version: heeds `If-Match`. */
  conditional?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The parts of an operation for `plugins/openapi.ts`, besides its schemas. */
    documented?: {
      idempotent: boolean
      versioned: boolean
      conditional: boolean
      paged: boolean
      shows: Readonly<Record<string, object | undefined>>
    }
    /** All media types of a document or file; any other is 415. The contract names the first. */
    mediaTypes?: readonly string[]
    /** Those that a refusal names, where others are taken only to say what is wrong with their content. */
    offeredTypes?: readonly string[]
  }
}

/**
 * A route's schema and config: its contract. Problems that follow from the shape (a body can
 * be wrong, an id can be unknown) are added here, so that no route forgets one.
 */
export function operation<
  Responses extends Record<number, TSchema>,
  Body extends TSchema = never,
  Query extends TSchema = never,
  Params extends TSchema = never
>(options: Operation<Body, Query, Params, Responses>) {
  const response = { ...options.responses, ...problemResponses(options) }
  const schema = {
    operationId: options.id,
    tags: [options.tag],
    summary: options.summary,
    description: options.description ?? options.summary,
    ...(options.body ? { body: options.body } : {}),
    ...(options.formats ? { body: formatsSchema(options.formats) } : {}),
    ...(options.files ? { body: fileSchema(options.files) } : {}),
    ...(options.query ? { querystring: options.query } : {}),
    ...(options.params ? { params: options.params } : {}),
    ...(options.idempotent === true || options.conditional === true
      ? { headers: headerSchema(options) }
      : {}),
    response
  }
  const mediaTypes = [
    ...(options.formats ?? []).flatMap((format) => format.mediaTypes),
    ...Object.keys(options.files ?? {})
  ]
  return {
    schema: schema as unknown as OperationSchema<Body, Query, Params, Responses>,
    config: {
      access: options.access,
      ...(mediaTypes.length > 0 ? { mediaTypes } : {}),
      documented: {
        idempotent: options.idempotent ?? false,
        versioned: options.versioned ?? false,
        conditional: options.conditional ?? false,
        paged: options.paged ?? false,
        shows: options.shows ?? {}
      }
    } satisfies FastifyContextConfig
  }
}

/** The body of a document. Generated clients lose the header `Content-Type` where there are several types. */
function formatsSchema(formats: readonly DocumentFormat[]): object {
  const forms = formats.map(({ mediaTypes, description, example }) => ({
    mediaType: mediaTypes[0],
    schema: { type: 'string', description, examples: [example] }
  }))
  return firstContent(forms)
}

/** Of a file there is nothing to check before it is read. */
function fileSchema(files: Readonly<Record<string, FileForm>>): object {
  const forms = Object.entries(files).map(([mediaType, { description, example }]) => ({
    mediaType,
    schema: { description, examples: [example] }
  }))
  return firstContent(forms)
}

function firstContent(forms: readonly { mediaType: string | undefined; schema: object }[]): object {
  const [first] = forms
  if (first?.mediaType === undefined) throw new TypeError('a body needs a media type')
  return { content: { [first.mediaType]: { schema: first.schema } } }
}

type OperationSchema<Body, Query, Params, Responses> = FastifySchema & {
  response: Responses
} & ([Body] extends [never] ? unknown : { body: Body }) &
  ([Query] extends [never] ? unknown : { querystring: Query }) &
  ([Params] extends [never] ? unknown : { params: Params })

function headerSchema({
  idempotent,
  conditional
}: {
  idempotent?: boolean
  conditional?: boolean
}) {
  return Type.Object({
    ...(idempotent === true
      ? {
          'idempotency-key': Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 255,
              description:
                `A repeat of the request with the same key within ${IDEMPOTENCY_HOURS} ` +
                'hours has no further effect and gets the first response.'
            })
          )
        }
      : {}),
    ...(conditional === true
      ? {
          'if-match': Type.Optional(
            Type.String({
              maxLength: 100,
              description:
                'The `ETag` that the change is based on. The response is 412 when the record ' +
                'has another version.'
            })
          )
        }
      : {})
  })
}

interface Shape {
  access: Access
  body?: TSchema
  formats?: readonly DocumentFormat[]
  files?: Readonly<Record<string, FileForm>>
  query?: TSchema
  params?: TSchema
  problems?: readonly ProblemType[]
  idempotent?: boolean
  conditional?: boolean
  pages?: boolean
}

function problemResponses(shape: Shape): Record<number, TSchema> {
  const types = new Set<ProblemType>(shape.problems)
  types.add('bad-request').add('rate-limited').add('internal-error').add('unavailable')
  if (shape.access.kind !== 'public') types.add('unauthenticated').add('forbidden')
  if (shape.params) types.add('not-found')
  if (hasCheckedPart(shape)) types.add('validation-failed')
  if (shape.body ?? shape.formats ?? shape.files)
    types.add('payload-too-large').add('unsupported-media-type')
  if (shape.idempotent === true) types.add('idempotency-key-reused')
  if (shape.conditional === true) types.add('version-mismatch')
  const byStatus = new Map<number, ProblemType[]>()
  for (const type of types) {
    const { status } = PROBLEM_KINDS[type]
    byStatus.set(status, [...(byStatus.get(status) ?? []), type])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [status, problemResponse(names, shape.pages === true)])
  )
}

/** Of a path only parts with a form, such as a month: what is no id or key is an unknown one. */
function hasCheckedPart({ body, query, params, idempotent, conditional }: Shape): boolean {
  if (body !== undefined || query !== undefined) return true
  if (idempotent === true || conditional === true) return true
  const { properties = {} } = (params ?? {}) as { properties?: Record<string, TSchema> }
  return Object.values(properties).some((schema) => 'pattern' in schema)
}

/** A page, for the contract. */
const PageText = Type.String({ examples: ['<!doctype html>…'] })

/** The content of a response that is a page. */
export const PAGE_CONTENT = { 'text/html': { schema: PageText } }

/** A response that is JSON, or a page for browsers. */
export function withPage<T extends TSchema>(response: T): T {
  const { description, ...schema } = response as T & { description?: string }
  return {
    description: description ?? '',
    content: { 'application/json': { schema }, ...PAGE_CONTENT }
  } as unknown as T
}

function problemResponse(types: readonly ProblemType[], hasPage: boolean): TSchema {
  const meaning = types.map((type) => `\`${type}\`: ${PROBLEM_KINDS[type].title}.`).join(' ')
  return {
    description: meaning,
    content: {
      'application/problem+json': { schema: ref(ProblemSchema) },
      ...(hasPage ? PAGE_CONTENT : {})
    },
    'x-problems': [...types]
  }
}

export type { Static }

import { stdTimeFunctions } from 'pino'
import type { LoggerOptions } from 'pino'
import { StartError } from './config/start-error.ts'

/**
 * What a log line may know. Logs are read by more people and kept in more places than the database,
 * so they hold ids, codes and names of our own making, never what a shopper or a dealer wrote.
 */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      err: describeError,
      error: describeError,
      req: describeRequest,
      res: describeReply
    },
    redact: { paths: REDACTED, remove: true },
    hooks: {
      logMethod(parameters, method) {
        method.apply(this, withoutErrorText(parameters) as typeof parameters)
      }
    }
  }
}

/** A failure in the words a log line may carry. */
interface ErrorDescription {
  /** The class of the error. */
  type: string
  /** Only of errors whose text is ours from end to end. */
  message?: string
  /** SQLSTATE, or the code of Node, Fastify or a library. */
  code?: string
  statusCode?: number
  syscall?: string
  schema?: string
  table?: string
  column?: string
  constraint?: string
  routine?: string
  /** The SQL with its placeholders; the values stay behind. */
  statement?: string
  frames: string[]
  cause?: ErrorDescription
  errors?: ErrorDescription[]
}

/**
 * Describes an error without the values it is about.
 *
 * Messages are left out, since a library's message quotes what it choked on: Drizzle lists every bound
 * value, PostgreSQL quotes the text it could not read and repeats keys in `detail`, JSON.parse shows
 * the document, an SMTP server names the mailbox. V8 repeats the message at the head of the stack, so
 * only the frames below it are kept: type, code and frame say where to look.
 */
export function describeError(error: unknown): ErrorDescription {
  return describe(error, MAX_DEPTH)
}

// Deeper than any chain of ours; also what ends a circle of causes.
const MAX_DEPTH = 5
const MAX_FRAMES = 20
const MAX_STATEMENT_LENGTH = 2_000

function describe(error: unknown, depth: number): ErrorDescription {
  if (!(error instanceof Error)) return { type: `thrown ${typeof error}`, frames: [] }
  const fields = error as Error & Partial<Record<string, unknown>>
  const isLast = depth <= 1

  return {
    type: word(error.name) ?? word(error.constructor.name) ?? 'Error',
    ...(error instanceof StartError && { message: error.message }),
    ...pick('code', word(fields.code)),
    ...(typeof fields.statusCode === 'number' && { statusCode: fields.statusCode }),
    ...pick('syscall', word(fields.syscall)),
    ...pick('schema', word(fields.schema)),
    ...pick('table', word(fields.table)),
    ...pick('column', word(fields.column)),
    ...pick('constraint', word(fields.constraint)),
    ...pick('routine', word(fields.routine)),
    ...pick('statement', statementOf(fields)),
    frames: framesOf(error),
    ...(error.cause !== undefined && !isLast && { cause: describe(error.cause, depth - 1) }),
    ...(error instanceof AggregateError &&
      !isLast && {
        errors: error.errors.slice(0, MAX_DEPTH).map((one) => describe(one, depth - 1))
      })
  }
}

function pick<Name extends string>(
  name: Name,
  value: string | null
): Partial<Record<Name, string>> {
  return value === null ? {} : ({ [name]: value } as Record<Name, string>)
}

/** Names and codes pass; a text that found its way into such a field does not. */
function word(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.$-]{1,100}$/.test(value) ? value : null
}

/** Drizzle's `query`, when it came with separate values; without any, the text may hold them itself. */
function statementOf({ query, params }: Partial<Record<string, unknown>>): string | null {
  if (typeof query !== 'string' || !Array.isArray(params)) return null
  return withoutLiterals(query).slice(0, MAX_STATEMENT_LENGTH)
}

/** Values written into the text of a statement instead of bound to it. */
function withoutLiterals(statement: string): string {
  return statement
    .replace(/\$((?:[A-Za-z_]\w*)?)\$[\s\S]*?\$\1\$/g, '$$$$…$$$$')
    .replace(/'(?:[^']|'')*'?/g, "'…'")
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
}

const FRAME =
  /^ {4}at (?:async )?(?:[^()@]{1,200} \()?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()]{1,400}:\d+:\d+\)?$/

function framesOf({ stack = '', message }: Error): string[] {
  // A message may hold lines that look like frames: cut it off before looking for them.
  const start = message === '' ? 0 : stack.indexOf(message)
  const below = start < 0 ? stack : stack.slice(start + (message === '' ? 0 : message.length))
  return below
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim())
}

/** The route's pattern, not the URL: ids in a path are fine, a query or a wrong path may hold anything. */
function describeRequest(request: unknown): Record<string, unknown> {
  const { id, method, routeOptions } = request as {
    id?: unknown
    method?: unknown
    routeOptions?: { url?: string }
  }
  return { id, method, route: routeOptions?.url ?? null }
}

function describeReply(reply: unknown): Record<string, unknown> {
  return { statusCode: (reply as { statusCode?: unknown }).statusCode }
}

/**
 * Pino and Fastify put an error's own message into `msg` when a line has none of its own. This gives
 * such a line the error's type instead.
 */
function withoutErrorText(parameters: unknown[]): unknown[] {
  const [first, message, ...rest] = parameters
  const error = errorOf(first)
  if (!error) return parameters
  const fields = first instanceof Error ? { err: first } : first
  if (typeof message === 'string' && !quotes(message, error)) return [fields, message, ...rest]
  return [fields, `failed with ${describeError(error).type}`]
}

function errorOf(first: unknown): Error | null {
  if (first instanceof Error) return first
  if (typeof first !== 'object' || first === null) return null
  const { err, error } = first as { err?: unknown; error?: unknown }
  if (err instanceof Error) return err
  return error instanceof Error ? error : null
}

function quotes(message: string, error: Error): boolean {
  for (let cause: unknown = error, n = 0; cause instanceof Error && n < MAX_DEPTH; n++) {
    if (cause.message !== '' && message.includes(cause.message)) return true
    cause = cause.cause
  }
  return false
}

/**
 * The second line of defence, for a field that was logged by mistake. Fields that belong in a log
 * must not have these names.
 */
const PRIVATE_FIELDS = [
  'address',
  'apiKey',
  'authorization',
  'body',
  'comments',
  'contact',
  'cookie',
  'customer',
  'detail',
  'email',
  'firstName',
  'fullName',
  'headers',
  'ip',
  'lastName',
  'message',
  'params',
  'password',
  'payload',
  'phone',
  'query',
  'remoteAddress',
  'secret',
  'target',
  'text',
  'to',
  'token',
  'url'
]

const REDACTED = PRIVATE_FIELDS.flatMap((field) =>
  // What `describeError` lets through as `err.message` is ours.
  field === 'message' ? [field, `lead.${field}`] : [field, `*.${field}`]
)

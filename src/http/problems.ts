import type { Locale } from '../domain/dealers/dealer.ts'
import type { Match } from '../domain/matching/matches.ts'
import type { UndoObstacle } from '../domain/operations/operation.ts'
import { changedSince } from './undo-obstacles.ts'

/**
 * Every problem that the API responds with, in one catalogue. A `type` is a public contract: it is
 * added, never renamed.
 */

/** One fault of a request: where (see `request-parts.ts`), and what is wrong with it. */
export interface FieldError {
  pointer: string
  message: string
  /** Of faults that a use case found: see `FAULTS` in `refusals.ts`. */
  code?: string
}

interface ProblemKind {
  status: number
  title: string
}

export const PROBLEM_KINDS = {
  'bad-request': { status: 400, title: 'Unreadable request' },
  unauthenticated: { status: 401, title: 'Authentication required' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'not-acceptable': { status: 406, title: 'Not acceptable' },
  conflict: { status: 409, title: 'Conflict with the current state' },
  'already-exists': { status: 409, title: 'Already exists' },
  'status-in-use': { status: 409, title: 'Status in use by leads' },
  'sale-status-in-use': { status: 409, title: 'Status in use by sales' },
  'client-exists': { status: 409, title: 'A client matches this person' },
  'account-exists': { status: 409, title: 'An account has this name' },
  'vehicle-sold': { status: 409, title: 'Another sale has this vehicle' },
  'lead-not-open': { status: 409, title: 'The lead is already linked or converted' },
  'changed-since': { status: 409, title: 'Changed since the operation' },
  gone: { status: 410, title: 'No longer available' },
  'version-mismatch': { status: 412, title: 'Version mismatch' },
  'payload-too-large': { status: 413, title: 'Request too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'validation-failed': { status: 422, title: 'Invalid request' },
  'unreachable-contact': { status: 422, title: 'No usable e-mail or phone' },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency-Key used for another request'
  },
  'reason-required': { status: 422, title: 'Reason required' },
  'invalid-document': { status: 422, title: 'Invalid document' },
  'unreadable-file': { status: 422, title: 'Unreadable file' },
  'too-many-rows': { status: 422, title: 'Too many rows' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Service unavailable' }
} as const satisfies Record<string, ProblemKind>

export type ProblemType = keyof typeof PROBLEM_KINDS

/** The beginning of the URI of every problem type. */
export const PROBLEM_BASE = 'urn:leadyard:problem:'

interface ProblemExtras {
  /** Of refusals: the code, and the facts that the detail names. */
  refusal?: { code: string; facts: Readonly<Record<string, unknown>> }
  errors?: FieldError[]
  /** Of `client-exists`: responses have them in the language of the reader. */
  matches?: readonly Match[]
  /** Members beyond RFC 9457's, such as the accounts that have a name. */
  extensions?: Record<string, unknown>
  /** Of problems that are shown as a page: the reader's own language, and the dealer's. */
  languages?: { own: Locale | null; dealer: Locale }
  /** Of problems that are shown as a page: the dealer whom the reader can ask. */
  contact?: { name: string; email: string | null; phone: string | null }
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  headers?: Record<string, string>
}

/** Thrown anywhere in HTTP code; rendered in one place (`plugins/problem-details.ts`). */
export class Problem extends Error {
  readonly type: ProblemType
  readonly status: number
  readonly title: string
  readonly extras: ProblemExtras

  constructor(type: ProblemType, detail: string, extras: ProblemExtras = {}) {
    super(detail)
    this.name = 'Problem'
    this.type = type
    this.status = PROBLEM_KINDS[type].status
    this.title = PROBLEM_KINDS[type].title
    this.extras = extras
  }
}

const SHOWN_CLIENT =
  'Use one of the clients in matches: open it, or name its id as clientId where the request has that field. With ' +
  'allowDuplicate another client is created.'
/** No match is shown: the client is a colleague's, and the dealer hides those. */
const HIDDEN_CLIENT =
  'A client of a colleague is surely the same person. You do not see it, because the dealer hides ' +
  'clients of colleagues (matchesShowColleaguesClients). Ask an owner or admin, who sees the client. With ' +
  'allowDuplicate another client is created.'

export const problems = {
  badRequest: (detail: string) => new Problem('bad-request', detail),
  unauthenticated: (
    detail = 'Send a valid API key or access token as a bearer token, or an API key as X-API-Key.'
  ) => new Problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer' } }),
  forbidden: (detail = 'These credentials are valid, but do not allow this request.') =>
    new Problem('forbidden', detail),
  /** Also for a record that exists and that the caller may not see. */
  notFound: (what: string, detail = `Not found: ${what}.`) => new Problem('not-found', detail),
  methodNotAllowed: (methods: readonly string[]) =>
    new Problem('method-not-allowed', `Allowed methods: ${methods.join(', ')}.`, {
      headers: { allow: methods.join(', ') }
    }),
  notAcceptable: (mediaTypes: readonly string[]) =>
    new Problem('not-acceptable', `Available media types: ${mediaTypes.join(', ')}.`),
  conflict: (detail: string, extensions?: Record<string, unknown>) =>
    new Problem('conflict', detail, extensions ? { extensions } : {}),
  alreadyExists: (detail: string, pointer: string) =>
    new Problem('already-exists', detail, { errors: [{ pointer, message: 'is taken' }] }),
  statusInUse: (leadCount: number) =>
    new Problem('status-in-use', `${leadCount} leads have this status. Name a replacementId.`, {
      extensions: { leadCount }
    }),
  saleStatusInUse: (saleCount: number) =>
    new Problem(
      'sale-status-in-use',
      `${saleCount} sales have this status. Name a replacementId.`,
      {
        extensions: { saleCount }
      }
    ),
  clientExists: (matches: readonly Match[]) =>
    new Problem('client-exists', matches.length === 0 ? HIDDEN_CLIENT : SHOWN_CLIENT, { matches }),
  accountExists: (matches: readonly unknown[]) =>
    new Problem('account-exists', 'Use the existing account, or add another with allowDuplicate.', {
      extensions: { matches }
    }),
  vehicleSold: (sales: readonly { id: string; leadId: string }[]) =>
    new Problem(
      'vehicle-sold',
      'A sale that was neither cancelled nor undone has the same VIN or stock number. Cancel that sale, or ' +
        'correct its vehicle (PATCH /v1/sales/{id}). With allowDuplicate the vehicle has both sales.',
      { extensions: { sales } }
    ),
  gone: (detail: string) => new Problem('gone', detail),
  leadNotOpen: (detail: string) => new Problem('lead-not-open', detail),
  changedSince: (changes: readonly UndoObstacle[], leadIds?: string[], clientIds?: string[]) =>
    new Problem('changed-since', changedSince(changes), {
      extensions: { changes, ...(leadIds ? { leadIds } : {}), ...(clientIds ? { clientIds } : {}) }
    }),
  versionMismatch: (version: number) =>
    new Problem(
      'version-mismatch',
      `Another change came first: the record has version ${version} now. Read it again, and repeat ` +
        'the change with its ETag in If-Match.'
    ),
  unsupportedMediaType: (detail: string) => new Problem('unsupported-media-type', detail),
  validation: (errors: FieldError[]) =>
    new Problem('validation-failed', errors.map(sentence).join(' '), { errors }),
  unreachableContact: () =>
    new Problem('unreachable-contact', 'A lead needs an e-mail address or a phone number.', {
      errors: [
        { pointer: '/contact/email', message: 'is needed where there is no usable phone' },
        { pointer: '/contact/phone', message: 'is needed where there is no usable e-mail' }
      ]
    }),
  idempotencyKeyReused: () =>
    new Problem('idempotency-key-reused', 'Use a new Idempotency-Key for another request.'),
  reasonRequired: (pointer = '/reason') =>
    new Problem('reason-required', 'Moves to lost and deleted need a reason.', {
      errors: [{ pointer, message: 'is required for this status' }]
    }),
  invalidDocument: (detail: string) => new Problem('invalid-document', detail),
  payloadTooLarge: (detail: string) => new Problem('payload-too-large', detail),
  unreadableFile: (detail: string, importId: string) =>
    new Problem('unreadable-file', detail, { extensions: { importId } }),
  tooManyRows: (detail: string, importId: string) =>
    new Problem('too-many-rows', detail, { extensions: { importId } }),
  rateLimited: (detail: string, retryAfter: number) =>
    new Problem('rate-limited', detail, { retryAfter }),
  unavailable: (detail: string, retryAfter = 2) =>
    new Problem('unavailable', detail, { retryAfter })
}

function sentence({ pointer, message }: FieldError): string {
  return `${pointer === '' ? 'The body' : pointer} ${message}.`
}

/** A problem as responses say it; `instance` is the id of the request. */
export function presentProblem(problem: Problem, instance: string) {
  const { errors, extensions, refusal } = problem.extras
  return {
    type: PROBLEM_BASE + problem.type,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    instance,
    ...refusal,
    ...(errors ? { errors } : {}),
    ...extensions
  }
}

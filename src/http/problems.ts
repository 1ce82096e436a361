/**
 * Every problem the API can answer with, in one catalogue. A `type` is a public contract: it is
 * added, never renamed.
 */

/** One fault of a request: where, as an RFC 6901 pointer, and what is wrong with it. */
export interface FieldError {
  pointer: string
  message: string
}

interface ProblemKind {
  status: number
  title: string
}

export const PROBLEM_KINDS = {
  'bad-request': { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Valid credentials are required' },
  forbidden: { status: 403, title: 'These credentials may not do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'not-acceptable': { status: 406, title: 'No media type that is asked for is answered here' },
  conflict: { status: 409, title: 'The present state does not allow this' },
  'already-exists': { status: 409, title: 'Something else has this already' },
  'status-in-use': { status: 409, title: 'Leads still have this status' },
  'sale-status-in-use': { status: 409, title: 'Sales still have this status' },
  'client-exists': { status: 409, title: 'A client matches this person' },
  'account-exists': { status: 409, title: 'There is an account of this name' },
  'lead-not-open': { status: 409, title: 'The lead is already linked or converted' },
  'changed-since': { status: 409, title: 'Something has changed since' },
  'version-mismatch': { status: 412, title: 'The version is another by now' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This media type is not read here' },
  'validation-failed': { status: 422, title: 'The request is readable but wrong' },
  'unreachable-contact': { status: 422, title: 'Neither a usable e-mail nor a usable phone' },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key came with another request'
  },
  'reason-required': { status: 422, title: 'This move needs a reason' },
  'invalid-document': { status: 422, title: 'Invalid document' },
  'unreadable-file': { status: 422, title: 'The file can’t be read' },
  'too-many-rows': { status: 422, title: 'The file has too many rows' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'The service is not available for the moment' }
} as const satisfies Record<string, ProblemKind>

export type ProblemType = keyof typeof PROBLEM_KINDS

/** What every problem type's URI begins with. */
export const PROBLEM_BASE = 'urn:leadyard:problem:'

interface ProblemExtras {
  errors?: FieldError[]
  /** Members beyond RFC 9457's, such as the matches of a refused conversion. */
  extensions?: Record<string, unknown>
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

export const problems = {
  badRequest: (detail: string) => new Problem('bad-request', detail),
  unauthenticated: (detail = 'Send a valid API key or access token as a bearer token.') =>
    new Problem('unauthenticated', detail, { headers: { 'www-authenticate': 'Bearer' } }),
  forbidden: (detail = 'These credentials are valid, but not for this.') =>
    new Problem('forbidden', detail),
  /** Also the answer for what exists, but not for the one who asks. */
  notFound: (what: string) => new Problem('not-found', `There is no such ${what}.`),
  methodNotAllowed: (methods: readonly string[]) =>
    new Problem('method-not-allowed', `Here one may ${methods.join(', ')}.`, {
      headers: { allow: methods.join(', ') }
    }),
  notAcceptable: (mediaTypes: readonly string[]) =>
    new Problem('not-acceptable', `Here one may ask for ${mediaTypes.join(' or ')}.`),
  conflict: (detail: string, extensions?: Record<string, unknown>) =>
    new Problem('conflict', detail, extensions ? { extensions } : {}),
  alreadyExists: (detail: string, pointer: string) =>
    new Problem('already-exists', detail, { errors: [{ pointer, message: 'is taken' }] }),
  statusInUse: (leadCount: number) =>
    new Problem('status-in-use', `${leadCount} leads have this status; name a replacementId.`, {
      extensions: { leadCount }
    }),
  saleStatusInUse: (saleCount: number) =>
    new Problem(
      'sale-status-in-use',
      `${saleCount} sales have this status; name a replacementId.`,
      {
        extensions: { saleCount }
      }
    ),
  clientExists: (matches: readonly unknown[]) =>
    new Problem(
      'client-exists',
      'Link the lead to a matching client, or convert with allowDuplicate.',
      { extensions: { matches } }
    ),
  accountExists: (matches: readonly unknown[]) =>
    new Problem(
      'account-exists',
      'Take the account there is, or add another with allowDuplicate.',
      {
        extensions: { matches }
      }
    ),
  leadNotOpen: (detail: string) => new Problem('lead-not-open', detail),
  changedSince: (changes: string[], leadIds?: string[], clientIds?: string[]) =>
    new Problem('changed-since', `Changed since: ${changes.join(', ')}.`, {
      extensions: { changes, ...(leadIds ? { leadIds } : {}), ...(clientIds ? { clientIds } : {}) }
    }),
  versionMismatch: (version: number) =>
    new Problem('version-mismatch', `The version is ${version} by now; read it again.`),
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
    new Problem('reason-required', 'Say why: moves to lost and deleted need a reason.', {
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

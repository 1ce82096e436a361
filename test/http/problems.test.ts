import t from 'tap'

import { PROBLEM_KINDS, problems } from '../../src/http/problems.ts'
import type { Problem } from '../../src/http/problems.ts'
import { createTestApp } from '../support/app.ts'
import { listOperations } from '../support/operations.ts'
import type { DocumentedOperation } from '../support/operations.ts'

void t.test('every path refuses the methods it does not have, and says which it has', async (t) => {
  const { app, call } = await createTestApp(t)
  const operations = listOperations(app)
  const paths = new Set(operations.map(({ path }) => path))
  for (const path of paths) {
    const methods = methodsOf(operations, path)
    const other = (['DELETE', 'PUT', 'PATCH', 'POST', 'GET'] as const).find(
      (method) => !methods.includes(method)
    )
    if (!other) continue
    const url = path.replaceAll(/\{\w+\}/g, '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e')
    const answer = await call(null, { method: other, url })
    t.equal(answer.status, 405, `${other} ${path}`)
    const allowed = String(answer.headers.allow).split(', ')
    // HEAD and the preflights of browsers are no operations of their own.
    const known = allowed.filter((method) => !['HEAD', 'OPTIONS'].includes(method))
    t.strictSame(known.toSorted(), methods.toSorted(), path)
    const isPage = String(answer.headers['content-type']).startsWith('text/html')
    // Under these addresses there are pages, which also say in HTML what is wrong.
    if (isPage) t.match(path, /^\/[clpr]\//)
    else t.equal(answer.body.type, 'urn:leadyard:problem:method-not-allowed', path)
  }
})

/** Also those of an operation that would take the end of the path as an id: `/v1/leads/assign`. */
function methodsOf(operations: readonly DocumentedOperation[], path: string): string[] {
  const withId = path.replace(/[^/{}]+$/, '{id}')
  const known = operations.filter((one) => one.path === path || one.path === withId)
  return [...new Set(known.map(({ method }) => method))]
}

void t.test('an unknown path is 404, and a malformed one a problem too', async (t) => {
  const { call } = await createTestApp(t)
  for (const [url, status] of [
    ['/v1/nothing', 404],
    ['/', 404],
    ['/v1/leads/%zz', 400],
    [`/v1/leads/${'x'.repeat(1500)}`, 400]
  ] as const) {
    const answer = await call(null, { method: 'GET', url })
    t.equal(answer.status, status, url.slice(0, 40))
    t.match(String(answer.headers['content-type']), 'application/problem+json')
    t.hasStrict(answer.body, { status })
    t.type(answer.problem.instance, 'string')
  }
})

const EXAMPLES: Record<keyof typeof problems, Problem> = {
  badRequest: problems.badRequest('It is malformed.'),
  unauthenticated: problems.unauthenticated(),
  forbidden: problems.forbidden(),
  notFound: problems.notFound('lead'),
  methodNotAllowed: problems.methodNotAllowed(['GET']),
  notAcceptable: problems.notAcceptable(['text/csv']),
  conflict: problems.conflict('It was undone.'),
  alreadyExists: problems.alreadyExists('It is taken.', '/key'),
  statusInUse: problems.statusInUse(3),
  saleStatusInUse: problems.saleStatusInUse(3),
  clientExists: problems.clientExists([]),
  accountExists: problems.accountExists([]),
  vehicleSold: problems.vehicleSold([]),
  gone: problems.gone('It was replaced.'),
  leadNotOpen: problems.leadNotOpen('It is linked.'),
  changedSince: problems.changedSince(['status']),
  versionMismatch: problems.versionMismatch(2),
  unsupportedMediaType: problems.unsupportedMediaType('Send JSON.'),
  validation: problems.validation([{ pointer: '/name', message: 'is required' }]),
  unreachableContact: problems.unreachableContact(),
  idempotencyKeyReused: problems.idempotencyKeyReused(),
  reasonRequired: problems.reasonRequired(),
  invalidDocument: problems.invalidDocument('It is no XML.'),
  payloadTooLarge: problems.payloadTooLarge('Send less.'),
  unreadableFile: problems.unreadableFile('It is no CSV.', 'id'),
  tooManyRows: problems.tooManyRows('It has too many.', 'id'),
  rateLimited: problems.rateLimited('Wait.', 5),
  unavailable: problems.unavailable('Wait.')
}

/** The statuses of the types, which are a public contract: a type may be added, and never changes. */
const STATUSES = {
  400: ['bad-request'],
  401: ['unauthenticated'],
  403: ['forbidden'],
  404: ['not-found'],
  405: ['method-not-allowed'],
  406: ['not-acceptable'],
  409: [
    ...['account-exists', 'already-exists', 'changed-since', 'client-exists', 'conflict'],
    ...['lead-not-open', 'sale-status-in-use', 'status-in-use', 'vehicle-sold']
  ],
  410: ['gone'],
  412: ['version-mismatch'],
  413: ['payload-too-large'],
  415: ['unsupported-media-type'],
  422: [
    ...['idempotency-key-reused', 'invalid-document', 'reason-required', 'too-many-rows'],
    ...['unreachable-contact', 'unreadable-file', 'validation-failed']
  ],
  429: ['rate-limited'],
  503: ['unavailable']
}

void t.test('each problem has its own type, with the status of the contract', (t) => {
  const types: Partial<Record<number, string[]>> = {}
  for (const { status, type } of Object.values(EXAMPLES)) (types[status] ??= []).push(type)
  for (const list of Object.values(types)) list?.sort()
  t.strictSame(types, STATUSES)
  // Only `toProblem` makes it, from an error that no other problem fits.
  const listed = [...Object.values(EXAMPLES).map(({ type }) => type), 'internal-error']
  t.strictSame(Object.keys(PROBLEM_KINDS).toSorted(), listed.toSorted(), 'the whole catalogue')
  for (const [name, { message, title }] of Object.entries(EXAMPLES)) {
    t.match(message, /^[A-Z/\d].*\.$/, `${name} says a sentence`)
    t.match(title, /^[A-Z].*[^.]$/, `${name} has a title`)
  }
  t.end()
})

void t.test('a malformed id or key in a path is 404, as an unknown one is', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const found = new Set<number>()
  for (const { method, path, pathParameters, mediaTypes, body } of listOperations(app)) {
    if (!path.startsWith('/v1/') || pathParameters.length === 0) continue
    const url = path.replaceAll(/\{\w+\}/g, 'no-id')
    const [type] = mediaTypes
    const headers = type === undefined ? {} : { 'content-type': type }
    const answer = await admin(method, url, body, headers)
    // Operators and users have operations of their own.
    if (answer.status !== 403) t.equal(answer.status, 404, `${method} ${path}`)
    found.add(answer.status)
  }
  t.ok(found.has(404))
})

import { PROBLEM_BASE, PROBLEM_KINDS, Problem, problems } from '../../http/problems.ts'
import type { ProblemType } from '../../http/problems.ts'
import { MATCH_EXAMPLE, presentMatch } from '../matching/match.ts'

/** Examples of problems with additional members or a detail. */
const SAMPLES: Partial<Record<ProblemType, Problem>> = {
  'bad-request': problems.badRequest('The body is not valid JSON.'),
  unauthenticated: problems.unauthenticated(),
  forbidden: problems.forbidden(),
  'not-found': problems.notFound('lead'),
  'already-exists': problems.alreadyExists('There is a source with this key.', '/key'),
  'status-in-use': problems.statusInUse(42),
  'sale-status-in-use': problems.saleStatusInUse(42),
  'client-exists': problems.clientExists([MATCH_EXAMPLE]),
  'lead-not-open': problems.leadNotOpen('The lead is linked; unlink it first.'),
  gone: problems.gone(
    'You were notified of the record, and do not see it any more: it was removed, or another user has it.'
  ),
  'changed-since': problems.changedSince(['client', 'client-leads']),
  'version-mismatch': problems.versionMismatch(4),
  'unsupported-media-type': problems.unsupportedMediaType('Send application/json.'),
  'validation-failed': problems.validation([
    { pointer: '/contact/nickname', message: 'is not a known field' }
  ]),
  'unreachable-contact': problems.unreachableContact(),
  'idempotency-key-reused': problems.idempotencyKeyReused(),
  'reason-required': problems.reasonRequired(),
  'invalid-document': problems.invalidDocument(
    'The document has a DOCTYPE, which is not allowed (line 1, column 1).'
  ),
  'rate-limited': new Problem('rate-limited', 'Try again in 21 seconds.'),
  'internal-error': new Problem(
    'internal-error',
    'The error is logged under the id in `instance`.'
  ),
  unavailable: problems.unavailable('Too busy for the moment; try again.')
}

/** The example of a problem response of a type. */
export function exampleOfProblem(type: ProblemType): { summary: string; value: object } {
  const { status, title } = PROBLEM_KINDS[type]
  const { message, extras } = SAMPLES[type] ?? new Problem(type, `${title}.`)
  return {
    summary: title,
    value: {
      type: `${PROBLEM_BASE}${type}`,
      title,
      status,
      detail: message,
      instance: '5e0e1f0e-9d4b-4f0c-8a2f-6f1f6f8f2b11',
      ...(extras.errors ? { errors: extras.errors } : {}),
      ...(extras.matches ? { matches: extras.matches.map((one) => presentMatch(one, 'en')) } : {}),
      ...extras.extensions
    }
  }
}

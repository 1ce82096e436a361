import type { Refusal } from '../domain/refusals.ts'
import { PROBLEM_BASE } from '../http/problems.ts'
import { CONFLICTS, FORBIDDEN, GONE, UNAUTHENTICATED, toProblem } from '../http/refusals.ts'

/** Refusals whose code is that of a shared wording. */
type Worded = 'gone' | 'forbidden' | 'unauthenticated' | keyof typeof CONFLICTS

/** One of each other refusal, with facts as examples. */
const SAMPLES: {
  [Code in Exclude<Refusal['refusal'], Worded>]: Extract<Refusal, { refusal: Code }>
} = {
  'account-exists': { refusal: 'account-exists', matches: [] },
  'client-exists': {
    refusal: 'client-exists',
    matches: [{ type: 'client', id: '', name: null, score: 1, band: 'sure', reasons: [] }]
  },
  'idempotency-key-reused': { refusal: 'idempotency-key-reused' },
  'import-state': { refusal: 'import-state', state: 'done' },
  invalid: { refusal: 'invalid', faults: [{ pointer: '/assigneeId', fault: 'inactive-user' }] },
  'lead-has-client': { refusal: 'lead-has-client' },
  'not-found': { refusal: 'not-found', noun: 'lead' },
  'promoter-state': { refusal: 'promoter-state', state: 'active' },
  'reason-required': { refusal: 'reason-required' },
  'referral-code-taken': { refusal: 'referral-code-taken' },
  'reward-state': { refusal: 'reward-state', state: 'paid' },
  'sale-status-in-use': { refusal: 'sale-status-in-use', saleCount: 3 },
  'status-in-use': { refusal: 'status-in-use', leadCount: 3 },
  'too-many': { refusal: 'too-many', noun: 'statuses', limit: 100 },
  'unreachable-contact': { refusal: 'unreachable-contact' },
  'vehicle-sold': { refusal: 'vehicle-sold', sales: [] },
  'version-mismatch': { refusal: 'version-mismatch', version: 4 }
}

/** Every code of a problem, with its type and a message as an example, in the order of the codes. */
export function refusalsTable(): string {
  const rows = Object.entries({
    ...namesOf(CONFLICTS, (refusal) => ({ refusal })),
    ...namesOf(FORBIDDEN, (because) => ({ refusal: 'forbidden', because })),
    ...namesOf(GONE, (because) => ({ refusal: 'gone', because })),
    ...namesOf(UNAUTHENTICATED, (because) => ({ refusal: 'unauthenticated', because })),
    ...SAMPLES
  })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, refusal]) => {
      const { status, type, message } = toProblem(refusal)
      return `| \`${code}\` | ${status} \`${type}\` | ${message} |`
    })
  const head = `| code | status, type (after \`${PROBLEM_BASE}\`) | message |`
  return [head, '| --- | --- | --- |', ...rows, ''].join('\n')
}

function namesOf<Name extends string>(
  sentences: Record<Name, string>,
  make: (name: Name) => Refusal
): Record<string, Refusal> {
  const names = Object.keys(sentences) as Name[]
  return Object.fromEntries(names.map((name) => [name, make(name)]))
}

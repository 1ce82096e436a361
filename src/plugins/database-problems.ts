import type { Problem } from '../problems.ts'
import { problems } from '../problems.ts'

interface DriverError {
  code?: string
  constraint?: string
  message?: string
}

/** What a broken unique constraint means to the caller: where, and in which words. */
const UNIQUE_CONSTRAINTS: Record<string, { detail: string; pointer: string }> = {
  dealers_slug_key: { detail: 'Another dealer has this slug.', pointer: '/slug' },
  users_email_key: { detail: 'Another user has this e-mail address.', pointer: '/email' },
  sources_key_key: { detail: 'Another source has this key.', pointer: '/key' },
  statuses_name_key: { detail: 'Another status has this name.', pointer: '/name' },
  sale_statuses_name_key: { detail: 'Another sale status has this name.', pointer: '/name' },
  reward_programmes_name_key: { detail: 'Another programme has this name.', pointer: '/name' },
  reward_programmes_one_active: {
    detail: 'Another programme was activated at the same moment.',
    pointer: '/active'
  },
  custom_fields_key_key: { detail: 'Another field has this key.', pointer: '/key' },
  queues_name_key: { detail: 'Another queue has this name.', pointer: '/name' },
  promoters_email_key: { detail: 'Another promoter has this e-mail address.', pointer: '/email' },
  templates_name_key: { detail: 'Another template has this name.', pointer: '/name' },
  suppressions_email_key: { detail: 'This address is suppressed already.', pointer: '/email' },
  leads_external_id_key: {
    detail: 'Another lead of this source has this externalId.',
    pointer: '/externalId'
  }
}

/** The driver's error behind Drizzle's, or the error itself. */
export function driverError(error: unknown): DriverError {
  const { cause } = error as { cause?: unknown }
  return typeof cause === 'object' && cause !== null ? cause : (error ?? {})
}

/**
 * A failure of the database as the problem it is to the caller, or null: none of these.
 *
 * Violations are told by constraint name. Text that PostgreSQL refuses (SQLSTATE class 22) is the
 * sender's doing: answered with a 5xx, a portal would send it again for ever. What may be gone in a
 * moment is 503 with a time to come back.
 */
export function describeDatabaseFailure(error: unknown): Problem | null {
  const { code, constraint, message } = driverError(error)
  if (code === '23505' && constraint !== undefined) {
    const known = UNIQUE_CONSTRAINTS[constraint]
    if (known) return problems.alreadyExists(known.detail, known.pointer)
  }
  if (code?.startsWith('22') === true) {
    return problems.validation([{ pointer: '', message: 'holds a value that can not be stored' }])
  }
  return isPassing(code, message)
    ? problems.unavailable('The database does not answer in time; try again.')
    : null
}

/** Connection lost or refused, resources short, shutdown, time limits, deadlock, read-only. */
function isPassing(code: string | undefined, message: string | undefined): boolean {
  if (code !== undefined) {
    return (
      /^(08|53|57P0|40)/.test(code) ||
      // 55000 is what a database that takes no connections just now says.
      ['57014', '55P03', '55000', '25006', '25P03'].includes(code) ||
      /^(ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH)$/.test(code)
    )
  }
  return /timeout exceeded when trying to connect|Query read timeout|Connection terminated/.test(
    message ?? ''
  )
}

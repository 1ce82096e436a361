import { driverError, isTransient } from '../../database/failures.ts'
import { TooManyReports } from '../../database/report-turns.ts'
import type { Problem } from '../problems.ts'
import { problems } from '../problems.ts'

/** The pointer and message for each violated unique constraint. */
const UNIQUE_CONSTRAINTS: Record<string, { detail: string; pointer: string }> = {
  dealers_slug_key: { detail: 'Another dealer has this slug.', pointer: '/slug' },
  users_email_key: { detail: 'Another user has this e-mail address.', pointer: '/email' },
  sources_key_key: { detail: 'Another source has this key.', pointer: '/key' },
  sources_name_key: { detail: 'Another source has this name.', pointer: '/name' },
  status_reasons_key_key: { detail: 'Another reason has this key.', pointer: '/key' },
  status_reasons_name_key: {
    detail: 'Another reason of the group has this name.',
    pointer: '/name'
  },
  teams_name_key: { detail: 'Another team has this name.', pointer: '/name' },
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

/**
 * A failure of the database as the problem it is to the caller, or null: none of these.
 *
 * Violations are told by constraint name. Text that PostgreSQL refuses (SQLSTATE class 22) is the
 * sender's doing: answered with a 5xx, a portal would send it again for ever. What may be gone in a
 * moment is 503 with a time to come back. Too many reports of one dealer are its own doing: 429.
 */
export function describeDatabaseFailure(error: unknown): Problem | null {
  if (error instanceof TooManyReports) {
    return problems.rateLimited(
      'Too many reports of this dealer run at once. Try again when others have ended.',
      error.retryAfter
    )
  }
  const { code, constraint } = driverError(error)
  if (code === '23505' && constraint !== undefined) {
    const known = UNIQUE_CONSTRAINTS[constraint]
    if (known) return problems.alreadyExists(known.detail, known.pointer)
  }
  if (code?.startsWith('22') === true) {
    return problems.validation([{ pointer: '', message: 'holds a value that can’t be stored' }])
  }
  return isTransient(error)
    ? problems.unavailable('The database does not respond in time. Try again.')
    : null
}

import type { MoveObstacle } from '../../../domain/leads/status.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'

/** Why leads can't move to a status, as a problem; `pointer` is where the request named the status. */
export function refuseMove(refusal: MoveObstacle | 'unknown-status', pointer: string): Problem {
  switch (refusal) {
    case 'unknown-status':
      return problems.validation([{ pointer, message: 'is not a known status' }])
    case 'reason-required':
      return problems.reasonRequired()
    case 'needs-link':
      return problems.conflict('Leads come to this group by linking them to a client.')
    case 'needs-conversion':
      return problems.conflict('Leads come to this group by converting them.')
    case 'needs-unlink':
      return problems.conflict('Leads with a client become new again by unlinking them.')
    case 'quarantined':
      return problems.conflict('The lead is quarantined: release it first, or delete it.')
  }
}

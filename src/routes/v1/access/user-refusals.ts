import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import type { UserRefusal } from '../../../use-cases/access/change-user.ts'

/** Whoever is named at this place works here no more, or never did. */
export function unknownUser(pointer = '/responsibleUserId'): Problem {
  return problems.validation([{ pointer, message: 'is not an active user' }])
}

/** Why a change of a user was refused, to the caller. */
export function refuseUserChange(refusal: UserRefusal): Problem {
  switch (refusal) {
    case 'forbidden':
      return problems.forbidden(
        'Owners change everybody, admins change members; nobody gives a role they may not change.'
      )
    case 'last-owner':
      return problems.conflict('A dealer keeps at least one active owner.')
    case 'absence-reversed':
      return problems.validation([
        { pointer: '/absences', message: 'has one that ends before it begins' }
      ])
    case 'password-changed':
      return problems.conflict('The password was changed by somebody else at this moment.')
  }
}

import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'

/** Whoever is named at this place works here no more, or never did. */
export function unknownUser(pointer = '/responsibleUserId'): Problem {
  return problems.validation([{ pointer, message: 'is not an active user' }])
}

import { because } from '../reasons/reasons.ts'
import type { Fault } from '../refusals.ts'
import { outcomesOf } from './activity.ts'
import type { Activity } from './activity.ts'

/** The fault of an outcome that an activity of this type and state can't have. */
export function unfitOutcome({ type, state }: Pick<Activity, 'type' | 'state'>): Fault {
  const pointer = '/outcome'
  const options = outcomesOf(type, state)
  return options.length === 0
    ? { pointer, fault: 'unfit-outcome' }
    : { pointer, reason: because('not_one_of', { options }) }
}

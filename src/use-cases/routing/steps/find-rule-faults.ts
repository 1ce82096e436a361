import type { Transaction } from '../../../database/client.ts'
import type { AssignmentRules } from '../../../domain/routing/assignment-rules.ts'
import { entryFaults } from '../../../domain/rules/criteria.ts'
import type { CriteriaFault } from '../../../domain/rules/criteria.ts'
import { findUnknownPlaces } from '../../../repositories/rules/places.ts'
import type { NamedPlace } from '../../../repositories/rules/places.ts'

/** Finds faults beyond the shape of the rules, with pointers below them. */
export async function findAssignmentFaults(
  tx: Transaction,
  { entries }: AssignmentRules
): Promise<CriteriaFault[]> {
  const named = entries.flatMap(({ target }, index): NamedPlace[] => {
    const pointer = `/entries/${index}/target`
    if (target.type === 'user') return [{ pointer: `${pointer}/userId`, userId: target.userId }]
    if (target.type === 'queue') return [{ pointer: `${pointer}/queueId`, queueId: target.queueId }]
    return target.weights.map(({ userId }, at) => ({
      pointer: `${pointer}/weights/${at}/userId`,
      userId
    }))
  })
  const unknown = await findUnknownPlaces(tx, named)
  return [
    ...entryFaults(entries),
    ...unknown.map((place) => ({
      pointer: place.pointer,
      message: 'queueId' in place ? 'is not a known queue' : 'is not a known user'
    }))
  ]
}

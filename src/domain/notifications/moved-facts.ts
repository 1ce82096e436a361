import type { Reassigned, ReassignedLeads } from '../operations/operation.ts'

/** How many leads, activities and opportunities a notification names, each. */
export const MAX_NAMED = 20

/** The records of one kind that went with a client: the first of them, and how many they are. */
interface MovedRecords {
  ids: string[]
  count: number
}

/** What went with a client, as its notification tells it. */
export interface MovedFacts {
  leads: MovedRecords
  activities: MovedRecords
  opportunities: MovedRecords
}

/** What went to the user who has it now, or from the earlier one, as facts of a notification; no kind is empty. */
export function factsOfMoved(
  { leads, followUps = [], opportunities = [] }: ReassignedLeads,
  { userId, isTheirs }: { userId: string; isTheirs: boolean }
): Partial<MovedFacts> {
  const isOf = ({ fromId, toId }: Omit<Reassigned, 'id'>) => (isTheirs ? toId : fromId) === userId
  const all = {
    leads: leads
      .filter(({ before }) => isTheirs || before.assigneeId === userId)
      .map(({ id }) => id),
    activities: followUps.filter(isOf).map(({ id }) => id),
    opportunities: opportunities.filter(isOf).map(({ id }) => id)
  }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, ids]) => ids.length > 0)
      .map(([name, ids]) => [name, { ids: ids.slice(0, MAX_NAMED), count: ids.length }])
  )
}

/** The same, read from the facts of a notification. */
export function readMovedFacts(facts: Readonly<Record<string, unknown>>): MovedFacts {
  const { leads, activities, opportunities } = facts as Partial<MovedFacts>
  const none = { ids: [], count: 0 }
  return {
    leads: leads ?? none,
    activities: activities ?? none,
    opportunities: opportunities ?? none
  }
}

import type { TurnMethod } from './assignment-rules.ts'

/** The facts for the next turn of an entry, read under the lock of the turn. */
export interface TurnState {
  /** The user of the last turn. Null before the first. */
  lastUserId: string | null
  /** The credit of each user in a weighted round robin. */
  credits: Readonly<Record<string, number>>
  /** How many leads limited users were given today. */
  today: Readonly<Record<string, number>>
  /** How many open leads each user has; asked for `least_busy` only. */
  open: Readonly<Record<string, number>>
}

export const FIRST_TURN: TurnState = { lastUserId: null, credits: {}, today: {}, open: {} }

/** A turn, as stored for the next one. */
export interface TurnTaken {
  entryId: string
  lastUserId: string
  credits: Record<string, number>
}

/** The next of the candidates (their ids; at least one), and the credit of each from then on. */
export function takeTurn(
  by: TurnMethod,
  state: TurnState,
  candidates: readonly string[],
  weightOf: (userId: string) => number
): { userId: string; credits: Record<string, number> } | null {
  const credits = { ...state.credits }
  switch (by) {
    case 'round_robin':
      return { userId: nextAfter(state.lastUserId, candidates), credits }
    case 'least_busy': {
      const load = (id: string) => state.open[id] ?? 0
      const least = Math.min(...candidates.map(load))
      const idlest = candidates.filter((id) => load(id) === least)
      return { userId: nextAfter(state.lastUserId, idlest), credits }
    }
    case 'weighted':
      return takeWeighted(
        state,
        candidates.filter((id) => weightOf(id) > 0),
        weightOf
      )
  }
}

/** The candidate that comes after the last one in the order of ids, which never changes. */
function nextAfter(lastUserId: string | null, candidates: readonly string[]): string {
  const inOrder = candidates.toSorted()
  const next = inOrder.find((id) => lastUserId !== null && id > lastUserId) ?? inOrder[0]
  if (next === undefined) throw new Error('a turn needs a user to take it')
  return next
}

/**
 * Smooth weighted turns, as nginx spreads requests: each candidate is owed its weight a turn, who is
 * owed most gets it and pays the weight of all. Over a round each gets exactly its share, spread out.
 * Who can't take part is owed nothing for it.
 */
function takeWeighted(
  { credits }: TurnState,
  candidates: readonly string[],
  weightOf: (userId: string) => number
): { userId: string; credits: Record<string, number> } | null {
  const owed = candidates
    .toSorted()
    .map((userId) => ({ userId, credit: (credits[userId] ?? 0) + weightOf(userId) }))
  const [first, ...others] = owed
  if (!first) return null
  const chosen = others.reduce((best, one) => (one.credit > best.credit ? one : best), first)
  const total = candidates.reduce((sum, userId) => sum + weightOf(userId), 0)
  const after = Object.fromEntries(owed.map(({ userId, credit }) => [userId, credit]))
  return {
    userId: chosen.userId,
    credits: { ...credits, ...after, [chosen.userId]: chosen.credit - total }
  }
}

import type { TurnQuestion } from '../routing/route.ts'
import type { TurnState, TurnTaken } from '../routing/turns.ts'

interface Page {
  state: TurnState
  asked: Set<string>
  taken: TurnTaken | null
}

/**
 * Whose turn it is while many leads are given out in one transaction: what was read once, with what has
 * been given since. What is asked of users who were not asked for before has to be read again.
 */
export class TurnBook {
  readonly #pages = new Map<string, Page>()
  readonly #given = new Map<string, number>()

  /** What is known of an entry for these users, or null: it has to be read. */
  find({ entryId, userIds }: TurnQuestion): TurnState | null {
    const page = this.#pages.get(entryId)
    return page && userIds.every((id) => page.asked.has(id)) ? this.#stateOf(page) : null
  }

  /** Keeps what was read, and returns it; of a known entry, the counts of further users only. */
  keep({ entryId, userIds }: TurnQuestion, read: TurnState): TurnState {
    const page = this.#pages.get(entryId) ?? { state: read, asked: new Set(), taken: null }
    this.#pages.set(entryId, page)
    // What was given before is not written yet, and so not in what was read.
    page.state = {
      ...page.state,
      today: { ...read.today, ...page.state.today },
      open: { ...read.open, ...page.state.open }
    }
    for (const id of userIds) page.asked.add(id)
    return this.#stateOf(page)
  }

  /** Notes who got a lead, and whether it was their turn. */
  give(userId: string | null, turn: TurnTaken | null): void {
    if (userId !== null) this.#given.set(userId, (this.#given.get(userId) ?? 0) + 1)
    const page = turn && this.#pages.get(turn.entryId)
    if (!page) return
    page.state = { ...page.state, lastUserId: turn.lastUserId, credits: turn.credits }
    page.taken = turn
  }

  /** The last turns, to be kept for the next leads. */
  get taken(): TurnTaken[] {
    return [...this.#pages.values()].flatMap(({ taken }) => taken ?? [])
  }

  #stateOf({ state }: Page): TurnState {
    return { ...state, today: this.#withGiven(state.today), open: this.#withGiven(state.open) }
  }

  #withGiven(counts: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(
      Object.entries(counts).map(([id, count]) => [id, count + (this.#given.get(id) ?? 0)])
    )
  }
}

import type { Transaction } from '../../database/client.ts'
import { dayStart } from '../../domain/clock/time-zone.ts'
import type { TurnQuestion } from '../../domain/routing/route.ts'
import type { TurnState } from '../../domain/routing/turns.ts'
import { holdTurn } from '../../repositories/routing/turns.ts'

/**
 * Decides something that may need turns: each one it asks for is held until the transaction ends, and
 * it is asked again with what is known then. A decision that needs none costs nothing.
 */
export async function decideInTurn<Decision extends object>(
  tx: Transaction,
  { at, timeZone }: { at: Date; timeZone: string },
  decide: (turns: ReadonlyMap<string, TurnState>) => { ask: TurnQuestion } | Decision
): Promise<Decision> {
  const turns = new Map<string, TurnState>()
  for (;;) {
    const verdict = decide(turns)
    if (!('ask' in verdict)) return verdict
    const { ask } = verdict
    turns.set(ask.entryId, await holdTurn(tx, ask, dayStart(at, timeZone)))
  }
}

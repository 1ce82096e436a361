import type { Transaction } from '../../../database/client.ts'
import { dayStart } from '../../../domain/clock/time-zone.ts'
import { planInTurn } from '../../../domain/routing/plan-in-turn.ts'
import type { PlanWithTurns } from '../../../domain/routing/plan-in-turn.ts'
import { holdTurn } from '../../../repositories/routing/turns.ts'

/** Decides something that may need turns: each one it asks for is held until the transaction ends. */
export async function decideInTurn<Decision extends object>(
  tx: Transaction,
  { at, timeZone }: { at: Date; timeZone: string },
  decide: PlanWithTurns<Decision>
): Promise<Decision> {
  return await planInTurn(decide, (question) => holdTurn(tx, question, dayStart(at, timeZone)))
}

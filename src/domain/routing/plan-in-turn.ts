import type { TurnQuestion } from './route.ts'
import type { TurnState } from './turns.ts'

/** Plans something, or asks for a turn that must be known first; turns are by their entries' ids. */
export type PlanWithTurns<Planned extends object> = (
  turns: ReadonlyMap<string, TurnState>
) => { ask: TurnQuestion } | Planned

/** Plans, and plans again with each turn that is asked for. A plan that needs no turn costs nothing. */
export async function planInTurn<Planned extends object>(
  plan: PlanWithTurns<Planned>,
  turnOf: (question: TurnQuestion) => Promise<TurnState>
): Promise<Planned> {
  const asking = questionsOf(plan)
  let step = asking.next()
  while (!step.done) step = asking.next(await turnOf(step.value))
  return step.value
}

/** The same where nothing has to be waited for. */
export function planInKnownTurn<Planned extends object>(
  plan: PlanWithTurns<Planned>,
  turnOf: (question: TurnQuestion) => TurnState
): Planned {
  const asking = questionsOf(plan)
  let step = asking.next()
  while (!step.done) step = asking.next(turnOf(step.value))
  return step.value
}

function* questionsOf<Planned extends object>(
  plan: PlanWithTurns<Planned>
): Generator<TurnQuestion, Planned, TurnState> {
  const turns = new Map<string, TurnState>()
  for (;;) {
    const verdict = plan(turns)
    if (!('ask' in verdict)) return verdict
    turns.set(verdict.ask.entryId, yield verdict.ask)
  }
}

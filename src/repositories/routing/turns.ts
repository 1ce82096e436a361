import type { Transaction } from '../../database/client.ts'
import type { TurnQuestion } from '../../domain/routing/route.ts'
import { FIRST_TURN } from '../../domain/routing/turns.ts'
import type { TurnState, TurnTaken } from '../../domain/routing/turns.ts'

const HOLD = 'select hold_assignment_turn($1, $2, $3, $4, $5, $6) as held'

/** Holds a turn until the transaction ends, and answers what it is decided from. */
export async function holdTurn(
  tx: Transaction,
  question: TurnQuestion,
  dayStart: Date
): Promise<TurnState> {
  const [row] = await tx.query<{
    held: Pick<TurnState, 'today' | 'open'> & {
      turn: Pick<TurnState, 'lastUserId' | 'credits'> | null
    }
  }>('hold-turn', HOLD, [
    tx.dealerId,
    question.entryId,
    question.userIds,
    question.limitedIds,
    dayStart,
    question.countsOpen
  ])
  if (!row) throw new Error('a turn has no state')
  const { turn, ...counts } = row.held
  return { ...FIRST_TURN, ...turn, ...counts }
}

const SAVE = `
insert into assignment_turns as t (dealer_id, entry_id, last_user_id, credits, turns)
values ($1, $2, $3, $4, 1)
on conflict (dealer_id, entry_id) do update
  set last_user_id = excluded.last_user_id, credits = excluded.credits, turns = t.turns + 1`

/** Keeps whose turn a held one was. A capture does the same in its own statement. */
export async function saveTurn(tx: Transaction, turn: TurnTaken): Promise<void> {
  const { entryId, lastUserId, credits } = turn
  await tx.query('save-turn', SAVE, [tx.dealerId, entryId, lastUserId, credits])
}

import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import { BUSY_GROUPS } from '../../domain/leads/status-groups.ts'
import type { TurnQuestion } from '../../domain/routing/route.ts'
import { FIRST_TURN } from '../../domain/routing/turns.ts'
import type { TurnState, TurnTaken } from '../../domain/routing/turns.ts'

const HOLD = statement(
  'hold-turn',
  {
    entryId: 'uuid',
    userIds: 'uuid[]',
    limitedIds: 'uuid[]',
    dayStart: 'timestamptz',
    countsOpen: 'boolean',
    busyGroups: 'text[]'
  },
  `select hold_assignment_turn(:dealerId, :entryId, :userIds, :limitedIds, :dayStart, :countsOpen,
     :busyGroups) as held`
).returning<{
  held: Pick<TurnState, 'today' | 'open'> & {
    turn: Pick<TurnState, 'lastUserId' | 'credits'> | null
  }
}>()

/** Holds a turn until the transaction ends, and returns the facts that decide it. */
export async function holdTurn(
  tx: Transaction,
  question: TurnQuestion,
  dayStart: Date
): Promise<TurnState> {
  const { entryId, userIds, limitedIds, countsOpen } = question
  const [row] = await tx.run(HOLD, {
    entryId,
    userIds,
    limitedIds,
    dayStart,
    countsOpen,
    busyGroups: BUSY_GROUPS
  })
  if (!row) throw new Error('a turn has no state')
  const { turn, ...counts } = row.held
  return { ...FIRST_TURN, ...turn, ...counts }
}

/** Keeps whose turn it was; `turns` is an expression for a JSON array of `TurnTaken`. */
export function turnsUpsert({ turns }: { turns: string }): string {
  return `
  insert into assignment_turns (dealer_id, entry_id, last_user_id, credits)
  select :dealerId, r."entryId", r."lastUserId", r.credits
  from jsonb_to_recordset(${turns}) as r("entryId" uuid, "lastUserId" uuid, credits jsonb)
  on conflict (dealer_id, entry_id) do update
    set last_user_id = excluded.last_user_id, credits = excluded.credits`
}

const SAVE = statement('save-turns', { turns: 'jsonb' }, turnsUpsert({ turns: ':turns' }))

/** Keeps whose turns held ones were. A capture does the same in its own statement. */
export async function saveTurns(tx: Transaction, turns: readonly TurnTaken[]): Promise<void> {
  if (turns.length > 0) await tx.run(SAVE, { turns })
}
